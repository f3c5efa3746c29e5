#!/usr/bin/env python3
"""apache2 with mod_auth_gssapi in front of a loopback service, while standard input stays open.

    apache.py --parts FOLDER --backend http://127.0.0.1:PORT --user NAME --password TEXT
              --ca-directory DIR

Clients prove themselves by Negotiate; the service behind is asked with Basic. Prints
{"http":…,"https":…,"caFile":…,"log":…} when it listens. Needs the variables of the realm's
`service` in its environment, and the ca.pem and ca-key.pem that a service made.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from authority import issue_certificate
from parts import Parts

STEP_SECONDS = 30
ATTEMPTS = 10
NOBODY = 65534
MODULES = ("mpm_event", "authn_core", "authz_core", "authz_user", "auth_gssapi", "proxy",
           "proxy_http", "headers", "ssl")

CONFIGURATION = """\
ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
Mutex file:{folder} default
ErrorLog {folder}/error.log
LogLevel warn
StartServers 1
KeepAlive On
MaxKeepAliveRequests 0
{modules}
Listen 127.0.0.1:{http}
Listen 127.0.0.1:{https}
ProxyPass /wsman {backend}/wsman
<Location /wsman>
  AuthType GSSAPI
  AuthName WSMAN
  GssapiAllowedMech krb5
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On
  Require valid-user
  RequestHeader set Authorization "Basic {basic}"
</Location>
<VirtualHost 127.0.0.1:{https}>
  SSLEngine On
  SSLCertificateFile {folder}/server.pem
  SSLCertificateKeyFile {folder}/server-key.pem
</VirtualHost>
"""


def free_port():
    with socket.socket() as stream:
        stream.bind(("127.0.0.1", 0))
        return stream.getsockname()[1]


def as_nobody():
    """apache2 does not serve as root: it runs as nobody then, who may read our files all the same."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
            "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


class Apache:
    def __init__(self, parts, options, folder):
        self.parts = parts
        self.options = options
        self.folder = folder
        self.process = None
        self.ports = {}

    def write_configuration(self):
        self.ports = {"http": free_port(), "https": free_port()}
        built_in = subprocess.run([str(self.parts.apache), "-l"], capture_output=True, text=True,
                                  env=self.parts.environment({}), check=True).stdout
        modules = "".join(
            f"LoadModule {name}_module {self.parts.apache_modules}/mod_{name}.so\n"
            for name in MODULES if f"mod_{name}.c" not in built_in)
        basic = f"{self.options.user}:{self.options.password}".encode()
        (self.folder / "apache.conf").write_text(CONFIGURATION.format(
            folder=self.folder, modules=modules, backend=self.options.backend,
            basic=base64.b64encode(basic).decode(), **self.ports))

    def start(self):
        for _ in range(ATTEMPTS):
            self.write_configuration()
            if self.start_once():
                return
        log = self.folder / "error.log"
        raise RuntimeError("apache2 does not start: " +
                           (log.read_text() if log.exists() else "it says nothing"))

    def start_once(self):
        more = {"KRB5RCACHENAME": f"file2:{self.folder}/replays"}
        # Started as nobody it clears the signal, so setpriv sets it last.
        command = [*as_nobody(), "setpriv", "--pdeathsig", "TERM", str(self.parts.apache), "-f",
                   str(self.folder / "apache.conf"), "-D", "FOREGROUND"]
        self.process = subprocess.Popen(command, env=self.parts.environment(more),
                                        stdin=subprocess.DEVNULL, stdout=sys.stderr)
        deadline = time.monotonic() + STEP_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.listens():
                return True
            time.sleep(0.05)
        self.stop()
        return False

    def listens(self):
        try:
            for port in self.ports.values():
                socket.create_connection(("127.0.0.1", port), timeout=STEP_SECONDS).close()
        except ConnectionRefusedError:
            return False
        return self.process.poll() is None

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("parts", "backend", "user", "password", "ca-directory"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    parts = Parts(options.parts)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wsman-apache-"))
    apache = Apache(parts, options, folder)
    try:
        authority = pathlib.Path(options.ca_directory)
        issue_certificate(authority, folder, "apache")
        apache.start()
        print(json.dumps({**apache.ports, "caFile": str((authority / "ca.pem").resolve()),
                          "log": str(folder / "error.log")}), flush=True)
        sys.stdin.read()
    finally:
        apache.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
