#!/usr/bin/env python3
"""A service that takes NTLM by python3-ntlm-auth, while standard input stays open.

    ntlm_acceptor.py --parts FOLDER --domain NAME --user NAME --password TEXT [--form spnego|bare]

What a client proves and seals is verified and opened by code of another make, written for clients.
It answers Identify over http under seal, and nothing else. `bare` answers without SPNEGO. Prints
{"http":…} when it listens.
"""

import argparse
import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import shutil
import signal
import struct
import sys
import tempfile
import threading
import time
import warnings

from parts import Parts

# The hash of a password is MD4, which OpenSSL 3 has in its legacy provider only.
OPENSSL_CONF = ("openssl_conf=start\n[start]\nproviders=providers\n[providers]\ndefault=on\n"
                "legacy=on\n[on]\nactivate=1\n")
IDENTITY = (b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            b'xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Body>'
            b'<i:IdentifyResponse><i:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
            b'</i:ProtocolVersion></i:IdentifyResponse></s:Body></s:Envelope>')
BOUNDARY = b"--Encrypted Boundary"
PROTOCOL = b"application/HTTP-SPNEGO-session-encrypted"
CHALLENGE = bytes.fromhex("0123456789abcdef")
MECHANISMS = bytes.fromhex("300c060a2b06010401823702020a")
NTLM = b"NTLMSSP\0"
UNIX_EPOCH = 116444736000000000
MIC_AT = 72


def md5(key, message):
    return hmac.new(key, message, hashlib.md5).digest()


def der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x81" + bytes([size])
    return bytes([tag]) + length + content


def challenge(flags):
    """With a time, so that the client has to send an integrity code."""
    now = int(time.time() * 10_000_000) + UNIX_EPOCH
    info = (struct.pack("<HH", 1, 12) + "SERVER".encode("utf-16-le")
            + struct.pack("<HHQ", 7, 8, now) + bytes(4))
    version = bytes.fromhex("0a0063450000000f")
    return (NTLM + struct.pack("<IHHII", 2, 0, 0, 56, flags) + CHALLENGE + bytes(8)
            + struct.pack("<HHI", len(info), len(info), 56) + version + info)


def field(message, at):
    size, _, offset = struct.unpack_from("<HHI", message, at)
    return message[offset:offset + size]


class Account:
    """Whom the service knows, and what ntlm-auth makes of what a client says."""

    def __init__(self, options):
        # RC4 is old, and says so where the package cryptography makes it.
        warnings.simplefilter("ignore")
        from ntlm_auth import compute_hash, compute_keys, constants, rc4, session_security
        self.keys, self.magic, self.cipher = compute_keys, constants.SignSealConstants, rc4.ARC4
        self.session = session_security.SessionSecurity
        self.name = (options.domain.encode("utf-16-le"), options.user.encode("utf-16-le"))
        self.key = compute_hash._ntowfv2(options.user, options.password, options.domain)

    def accept(self, negotiate, challenged, message):
        """The session, or None for whoever does not prove the user."""
        response = field(message, 20)
        proof = md5(self.key, CHALLENGE + response[16:])
        if (field(message, 28), field(message, 36)) != self.name or proof != response[:16]:
            return None
        key = self.cipher(md5(self.key, proof)).update(field(message, 52))
        unsigned = message[:MIC_AT] + bytes(16) + message[MIC_AT + 16:]
        if md5(key, negotiate + challenged + unsigned) != message[MIC_AT:MIC_AT + 16]:
            return None
        return self.session(struct.unpack_from("<I", message, 60)[0], key, source="server")

    def restart(self, session):
        """Begins both key streams anew [MS-SPNG 3.3.5.1]."""
        flags, key = session.negotiate_flags, session.exported_session_key
        session.outgoing_handle = self.cipher(
            self.keys.get_seal_key(flags, key, self.magic.SERVER_SEALING))
        session.incoming_handle = self.cipher(
            self.keys.get_seal_key(flags, key, self.magic.CLIENT_SEALING))


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection, and its context."""

    protocol_version = "HTTP/1.1"
    account, bare = None, False
    negotiate = challenged = session = None

    def answer(self, status, token=None, body=b"", content_type=None):
        self.send_response(status)
        if token is not None:
            text = base64.b64encode(token).decode()
            self.send_header("WWW-Authenticate", "Negotiate " + text if text else "Negotiate")
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        scheme, _, text = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Negotiate":
            self.take_token(base64.b64decode(text))
        elif self.session is None:
            self.answer(401, b"")
        else:
            self.take_message(body)

    def take_token(self, token):
        at = token.index(NTLM)
        if token[at + 8] == 1:
            self.negotiate = token[at:]
            self.challenged = challenge(struct.unpack_from("<I", self.negotiate, 12)[0])
            self.answer(401, self.challenged if self.bare else der(0xA1, der(
                0x30, der(0xA0, der(0x0A, b"\1")) + der(0xA2, der(0x04, self.challenged)))))
            return
        # Behind the message stands the MIC of the mechanisms.
        message, mic = (token, b"") if self.bare else (token[at:-20], token[-16:])
        session = self.account.accept(self.negotiate, self.challenged, message)
        if session is None:
            self.answer(401, b"")
            return
        end = None
        if not self.bare:
            session._verify_signature(MECHANISMS, mic)
            end = der(0xA1, der(0x30, der(0xA0, der(0x0A, b"\0")) + der(
                0xA3, der(0x04, session._get_signature(MECHANISMS)))))
            self.account.restart(session)
        self.session = session
        self.answer(200, end)

    def take_message(self, body):
        sealed = body.split(b"octet-stream\r\n", 1)[1][4:].rsplit(BOUNDARY, 1)[0]
        if b"Identify" not in self.session.unwrap(sealed[16:], sealed[:16]):
            raise ValueError("another request")
        cipher, signature = self.session.wrap(IDENTITY)
        head = (BOUNDARY + b"\r\n\tContent-Type: " + PROTOCOL
                + b"\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n"
                % len(IDENTITY) + BOUNDARY + b"\r\n\tContent-Type: application/octet-stream\r\n")
        self.answer(200, None, head + struct.pack("<I", 16) + signature + cipher
                    + BOUNDARY + b"--\r\n", 'multipart/encrypted;protocol="' + PROTOCOL.decode()
                    + '";boundary="Encrypted Boundary"')

    def log_message(self, *_):
        """Says nothing."""


def with_md4():
    """Begins anew with the legacy provider where MD4 is missing."""
    made = os.environ.pop("WSMAN_TEST_OPENSSL_CONF", None)
    try:
        hashlib.new("md4")
    except ValueError:
        if made:
            raise
        folder = tempfile.mkdtemp(prefix="wsman-ntlm-")
        file = pathlib.Path(folder) / "openssl.cnf"
        file.write_text(OPENSSL_CONF)
        os.execve(sys.executable, [sys.executable, *sys.argv],
                  {**os.environ, "OPENSSL_CONF": str(file), "WSMAN_TEST_OPENSSL_CONF": folder})
    finally:
        # It has been read by now.
        if made:
            shutil.rmtree(made)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", required=True)
    for name in ("domain", "user", "password"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--form", choices=["spnego", "bare"], default="spnego")
    options = parser.parse_args()
    with_md4()
    sys.path.insert(0, str(Parts(options.parts).python_packages))
    Handler.account, Handler.bare = Account(options), options.form == "bare"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(json.dumps({"http": server.server_address[1]}), flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    main()
