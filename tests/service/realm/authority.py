"""The authority of a loopback service, which signs for what stands beside or before it, too."""

import subprocess

STEP_SECONDS = 30


def issue_certificate(authority, folder, name):
    """Makes server.pem and server-key.pem in a folder, for localhost; `name` is who it is."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-CA", str(authority / "ca.pem"), "-CAkey", str(authority / "ca-key.pem"), "-days", "30",
         "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-addext", "basicConstraints=critical,CA:FALSE",
         "-keyout", str(folder / "server-key.pem"), "-out", str(folder / "server.pem")],
        check=True, capture_output=True, timeout=STEP_SECONDS)
