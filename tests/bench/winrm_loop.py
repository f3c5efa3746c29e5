"""The same work with Debian's client for Python: python3-winrm's transport, and ElementTree.

usage: winrm_loop.py MODE COUNT URL CA-FILE USER; the password comes from BENCH_PASSWORD. Prints the
line that the programs of this folder print.
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
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
CLASSES = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/"

IDENTIFY = (f'<s:Envelope xmlns:s="{SOAP}" xmlns:wsmid="{IDENTITY}"><s:Header/><s:Body>'
            '<wsmid:Identify/></s:Body></s:Envelope>')
ENVELOPE = """<s:Envelope xmlns:s="{soap}" xmlns:a="{addressing}" xmlns:n="{enumeration}" xmlns:w="{wsman}">
<s:Header><a:To>{url}</a:To><w:ResourceURI s:mustUnderstand="true">{resource}</w:ResourceURI><a:ReplyTo><a:Address>
http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><a:Action
s:mustUnderstand="true">{action}</a:Action><w:MaxEnvelopeSize s:mustUnderstand="true">512000
</w:MaxEnvelopeSize><a:MessageID>uuid:{message}</a:MessageID><w:OperationTimeout>PT60.000S</w:OperationTimeout>
{headers}</s:Header><s:Body>{body}</s:Body></s:Envelope>"""
WINRM = '<w:SelectorSet><w:Selector Name="Name">WinRM</w:Selector></w:SelectorSet>'
ENUMERATE = ("<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>"
             "</n:Enumerate>")
PULL = ("<n:Pull><n:EnumerationContext>{context}</n:EnumerationContext>"
        "<n:MaxElements>32000</n:MaxElements></n:Pull>")

MODE, COUNT, URL, CA_FILE, USER = sys.argv[1], int(sys.argv[2]), *sys.argv[3:6]


def new_transport():
    """A client with a connection of its own."""
    return Transport(endpoint=URL, auth_method="basic", username=USER,
                     password=os.environ["BENCH_PASSWORD"], server_cert_validation="validate",
                     ca_trust_path=CA_FILE)


def parsed(transport, message):
    """The answer to one message."""
    return ElementTree.fromstring(transport.send_message(message.encode("utf-8")))


def ask(transport, name, action, body, headers=""):
    """The answer to one message about a class."""
    return parsed(transport, ENVELOPE.format(
        soap=SOAP, addressing=ADDRESSING, enumeration=ENUMERATION, wsman=WSMAN, url=URL,
        resource=CLASSES + name, action=action, message=uuid.uuid4(), headers=headers, body=body))


def value_of(element):
    """The text of a property, or what it is nested around."""
    return element.text if len(element) == 0 else {child.tag: child.text for child in element}


def properties_of(item):
    """An instance as a dict."""
    return {child.tag.partition("}")[2]: value_of(child) for child in item}


def identify(transport):
    """One Identify: the three values in it."""
    answer = parsed(transport, IDENTIFY).find(".//{%s}IdentifyResponse" % IDENTITY)
    return [[child.text for child in answer]]


def get(transport):
    """One Get: an instance."""
    return [properties_of(ask(transport, "Win32_Service", TRANSFER + "/Get", "", WINRM)
                          .find("{%s}Body" % SOAP)[0])]


def rows(transport):
    """Every row as a dict."""
    found = []
    answer = ask(transport, "Loopback_Row", ENUMERATION + "/Enumerate", ENUMERATE)
    while True:
        for name in (WSMAN, ENUMERATION):
            for items in answer.iter("{%s}Items" % name):
                found += [properties_of(item) for item in items]
        context = answer.find(".//{%s}EnumerationContext" % ENUMERATION)
        if context is None or not (context.text or "").strip():
            return found
        answer = ask(transport, "Loopback_Row", ENUMERATION + "/Pull",
                     PULL.format(context=context.text.strip()))


def main():
    """Measures."""
    work, warm_up = {"identify": (identify, 10), "get": (get, 10), "first": (identify, 0),
                     "rows": (rows, 3), "first-rows": (rows, 0)}[MODE]
    kept = [new_transport()]
    for _ in range(warm_up):
        work(kept[0])
    start, cpu, done = time.monotonic(), time.process_time(), 0
    for _ in range(COUNT):
        if MODE == "first":
            kept.append(new_transport())
        done += len(work(kept[-1]))
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("rate %.2f cpu %.2f kib %d" % (done / seconds, cpu * 1e6 / done, kib))


main()
