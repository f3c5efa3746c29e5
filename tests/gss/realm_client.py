"""A realm of realm.py as a context, for tests written in Python."""

import json
import pathlib
import subprocess
import sys

REALM = pathlib.Path(__file__).resolve().parent / "realm.py"


class RunningRealm:
    def __init__(self, parts):
        self.process = subprocess.Popen([sys.executable, str(REALM), "--parts", str(parts)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(self.process.wait())
        self.about = json.loads(line)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    def command(self, text):
        self.process.stdin.write((text + "\n").encode())
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
