#!/usr/bin/env python3
"""Runs a command within a realm of its own: within_realm.py PARTS COMMAND [ARGUMENT]...

The command has the variables of the realm's `client` and `service` in its environment, and the
realm's JSON line in WSMAN_TEST_REALM. The exit code is the command's.
"""

import json
import os
import subprocess
import sys

from running import RunningRealm


def main():
    with RunningRealm(sys.argv[1]) as realm:
        environment = {**os.environ, **realm.about["service"],
                       "WSMAN_TEST_REALM": json.dumps(realm.about)}
        done = subprocess.run(sys.argv[2:], env=environment, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
