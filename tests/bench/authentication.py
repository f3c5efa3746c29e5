#!/usr/bin/env python3
"""What each mechanism costs: authentication.py GSS-PARTS ENDPOINT WSMAN-BENCH-AUTH [OTHER].

Round trips and time of the first request with all before it, the rate of those that follow, sealed
against plain pages, and python3-winrm on the same service. OTHER is wsman-bench-auth of another
build, for instance of one that made NTLM with gss-ntlmssp: it is measured in turn. See README.md.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "service" / "realm"))

from parts import Parts  # noqa: E402
from running import RunningRealm, RunningService  # noqa: E402

PARTS, ENDPOINT, PROGRAM = sys.argv[1:4]
OTHER = sys.argv[4] if len(sys.argv) > 4 else None
ROUNDS = 7
REQUESTS = 99
PAGES = 20
GOAL = 8.0
GOAL_FIRST_MS = 1.5
# python3-ntlm-auth hashes with MD4, which OpenSSL 3 has in its legacy provider only.
OPENSSL_CONF = ("openssl_conf=start\n[start]\nproviders=providers\n[providers]\ndefault=on\n"
                "legacy=on\n[on]\nactivate=1\n")


class Bench:
    def __init__(self, realm, service, folder):
        self.realm, self.service, self.folder = realm, service, folder
        self.password = realm.about["users"]["tester"]
        self.environment = {**os.environ, **realm.about["client"]}

    def run(self, command, **more):
        done = subprocess.run(command, env={**self.environment, **more}, capture_output=True,
                              text=True, timeout=300, check=False)
        if done.returncode != 0:
            sys.exit(f"{command[0]} failed: {done.stderr.strip()}")
        words = done.stdout.split()
        return {words[i]: float(words[i + 1]) for i in range(0, len(words), 2)}

    def ours(self, mechanism, scheme, user, request="identify", count=REQUESTS, program=PROGRAM):
        return self.run([program, mechanism, self.service.url(scheme), self.service.about["caFile"],
                         user, self.password, request, str(count)])

    def theirs(self):
        return self.run(["/usr/bin/python3", "-W", "ignore", str(HERE / "ntlm.py"),
                         self.service.url("http"), "WSMAN\\tester", self.password, str(REQUESTS)],
                        PYTHONPATH=str(Parts(PARTS).python_packages),
                        OPENSSL_CONF=str(self.folder / "openssl.cnf"))

    def tokens_of(self, measure):
        """Round trips of one authentication; two transports are made."""
        before = self.service.security()["tokens"]
        measure()
        return (self.service.security()["tokens"] - before) / 2


def median(results, key):
    return statistics.median(result[key] for result in results)


def mechanisms(bench):
    rows = [("None, http", "none", "http", "-"), ("Basic, https", "basic", "https", "tester"),
            ("NTLM, http, sealed", "negotiate", "http", ".\\tester"),
            ("NTLM, https, bound", "negotiate", "https", ".\\tester"),
            ("Kerberos with a ticket, http, sealed", "kerberos", "http", "-"),
            ("Kerberos with a password, http, sealed", "kerberos", "http", "tester"),
            ("Negotiate with a ticket, http, sealed", "negotiate", "http", "-"),
            ("Negotiate with a ticket, https, bound", "negotiate", "https", "-")]
    print(f"{'':40} tokens   first request   2nd to {REQUESTS + 1}th")
    for title, *which in rows:
        tokens = bench.tokens_of(lambda: bench.ours(*which, count=1))
        results = [bench.ours(*which) for _ in range(ROUNDS)]
        print(f"{title:40} {tokens:4.0f}   {median(results, 'first'):10.2f} ms   "
              f"{median(results, 'rate'):8.0f} /s", flush=True)


def pages(bench):
    for title, mechanism, user in [("NTLM", "negotiate", ".\\tester"), ("Kerberos", "kerberos", "-")]:
        pairs = [(bench.ours(mechanism, "http", user, "page", PAGES),
                  bench.ours("bare-" + mechanism, "http", user, "page", PAGES))
                 for _ in range(ROUNDS)]
        megabytes = pairs[0][0]["bytes"] / 1e6
        sealed = median([pair[0] for pair in pairs], "rate") * megabytes
        plain = median([pair[1] for pair in pairs], "rate") * megabytes
        print(f"pages of {megabytes:.2f} MB with {title}: sealed {sealed:.1f} MB/s, "
              f"plain {plain:.1f} MB/s, ratio {sealed / plain:.2f}", flush=True)


def others(bench):
    pairs = [(bench.ours("negotiate", "http", ".\\tester"), bench.theirs()) for _ in range(ROUNDS)]
    ratios = sorted(ours["rate"] / theirs["rate"] for ours, theirs in pairs)
    print(f"NTLM on a kept session: {median([pair[0] for pair in pairs], 'rate'):.0f} /s, "
          f"python3-winrm {median([pair[1] for pair in pairs], 'rate'):.0f} /s, ratio "
          f"{statistics.median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f}), goal {GOAL:.0f}")
    print(f"NTLM, the first request: {median([pair[0] for pair in pairs], 'first'):.2f} ms, "
          f"python3-winrm {median([pair[1] for pair in pairs], 'first'):.2f} ms, "
          f"goal {GOAL_FIRST_MS:.1f} ms", flush=True)


def builds(bench):
    """This build against the other one, pair by pair; a ratio above 1 is this one's favour."""
    for title, scheme, request, count in [("http, sealed", "http", "identify", REQUESTS),
                                          ("https, bound", "https", "identify", REQUESTS),
                                          ("http, sealed pages", "http", "page", PAGES)]:
        pairs = [[bench.ours("negotiate", scheme, ".\\tester", request, count, program)
                  for program in (PROGRAM, OTHER)] for _ in range(ROUNDS)]
        first = sorted(other["first"] / this["first"] for this, other in pairs)
        rate = sorted(this["rate"] / other["rate"] for this, other in pairs)
        print(f"NTLM against the other build, {title}: first request "
              f"{statistics.median(first):.2f} ({first[0]:.2f} to {first[-1]:.2f}), "
              f"rate {statistics.median(rate):.2f} "
              f"({rate[0]:.2f} to {rate[-1]:.2f})", flush=True)


def main():
    with RunningRealm(PARTS) as realm, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "openssl.cnf").write_text(OPENSSL_CONF)
        with RunningService(realm, ENDPOINT, folder, "--offer", "negotiate,kerberos,basic",
                            "--allow-unencrypted", "yes", "--max-envelope-kb", "4000") as service:
            bench = Bench(realm, service, folder)
            mechanisms(bench)
            pages(bench)
            others(bench)
            if OTHER:
                builds(bench)


if __name__ == "__main__":
    main()
