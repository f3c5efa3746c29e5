#!/usr/bin/env python3
"""A client that this project did not write, python3-winrm, against the loopback service."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from parts import SKIPPED, Parts
from running import RunningApache, RunningRealm, RunningService

PARTS, ENDPOINT = sys.argv[1:3]
del sys.argv[1:3]
# The packages are made for the system's own Python.
PYTHON = "/usr/bin/python3"
CLIENT = pathlib.Path(__file__).resolve().parent / "winrm_client.py"
CLIENT_SECONDS = 120
# python3-ntlm-auth hashes with MD4, which OpenSSL 3 has in its legacy provider only.
OPENSSL_CONF = """\
openssl_conf = start
[start]
providers = providers
[providers]
default = on
legacy = on
[on]
activate = 1
"""


class WinrmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parts = Parts(PARTS)
        cls.realm = cls.enterClassContext(RunningRealm(PARTS))
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "openssl.cnf").write_text(OPENSSL_CONF)

    def serve(self, *options, more=None):
        return self.enterContext(RunningService(
            self.realm, ENDPOINT, self.folder, "--offer", "negotiate,kerberos,basic", *options,
            more=more))

    def ask(self, service, scheme, transport, user, password=""):
        environment = {**os.environ, **self.realm.about["client"],
                       "PYTHONPATH": str(self.parts.python_packages),
                       "OPENSSL_CONF": str(self.folder / "openssl.cnf")}
        return subprocess.run(
            [PYTHON, "-W", "ignore", str(CLIENT), service.url(scheme), transport,
             service.about["caFile"], user, password],
            env=environment, capture_output=True, text=True, timeout=CLIENT_SECONDS, check=False)

    def as_tester(self):
        return "WSMAN\\tester", self.realm.about["users"]["tester"]

    def test_seals_with_ntlm_over_http(self):
        service = self.serve()
        done = self.ask(service, "http", "ntlm", *self.as_tester())
        self.assertEqual(done.stdout, "hello\n", done.stderr)
        security = service.security()
        self.assertEqual((security["ntlm"], security["sealed"]), (1, 5))
        self.assertEqual(security["lastClient"], "WSMAN\\tester")

    def test_is_refused_with_a_wrong_password(self):
        service = self.serve()
        done = self.ask(service, "http", "ntlm", "WSMAN\\tester", "wrong")
        self.assertIn("InvalidCredentialsError", done.stderr)
        self.assertEqual(service.security()["contexts"], 0)

    def test_is_bound_to_the_channel_by_ntlm_over_https(self):
        service = self.serve("--channel-binding", "strict")
        done = self.ask(service, "https", "ntlm", *self.as_tester())
        self.assertEqual(done.stdout, "hello\n", done.stderr)
        security = service.security()
        self.assertEqual((security["bound"], security["sealed"]), (1, 0))

    def test_proves_itself_with_kerberos_over_https(self):
        service = self.serve()
        done = self.ask(service, "https", "kerberos", "tester@WSMAN.TEST")
        self.assertEqual(done.stdout, "hello\n", done.stderr)
        security = service.security()
        self.assertEqual((security["kerberos"], security["bound"]), (1, 0))
        self.assertEqual(security["lastClient"], "tester@WSMAN.TEST")

    def test_is_refused_unbound_where_binding_is_a_must(self):
        service = self.serve("--channel-binding", "strict")
        done = self.ask(service, "https", "kerberos", "tester@WSMAN.TEST")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("not bound", service.security()["lastRefusal"])

    def test_gets_500_for_clear_text_with_kerberos_over_http(self):
        # This version of the client seals with NTLM only.
        service = self.serve()
        done = self.ask(service, "http", "kerberos", "tester@WSMAN.TEST")
        self.assertIn("Code 500", done.stderr)
        self.assertEqual(service.security()["kerberos"], 1)

    def test_may_speak_clear_text_where_it_is_allowed(self):
        service = self.serve("--allow-unencrypted", "yes")
        done = self.ask(service, "http", "kerberos", "tester@WSMAN.TEST")
        self.assertEqual(done.stdout, "hello\n", done.stderr)

    def test_is_refused_by_a_clock_that_is_an_hour_ahead(self):
        service = self.serve(more={**self.realm.about["clock"], "FAKETIME": "+1h"})
        done = self.ask(service, "https", "kerberos", "tester@WSMAN.TEST")
        self.assertIn("InvalidCredentialsError", done.stderr)
        self.assertIn("Clock skew too great", service.security()["lastRefusal"])

    def test_gets_through_apache(self):
        # Two that this project did not write: it shows that the realm and both proxies are right.
        service = self.enterContext(RunningService(self.realm, ENDPOINT, self.folder))
        apache = self.enterContext(RunningApache(self.realm, service, PARTS, self.folder))
        apache.about["caFile"] = service.about["caFile"]
        for scheme in ("https", "http"):
            done = self.ask(apache, scheme, "kerberos", "tester@WSMAN.TEST")
            log = pathlib.Path(apache.about["log"]).read_text()
            self.assertEqual(done.stdout, "hello\n", done.stderr + log)
        done = self.ask(apache, "https", "ntlm", *self.as_tester())
        self.assertEqual(done.stdout, "hello\n", done.stderr)
        self.assertEqual(service.counts()["refused"], 0)

    def test_is_refused_by_ntlm_where_only_kerberos_is_negotiated(self):
        service = self.serve("--gss-mechs", "kerberos")
        done = self.ask(service, "http", "ntlm", *self.as_tester())
        self.assertNotEqual(done.returncode, 0)
        security = service.security()
        self.assertEqual((security["tokens"], security["contexts"]), (1, 0), done.stderr)
        self.assertIn("No credentials were supplied", security["lastRefusal"])


if __name__ == "__main__":
    if not pathlib.Path(PYTHON).exists():
        print("There is no " + PYTHON + ", which python3-winrm needs.", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
