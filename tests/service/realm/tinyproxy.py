#!/usr/bin/env python3
"""tinyproxy on loopback, while standard input stays open.

    tinyproxy.py --parts FOLDER --user NAME --password TEXT

A proxy that this project did not write: it connects whoever proves by Basic who they are to whatever
they ask for. Prints {"http":…,"log":…} when it listens. The names it is to know come by the
variables `names` of a realm.
"""

import argparse
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from parts import Parts

STEP_SECONDS = 30
ATTEMPTS = 10

CONFIGURATION = """\
Port {port}
Listen 127.0.0.1
Timeout 600
MaxClients 100
LogFile "{folder}/log"
LogLevel Connect
PidFile "{folder}/pid"
BasicAuth {user} {password}
"""


def free_port():
    with socket.socket() as stream:
        stream.bind(("127.0.0.1", 0))
        return stream.getsockname()[1]


def listens(process, port):
    deadline = time.monotonic() + STEP_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=STEP_SECONDS).close()
            return process.poll() is None
        except ConnectionRefusedError:
            time.sleep(0.05)
    return False


def start(parts, options, folder):
    for _ in range(ATTEMPTS):
        port = free_port()
        configuration = folder / "tinyproxy.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(CONFIGURATION.format(
            port=port, folder=folder, user=options.user, password=options.password))
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", parts.program("tinyproxy"), "-d", "-c",
             str(configuration)], env=parts.environment({}), stdin=subprocess.DEVNULL,
            stdout=sys.stderr)
        if listens(process, port):
            return process, port
        process.terminate()
        process.wait()
    raise RuntimeError("tinyproxy does not start.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("parts", "user", "password"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    parts = Parts(options.parts)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wsman-tinyproxy-"))
    try:
        process, port = start(parts, options, folder)
        print(json.dumps({"http": port, "log": str(folder / "log")}), flush=True)
        sys.stdin.read()
        process.terminate()
        process.wait()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
