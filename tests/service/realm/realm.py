#!/usr/bin/env python3
"""A Kerberos realm and an NTLM domain on loopback, for as long as standard input stays open.

Makes both in a folder of its own, starts the KDC, prints one JSON line and takes commands, one a
line. See README.md for the line and the commands.
"""

import argparse
import json
import os
import pathlib
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from parts import Parts

REALM = "WSMAN.TEST"
DOMAIN = "WSMAN"
USERS = {"tester": "Secret-123", "jürgen": "Größe-Šíp-鍵"}
# Each is HTTP/host; the second is trusted for delegation.
HOSTS = {"localhost": "127.0.0.1", "server01.wsman.test": "127.0.0.2",
         "delegate.wsman.test": "127.0.0.3", "stranger.wsman.test": "127.0.0.4",
         "xn--mnchen-3ya.wsman.test": "127.0.0.5"}
DELEGATES = ["delegate.wsman.test"]
STRANGERS = ["stranger.wsman.test"]
STEP_SECONDS = 30
ATTEMPTS = 10

CLIENT_CONF = """\
[libdefaults]
  default_realm = {realm}
  dns_lookup_realm = false
  dns_lookup_kdc = false
  dns_canonicalize_hostname = false
  rdns = false
  qualify_shortname = ""
  udp_preference_limit = 1
  ticket_lifetime = 1h
  forwardable = true
  allow_rc4 = true
[realms]
  {realm} = {{
    kdc = 127.0.0.1:{port}
  }}
[domain_realm]
  localhost = {realm}
  .wsman.test = {realm}
[logging]
  kdc = STDERR
"""

KDC_CONF = """\
[kdcdefaults]
  kdc_listen = 127.0.0.1:{port}
  kdc_tcp_listen = 127.0.0.1:{port}
[realms]
  {realm} = {{
    database_name = {folder}/principals
    key_stash_file = {folder}/stash
    acl_file = {folder}/no-acl
    max_life = 10h
    supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal \
aes256-cts-hmac-sha384-192:normal arcfour-hmac:normal
  }}
[dbmodules]
  db_module_dir = {modules}
"""


def free_port():
    """A port that is free for TCP and UDP; somebody else may still take it before it is used."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        stream.bind(("127.0.0.1", 0))
        datagrams.bind(("127.0.0.1", stream.getsockname()[1]))
        return stream.getsockname()[1]


class Realm:
    def __init__(self, parts, folder):
        self.parts = parts
        self.folder = folder
        self.keytab = folder / "services.keytab"
        self.ccache = folder / "ccache"
        self.kdc = None
        self.kdc_port = 0

    # The environment of whoever is a client, and in `service()` of whoever is asked.

    def client(self):
        return {"KRB5_CONFIG": str(self.folder / "krb5.conf"),
                "KRB5CCNAME": "FILE:" + str(self.ccache),
                "LD_LIBRARY_PATH": self.parts.library_path()}

    def service(self):
        return {**self.client(), "KRB5_KTNAME": "FILE:" + str(self.keytab),
                "KRB5RCACHENAME": "file2:" + str(self.folder / "replays"),
                "GSS_MECH_CONFIG": str(self.folder / "mech.conf"),
                "NTLM_USER_FILE": str(self.folder / "ntlm-users"),
                "NETBIOS_COMPUTER_NAME": "SERVER01", "NETBIOS_DOMAIN_NAME": DOMAIN}

    def names(self):
        return {"LD_PRELOAD": str(self.parts.name_wrapper),
                "NSS_WRAPPER_HOSTS": str(self.folder / "hosts")}

    def clock(self):
        # Only the time of day is another: timers go on as they are.
        return {"LD_PRELOAD": str(self.parts.clock_wrapper), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def run(self, program, *arguments, text="", more=None):
        """Runs one of the parts and gives its output; raises if it fails."""
        environment = {**self.client(), "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf")}
        done = subprocess.run([self.parts.program(program), *arguments], input=text.encode(),
                              env=self.parts.environment({**environment, **(more or {})}),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=STEP_SECONDS, check=False)
        output = done.stdout.decode(errors="replace")
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {output.strip()}")
        return output

    def administer(self, *commands):
        """Commands of kadmin.local, which reports a failed one in its output only."""
        text = "".join(command + "\n" for command in commands)
        output = self.run("kadmin.local", "-r", REALM, text=text)
        for line in output.splitlines():
            if " while " in line or "Unknown" in line or "usage" in line:
                raise RuntimeError("kadmin.local failed: " + line)

    # Setting up.

    def write_configuration(self):
        self.kdc_port = free_port()
        values = {"realm": REALM, "port": self.kdc_port, "folder": self.folder,
                  "modules": self.parts.libraries / "krb5/plugins/kdb"}
        write(self.folder / "krb5.conf", CLIENT_CONF.format(**values))
        write(self.folder / "kdc.conf", KDC_CONF.format(**values))

    def make(self):
        self.write_configuration()
        write(self.folder / "mech.conf",
              f"gssntlmssp_v1 1.3.6.1.4.1.311.2.2.10 {self.parts.ntlm_mechanism}\n")
        write(self.folder / "hosts",
              "".join(f"{address} {name}\n" for name, address in HOSTS.items()))
        # Each is a user of the domain, and has an account of the server itself as well.
        write(self.folder / "ntlm-users", "".join(
            f"{domain}:{user}:{password}\n" for domain in (DOMAIN, "", ".")
            for user, password in USERS.items()))
        self.run("kdb5_util", "-r", REALM, "create", "-s", "-W", "-P", "master")
        self.administer(*(f'addprinc -pw "{password}" "{user}"' for user, password in USERS.items()))
        for host in HOSTS:
            if host not in STRANGERS:
                self.add_service("HTTP/" + host, delegate=host in DELEGATES)

    def add_service(self, principal, delegate=False, enctype=""):
        salted = f"-e {enctype}:normal " if enctype else ""
        trusted = "+ok_as_delegate " if delegate else ""
        self.administer(f'addprinc -randkey {salted}{trusted}"{principal}"',
                        f'ktadd -k {self.keytab} -norandkey "{principal}"')

    def start_kdc(self):
        """Starts it on a port of the moment; takes another port where that one was taken."""
        for _ in range(ATTEMPTS):
            if self.start_kdc_once():
                return
            self.write_configuration()
        raise RuntimeError("The KDC does not start.")

    def start_kdc_once(self):
        # setpriv ends the KDC with this program, however that ends.
        command = ["setpriv", "--pdeathsig", "TERM", self.parts.program("krb5kdc"), "-n",
                   "-r", REALM, "-P", str(self.folder / "kdc.pid")]
        environment = {**self.client(), "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf")}
        self.kdc = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.PIPE,
                                    env=self.parts.environment(environment))
        said = b""
        deadline = time.monotonic() + STEP_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(self.kdc.stderr, selectors.EVENT_READ)
            while selector.select(max(0, deadline - time.monotonic())):
                more = os.read(self.kdc.stderr.fileno(), 4096)
                said += more
                if b"commencing operation" in said:
                    self.keep_log()
                    return True
                if not more:
                    break
        self.stop_kdc()
        print(said.decode(errors="replace"), file=sys.stderr)
        return False

    def keep_log(self):
        """Goes on reading what the KDC says, into a file, so that it never waits for us."""
        log = open(self.folder / "kdc.log", "ab", buffering=0)
        subprocess.Popen(["cat"], stdin=self.kdc.stderr, stdout=log)
        log.close()

    def stop_kdc(self):
        if self.kdc is not None:
            self.kdc.terminate()
            self.kdc.wait()

    # Tickets.

    def ticket(self, user, ccache, *options):
        self.run("kinit", "-c", "FILE:" + str(ccache), *options, user, text=USERS[user] + "\n")

    def expired_ticket(self, user, ccache, life="1s"):
        """A cache whose ticket has just run out: klist -s says when that is so."""
        self.ticket(user, ccache, "-l", life)
        deadline = time.monotonic() + STEP_SECONDS
        while time.monotonic() < deadline:
            try:
                self.run("klist", "-s", "-c", "FILE:" + str(ccache))
            except RuntimeError:
                return
            time.sleep(0.1)
        raise RuntimeError("The ticket does not run out.")

    def describe(self):
        return {"folder": str(self.folder), "realm": REALM, "domain": DOMAIN, "users": USERS,
                "kdcPort": self.kdc_port, "krb5Conf": str(self.folder / "krb5.conf"),
                "keytab": str(self.keytab), "ccache": str(self.ccache),
                "libraryPath": self.parts.library_path(), "hosts": HOSTS,
                "delegates": DELEGATES, "strangers": STRANGERS,
                "client": self.client(), "service": self.service(), "names": self.names(),
                "clock": self.clock()}


def write(path, text):
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def obey(realm, words):
    """One command; what it gives back is the answer."""
    match words:
        case ["service", principal, *rest]:
            enctype = [word for word in rest if word != "delegate"]
            realm.add_service(principal, "delegate" in rest, *enctype[:1])
            return {"service": principal}
        case ["ticket", user, name]:
            realm.ticket(user, realm.folder / name)
            return {"ccache": str(realm.folder / name)}
        case ["expired", user, name, *life]:
            realm.expired_ticket(user, realm.folder / name, *life[:1])
            return {"ccache": str(realm.folder / name)}
        case _:
            raise ValueError("There is no such command.")


def serve(realm):
    for line in sys.stdin:
        try:
            answer = obey(realm, line.split())
        except (RuntimeError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", required=True, help="the folder of fetch.sh")
    parts = Parts(parser.parse_args().parts)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wsman-realm-"))
    realm = Realm(parts, folder)
    try:
        realm.make()
        realm.start_kdc()
        realm.ticket("tester", realm.ccache)
        print(json.dumps(realm.describe()), flush=True)
        serve(realm)
    finally:
        realm.stop_kdc()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
