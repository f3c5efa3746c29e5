#!/usr/bin/env python3
"""apache2 in front of a loopback service, or as a proxy, while standard input stays open.

    apache.py --parts FOLDER --backend http://127.0.0.1:PORT --user NAME --password TEXT
              --ca-directory DIR [--scheme SCHEME] [--client-ca FILE] [--tls 1.2|1.3] [--as-proxy]

Clients prove themselves by the scheme: negotiate (the default), digest, basic, or a certificate,
which is asked for in the handshake (certificate) or only for the service's path (certificate-late).
The service behind is asked with Basic. As a proxy it connects to whatever it is asked for, for those
who prove themselves to it. Prints {"http":…,"https":…,"caFile":…,"log":…} when it listens.
Negotiate needs the variables of the realm's `service` in its environment; all need the ca.pem and
ca-key.pem that a service made.
"""

import argparse
import base64
import hashlib
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
MODULES = ("mpm_event", "authn_core", "authz_core", "authz_user", "authn_file", "auth_basic",
           "auth_digest", "auth_gssapi", "proxy", "proxy_http", "proxy_connect", "headers", "ssl")

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
{what}
<VirtualHost 127.0.0.1:{https}>
  SSLEngine On
  SSLProtocol {tls}
  {handshake}
  SSLCertificateFile {folder}/server.pem
  SSLCertificateKeyFile {folder}/server-key.pem
</VirtualHost>
"""


SERVICE = """\
ProxyPass /wsman {backend}/wsman
<Location /wsman>
{proof}
  RequestHeader set Authorization "Basic {basic}"
</Location>
"""

PROXY = """\
ProxyRequests On
AllowCONNECT 0-65535
<Proxy *>
{proof}
</Proxy>
"""

CERTIFICATE = """\
  SSLVerifyClient require
  SSLVerifyDepth 3
"""

PROOFS = {
    "negotiate": """\
  AuthType GSSAPI
  AuthName WSMAN
  GssapiAllowedMech krb5
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On
  Require valid-user
""",
    "digest": """\
  AuthType Digest
  AuthName WSMAN
  AuthDigestProvider file
  AuthUserFile {folder}/digest-users
  Require valid-user
""",
    "basic": """\
  AuthType Basic
  AuthName WSMAN
  AuthBasicProvider file
  AuthUserFile {folder}/basic-users
  Require valid-user
""",
    "certificate": "",
    "certificate-late": CERTIFICATE,
}


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
        what = (PROXY if self.options.as_proxy else SERVICE).format(
            proof=PROOFS[self.options.scheme].format(folder=self.folder),
            backend=self.options.backend, basic=base64.b64encode(basic).decode())
        (self.folder / "apache.conf").write_text(CONFIGURATION.format(
            folder=self.folder, modules=modules, what=what, handshake=self.handshake(),
            tls="all" if self.options.tls is None else f"-all +TLSv{self.options.tls}",
            **self.ports))

    def handshake(self):
        if self.options.client_ca is None:
            return ""
        asks = CERTIFICATE if self.options.scheme == "certificate" else ""
        return f"SSLCACertificateFile {self.options.client_ca}\n{asks}"

    def write_users(self):
        user, password = self.options.user, self.options.password
        secret = hashlib.md5(f"{user}:WSMAN:{password}".encode()).hexdigest()
        (self.folder / "digest-users").write_text(f"{user}:WSMAN:{secret}\n")
        digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
        (self.folder / "basic-users").write_text(f"{user}:{{SHA}}{digest}\n")

    def start(self):
        self.write_users()
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
    parser.add_argument("--scheme", choices=PROOFS, default="negotiate")
    parser.add_argument("--client-ca", help="whose certificates are accepted of clients")
    parser.add_argument("--tls", choices=("1.2", "1.3"))
    parser.add_argument("--as-proxy", action="store_true")
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
