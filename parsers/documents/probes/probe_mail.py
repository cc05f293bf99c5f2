"""What a mail holds beside what it shows: the computers that it went through, and who else it was sent to."""

from collections.abc import Iterable
from email.parser import BytesHeaderParser, HeaderParser
from email.policy import compat32

from parsers.documents.mail import mapi
from parsers.documents.mail.msg import message_properties
from parsers.documents.probes.probe_findings import Findings

ROUTE = frozenset({"received", "x-originating-ip", "x-sender-ip", "x-client-ip"})
BLIND = frozenset({"bcc", "resent-bcc"})
BLIND_COPIES = 0x0E02


def probe_eml(data: bytes, findings: Findings) -> None:
    """An e-mail file; what is attached to it is probed by itself."""
    _probe_headers(BytesHeaderParser(policy=compat32).parsebytes(data.lstrip()).raw_items(), findings)


def probe_msg(data: bytes, findings: Findings) -> None:
    """An Outlook message."""
    properties = message_properties(data)
    headers = HeaderParser(policy=compat32).parsestr(mapi.text_of(properties, mapi.HEADERS).lstrip())
    _probe_headers(headers.raw_items(), findings)
    findings.add("blind_copies", count=int(bool(mapi.text_of(properties, BLIND_COPIES))))


def _probe_headers(items: Iterable[tuple[str, object]], findings: Findings) -> None:
    for name, value in items:
        if str(value).strip():
            findings.add("mail_route", "header", count=int(name.lower() in ROUTE))
            findings.add("blind_copies", count=int(name.lower() in BLIND))
