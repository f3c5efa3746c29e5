"""The realm and the loopback service as contexts, for tests written in Python."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

REALM = pathlib.Path(__file__).resolve().parent / "realm.py"
ENDING_SECONDS = 60


class Running:
    """A program that says in one JSON line what it is, and ends with its standard input."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, **(environment or {})})

    def __enter__(self):
        line = self.process.stdout.readline()
        if not line:
            # What it could not, or why it is skipped, it has said on standard error.
            sys.exit(self.process.wait(timeout=ENDING_SECONDS) or 1)
        self.about = json.loads(line)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=ENDING_SECONDS)
        self.process.stdout.close()


class RunningRealm(Running):
    def __init__(self, parts):
        super().__init__([sys.executable, str(REALM), "--parts", str(parts)])

    def command(self, text):
        self.process.stdin.write((text + "\n").encode())
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


class RunningService(Running):
    """wsman-service in a realm; `more` are variables of its environment."""

    def __init__(self, realm, program, folder, *options, more=None):
        super().__init__([program, "--address", "127.0.0.1", "--user", "tester", "--password",
                          realm.about["users"]["tester"], "--ca-directory", str(folder),
                          *options], {**realm.about["service"], **(more or {})})

    def url(self, scheme):
        return f"{scheme}://localhost:{self.about[scheme]}/wsman"

    def counts(self):
        address = f"http://127.0.0.1:{self.about['control']}/counts"
        with urllib.request.urlopen(address, timeout=ENDING_SECONDS) as answer:
            return json.load(answer)

    def security(self):
        return self.counts()["security"]


class RunningApache(Running):
    """apache2 in front of a service, in the realm."""

    def __init__(self, realm, service, parts, folder):
        here = pathlib.Path(__file__).resolve().parent
        super().__init__([sys.executable, str(here / "apache.py"), "--parts", str(parts),
                          "--backend", f"http://127.0.0.1:{service.about['http']}",
                          "--user", "tester", "--password", realm.about["users"]["tester"],
                          "--ca-directory", str(folder)], realm.about["service"])

    def url(self, scheme):
        return f"{scheme}://localhost:{self.about[scheme]}/wsman"
