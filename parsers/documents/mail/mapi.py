"""Mails by their properties, as Outlook keeps them in msg files and in winmail.dat (MS-OXPROPS)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime

from parsers.documents.caps import CAPS
from parsers.documents.charsets import decoded
from parsers.documents.mail.lzfu import unpacked_rtf
from parsers.documents.mail.mail_words import MailHead, better_of, header_text, html_words
from parsers.documents.word.rtf import read_rtf

MESSAGE_CLASS, SUBJECT, BODY, HTML, RTF = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009
HEADERS, TO, CC = 0x007D, 0x0E04, 0x0E03
SENDER, SENDER_SMTP, SENDER_ADDRESS, SENT_FOR, SENT_FOR_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F, 0x0042, 0x0065
SENT_AT, DELIVERED_AT = 0x0039, 0x0E06
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
ATTACH_DATA, ATTACH_NAME, ATTACH_SHORT_NAME, ATTACH_METHOD, DISPLAY_NAME = 0x3701, 0x3707, 0x3704, 0x3705, 0x3001
BY_REFERENCE = frozenset({2, 3, 4, 7})
"""Ways to attach a file by telling where it lies."""
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)
_CODEPAGES = {65001: "utf-8", 20127: "ascii", 1200: "utf-16-le", 28591: "cp1252", 932: "cp932", 936: "gb18030"}
_ISO = range(28592, 28606)

Properties = Mapping[int, str | bytes | int]
"""By the number of the property: text, bytes (text of unknown encoding among them), numbers and times."""


def codepage(properties: Properties, *, inside: bool = False) -> str:
    """The name of the encoding of texts that are not Unicode; of those in HTML where ``inside``."""
    order = (INTERNET_CODEPAGE, MESSAGE_CODEPAGE) if inside else (MESSAGE_CODEPAGE, INTERNET_CODEPAGE)
    for tag in order:
        number = properties.get(tag)
        if isinstance(number, int) and number:
            return _CODEPAGES.get(number) or (f"iso8859-{number - 28590}" if number in _ISO else f"cp{number}")
    return "cp1252"


def text_of(properties: Properties, *tags: int) -> str:
    """The first of these properties that holds words."""
    for tag in tags:
        value = properties.get(tag)
        if isinstance(value, bytes):
            value = decoded(value, codepage(properties))
        if isinstance(value, str) and (words := value.partition("\0")[0]).strip():
            return words
    return ""


def mail_words(properties: Properties) -> tuple[MailHead, str]:
    """What stands above the mail, and its words: plain, or those that its HTML or rich text shows."""
    plain, rich = text_of(properties, BODY), _rich(properties)
    return _head(properties), better_of(plain, rich)


def is_sealed(properties: Properties) -> bool:
    """Whether the mail was encrypted."""
    return "smime" in text_of(properties, MESSAGE_CLASS).lower() and not is_signed(properties)


def is_signed(properties: Properties) -> bool:
    """Whether the mail was signed, so that all of it lies in what is attached, as a mail of the usual format."""
    return "smime.multipartsigned" in text_of(properties, MESSAGE_CLASS).lower()


def attachment_name(properties: Properties) -> str | None:
    """What an attachment is called."""
    return text_of(properties, ATTACH_NAME, ATTACH_SHORT_NAME, DISPLAY_NAME) or None


def _rich(properties: Properties) -> str:
    html = properties.get(HTML)
    if isinstance(html, str):
        html = html.encode("utf-8", "replace")
        return html_words(html, "utf-8")
    if isinstance(html, bytes) and html.strip():
        return html_words(html, codepage(properties, inside=True) if INTERNET_CODEPAGE in properties else None)
    packed = properties.get(RTF)
    rtf = unpacked_rtf(packed) if isinstance(packed, bytes) else None
    if not rtf:
        return ""
    return "\n\n".join(page.text for page in read_rtf(rtf, caps=CAPS).pages)


def _head(properties: Properties) -> MailHead:
    headers = HeaderParser(policy=compat32).parsestr(text_of(properties, HEADERS).lstrip())
    printed: dict[str, str] = {}
    for name, value in headers.raw_items():
        printed.setdefault(name.lower(), header_text(str(value)))
    return MailHead(
        sender=_sender(properties) or printed.get("from", ""),
        date=_date(properties) or printed.get("date", ""),
        to=text_of(properties, TO) or printed.get("to", ""),
        cc=text_of(properties, CC) or printed.get("cc", ""),
        subject=text_of(properties, SUBJECT) or printed.get("subject", ""),
    )


def _sender(properties: Properties) -> str:
    name = text_of(properties, SENT_FOR, SENDER)
    addresses = (text_of(properties, tag) for tag in (SENDER_SMTP, SENT_FOR_ADDRESS, SENDER_ADDRESS))
    address = next((each for each in addresses if "@" in each), "")
    if not address or address in name:
        return name
    return f"{name} <{address}>" if name else address


def _date(properties: Properties) -> str:
    for tag in (SENT_AT, DELIVERED_AT):
        ticks = properties.get(tag)
        if isinstance(ticks, int) and 0 < ticks < 1 << 62:
            try:
                return format_datetime(_FIRST_DAY + timedelta(microseconds=ticks // 10))
            except OverflowError:
                continue
    return ""
