"""Identify over one kept session of python3-winrm with NTLM, sealed: URL USER PASSWORD COUNT.

Prints the line of wsman-bench-auth.
"""

import sys
import time

from winrm.transport import Transport

IDENTIFY = (b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            b'xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">'
            b'<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>')


def main():
    """Measures."""
    url, user, password, count = *sys.argv[1:4], int(sys.argv[4])
    transport = Transport(endpoint=url, auth_method="ntlm", username=user, password=password,
                          message_encryption="always")
    start = time.monotonic()
    bytes = len(transport.send_message(IDENTIFY))
    first = time.monotonic() - start
    start = time.monotonic()
    for _ in range(count):
        transport.send_message(IDENTIFY)
    rate = count / (time.monotonic() - start)
    print("first %.2f rate %.1f bytes %d" % (first * 1000, rate, bytes))


main()
