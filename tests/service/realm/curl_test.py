#!/usr/bin/env python3
"""A client that this project did not write, curl, against the Digest of the loopback service."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

from parts import Parts
from running import RunningService

PARTS, ENDPOINT = sys.argv[1:3]
del sys.argv[1:3]
CLIENT_SECONDS = 60
PASSWORD = 'A "quoted" word, and: more'
IDENTIFY = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>'
    '<i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/>'
    "</s:Body></s:Envelope>")


class Nobodys:
    """In the place of a realm, where none is needed."""

    about = {"service": {}, "users": {"tester": PASSWORD}}


class CurlTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parts = Parts(PARTS)
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def serve(self, *options):
        return self.enterContext(
            RunningService(Nobodys, ENDPOINT, self.folder, "--offer", "digest", *options))

    def ask(self, service, path="/wsman", password=PASSWORD, times=1):
        """The bodies of the answers to as many requests over one connection."""
        url = service.url("https").removesuffix("/wsman") + path
        configuration = (
            f'user = "tester:{password}"'.replace('"quoted"', '\\"quoted\\"') +
            f'\ndigest\ncacert = "{service.about["caFile"]}"\nsilent\n'
            'header = "Content-Type: application/soap+xml;charset=UTF-8"\n' +
            f'data = "{IDENTIFY}"\n'.replace(IDENTIFY, IDENTIFY.replace('"', '\\"')) +
            f'write-out = " %{{http_code}} "\nurl = "{url}"\n' + f'url = "{url}"\n' * (times - 1))
        done = subprocess.run(
            [self.parts.program("curl"), "--config", "-"], input=configuration, text=True,
            env=self.parts.environment({}), capture_output=True, timeout=CLIENT_SECONDS, check=False)
        return done.stdout

    def test_is_let_in_by_each_algorithm(self):
        # curl knows the "-sess" of MD5 in this version, and takes the first algorithm that it knows.
        for algorithms in ("MD5", "SHA-256", "SHA-256,MD5", "MD5,SHA-256", "MD5-sess"):
            with self.subTest(algorithms):
                service = self.serve("--digest-algorithms", algorithms)
                self.assertIn("IdentifyResponse", self.ask(service))
                self.assertEqual(service.security()["digest"], 1)

    def test_counts_up_on_a_kept_connection(self):
        service = self.serve()
        self.assertEqual(self.ask(service, times=5).count(" 200 "), 5)
        self.assertEqual(service.security()["digest"], 5)

    def test_takes_up_a_new_nonce(self):
        service = self.serve("--digest-uses", "2")
        self.assertEqual(self.ask(service, times=5).count(" 200 "), 5)

    def test_understands_a_realm_with_quotes(self):
        service = self.serve()
        self.assertIn("IdentifyResponse", self.ask(service, "/digest/quoted-realm/wsman"))

    def test_is_refused_with_a_wrong_password(self):
        service = self.serve()
        self.assertIn(" 401 ", self.ask(service, password="wrong"))
        self.assertEqual(service.security()["digest"], 0)


if __name__ == "__main__":
    unittest.main()
