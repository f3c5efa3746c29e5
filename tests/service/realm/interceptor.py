#!/usr/bin/env python3
"""Stands between a client and a loopback service over TLS, while standard input stays open.

    interceptor.py --backend PORT --ca-directory DIR

It shows clients a certificate of its own, which the same authority signed, decrypts what they send,
and passes it on to the service over TLS, and the answers back. Prints {"https":…} when it listens.
Needs the ca.pem and ca-key.pem that a service made.
"""

import argparse
import asyncio
import contextlib
import json
import pathlib
import signal
import ssl
import sys
import tempfile

from authority import issue_certificate

PIECE = 65536


async def pass_on(reader, writer):
    try:
        while bytes := await reader.read(PIECE):
            writer.write(bytes)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        # Who is passed on to hears the end as well, and hangs up in its turn.
        writer.close()


class Interceptor:
    def __init__(self, folder, authority, backend):
        self.backend = backend
        self.to_clients = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.to_clients.load_cert_chain(folder / "server.pem", folder / "server-key.pem")
        self.to_backend = ssl.create_default_context(cafile=authority / "ca.pem")

    async def take(self, reader, writer):
        try:
            backend = await asyncio.open_connection("127.0.0.1", self.backend, ssl=self.to_backend,
                                                    server_hostname="localhost")
        except OSError:
            writer.close()
            return
        # Whoever is still here when all of it ends is let go without a word.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(pass_on(reader, backend[1]), pass_on(backend[0], writer))

    async def run(self):
        server = await asyncio.start_server(self.take, "127.0.0.1", 0, ssl=self.to_clients)
        print(json.dumps({"https": server.sockets[0].getsockname()[1]}), flush=True)
        # Nobody writes there, so it is its end that makes it readable.
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(sys.stdin, ended.set)
        loop.add_signal_handler(signal.SIGTERM, ended.set)
        await ended.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", required=True, type=int)
    parser.add_argument("--ca-directory", required=True, type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wsman-interceptor-") as folder:
        issue_certificate(options.ca_directory, pathlib.Path(folder), "interceptor")
        between = Interceptor(pathlib.Path(folder), options.ca_directory, options.backend)
        asyncio.run(between.run())


if __name__ == "__main__":
    main()
