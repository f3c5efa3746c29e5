"""Enumerates the rows of the loopback service with pywinrm's transport and ElementTree, into dicts.

usage: rows.py COUNT URL CA-FILE [first]; prints the line that the programs of this folder print.
"""

import os
import resource
import sys
import time
import uuid
import xml.etree.ElementTree as ElementTree

from winrm.transport import Transport

ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
ROWS = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Loopback_Row"

ENVELOPE = """<s:Envelope xmlns:s="{soap}" xmlns:a="{addressing}" xmlns:n="{enumeration}" xmlns:w="{wsman}">
<s:Header><a:To>{url}</a:To><w:ResourceURI s:mustUnderstand="true">{rows}</w:ResourceURI><a:ReplyTo><a:Address>
http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><a:Action
s:mustUnderstand="true">{enumeration}/{action}</a:Action><w:MaxEnvelopeSize s:mustUnderstand="true">512000
</w:MaxEnvelopeSize><a:MessageID>uuid:{message}</a:MessageID><w:OperationTimeout>PT60.000S</w:OperationTimeout>
</s:Header><s:Body>{body}</s:Body></s:Envelope>"""
ENUMERATE = ("<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>"
             "</n:Enumerate>")
PULL = ("<n:Pull><n:EnumerationContext>{context}</n:EnumerationContext>"
        "<n:MaxElements>32000</n:MaxElements></n:Pull>")


def ask(transport, url, action, body):
    """The answer to one message, parsed."""
    message = ENVELOPE.format(soap=SOAP, addressing=ADDRESSING, enumeration=ENUMERATION,
                              wsman=WSMAN, url=url, rows=ROWS, action=action,
                              message=uuid.uuid4(), body=body)
    return ElementTree.fromstring(transport.send_message(message.encode("utf-8")))


def value_of(element):
    """The text of a property, or what it is nested around."""
    return element.text if len(element) == 0 else {child.tag: child.text for child in element}


def rows(transport, url):
    """Every row as a dict."""
    found = []
    answer = ask(transport, url, "Enumerate", ENUMERATE)
    while True:
        for name in (WSMAN, ENUMERATION):
            for items in answer.iter("{%s}Items" % name):
                found += [{child.tag.partition("}")[2]: value_of(child) for child in item}
                          for item in items]
        context = answer.find(".//{%s}EnumerationContext" % ENUMERATION)
        if context is None or not (context.text or "").strip():
            return found
        answer = ask(transport, url, "Pull", PULL.format(context=context.text.strip()))


def main():
    """Measures."""
    count, url, ca_file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    transport = Transport(endpoint=url, auth_method="basic", username=os.environ["BENCH_USER"],
                          password=os.environ["BENCH_PASSWORD"],
                          server_cert_validation="validate", ca_trust_path=ca_file)
    if sys.argv[4:] != ["first"]:
        for _ in range(3):
            rows(transport, url)
    start = time.monotonic()
    seen = sum(len(rows(transport, url)) for _ in range(count))
    seconds = time.monotonic() - start
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("rate %.2f kib %d" % (seen / seconds, kib))


main()
