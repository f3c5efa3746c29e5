#!/usr/bin/env python3
"""The realm gives tickets to those it knows, and leaves nothing behind."""

import pathlib
import socket
import subprocess
import sys
import unittest

from parts import Parts
from running import RunningRealm

PARTS = sys.argv.pop(1)


class RealmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parts = Parts(PARTS)
        cls.realm = cls.enterClassContext(RunningRealm(PARTS))

    def run_part(self, ccache, program, *arguments):
        more = {**self.realm.about["client"], "KRB5CCNAME": "FILE:" + ccache}
        return subprocess.run([self.parts.program(program), *arguments], timeout=60, check=False,
                              env=self.parts.environment(more), capture_output=True, text=True)

    def kvno(self, ccache, *arguments):
        return self.run_part(ccache, "kvno", *arguments)

    def test_gives_a_ticket_that_the_keytab_opens(self):
        done = self.kvno(self.realm.about["ccache"], "-k", self.realm.about["keytab"],
                         "HTTP/localhost")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_knows_no_stranger(self):
        done = self.kvno(self.realm.about["ccache"], "HTTP/stranger.wsman.test")
        self.assertIn("not found in Kerberos database", done.stderr)

    def test_takes_a_service_while_it_runs(self):
        self.assertIn("service", self.realm.command("service HTTP/localhost:4444 delegate"))
        done = self.kvno(self.realm.about["ccache"], "-k", self.realm.about["keytab"],
                         "HTTP/localhost:4444")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_knows_a_user_beyond_ascii(self):
        ccache = self.realm.command("ticket jürgen other")["ccache"]
        self.assertEqual(self.kvno(ccache, "HTTP/localhost").returncode, 0)

    def test_makes_a_ticket_that_has_run_out(self):
        ccache = self.realm.command("expired tester old")["ccache"]
        self.assertEqual(self.run_part(ccache, "klist", "-s").returncode, 1)
        self.assertIn("krbtgt/WSMAN.TEST", self.run_part(ccache, "klist").stdout)

    def test_says_what_it_cannot_do(self):
        self.assertIn("error", self.realm.command("ticket nobody x"))
        self.assertIn("error", self.realm.command("nonsense"))

    def test_ends_with_its_standard_input(self):
        with RunningRealm(PARTS) as realm:
            port, folder = realm.about["kdcPort"], realm.about["folder"]
            socket.create_connection(("127.0.0.1", port)).close()
        self.assertEqual(realm.process.returncode, 0)
        self.assertFalse(pathlib.Path(folder).exists())
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))


if __name__ == "__main__":
    unittest.main()
