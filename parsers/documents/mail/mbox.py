"""Mailboxes in one file (mbox): each mail in it is a document of its own.

A mail begins after a blank line with ``From``, an address and a date; a line of a mail that begins so was written
with ``>`` before it.
"""

import re
from email.header import Header
from email.parser import BytesHeaderParser
from email.policy import compat32

from parsers.documents.caps import CAPS, Caps
from parsers.documents.mail.mail_words import header_text
from parsers.documents.parts import MOST_PARTS, Parts
from parsers.documents.records import Opened

TOOL = "email"
_BEGIN = re.compile(rb"(?:\A|\n\r?\n)(From [^\r\n]{5,300}\r?\n)(?=[A-Za-z-]{2,40}:)")
_QUOTED = re.compile(rb"^>(>{0,20}From )", re.MULTILINE)
_HEAD = 1 << 16


def open_mbox(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """A mailbox with the mails in it."""
    parts = Parts()
    begins = [(match.start(1), match.end(1)) for match in _BEGIN.finditer(data)]
    for number, (_, begin) in enumerate(begins):
        end = begins[number + 1][0] if number + 1 < len(begins) else len(data)
        if number < MOST_PARTS:
            mail = _QUOTED.sub(rb"\1", data[begin:end])
            parts.add(f"{_subject(mail) or f'Mail {number + 1}'}.eml", mail)
        else:
            parts.add(None, b"")
    return parts.opened("mbox", "", caps=caps, tool=TOOL)


def _subject(mail: bytes) -> str:
    """What the mail is about, as a name for it."""
    said: str | Header = BytesHeaderParser(policy=compat32).parsebytes(mail[:_HEAD]).get("Subject", "")
    return header_text(str(said)).strip().replace("/", " ")
