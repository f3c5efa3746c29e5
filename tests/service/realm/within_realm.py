#!/usr/bin/env python3
"""Runs a command within a realm of its own: within_realm.py PARTS COMMAND [ARGUMENT]...

The command has the variables of the realm's `service` in its environment, the realm's JSON line in
WSMAN_TEST_REALM, and in WSMAN_TEST_REALM_PIPES the descriptors that take the realm's commands and
give its answers. The exit code is the command's.
"""

import json
import os
import subprocess
import sys

from running import RunningRealm


def main():
    with RunningRealm(sys.argv[1]) as realm:
        pipes = (realm.process.stdin.fileno(), realm.process.stdout.fileno())
        environment = {**os.environ, **realm.about["service"],
                       "WSMAN_TEST_REALM": json.dumps(realm.about),
                       "WSMAN_TEST_REALM_PIPES": f"{pipes[0]} {pipes[1]}"}
        done = subprocess.run(sys.argv[2:], env=environment, pass_fds=pipes, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
