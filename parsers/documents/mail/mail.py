"""E-mail files: the message as one page with its header above it, and everything attached as parts.

Broken MIME is kept as what can be had: Python's parser never gives up on it, and a part that cannot be decoded is
listed with the reason. Of two forms of a message the plain one is taken, unless it says next to nothing.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from email.errors import MessageError
from email.generator import BytesGenerator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from io import BytesIO
from quopri import decodestring

from parsers.documents.caps import CAPS, Caps
from parsers.documents.charsets import decoded
from parsers.documents.mail.body import PGP, unflowed, without_files
from parsers.documents.mail.mail_words import MailHead, better_of, header_text, html_words
from parsers.documents.parts import Parts, unopened
from parsers.documents.records import Opened

TOOL = "email"
MOST_DEPTH = 60
"""Of parts in parts that are not mails of their own; programs nest four or five."""
MOST_CONTENT_LINE = 20_000
_UNFOLDED = compat32.clone(max_line_length=None)
_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError)
"""How Python's ``email`` fails on headers that mean nothing."""
_ENCRYPTED = frozenset({"multipart/encrypted"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_FORWARDED = frozenset({"message/rfc822", "message/global"})
_NAMES = {"text/calendar": "calendar.ics", "text/vcard": "card.vcf", "text/x-vcard": "card.vcf"}
"""What to call parts that are mostly sent without a name."""
_BORDER = re.compile(
    rb"^--([^\s\"\\-][^\s\"\\]{0,69})[ \t]*\r?\n(?=content-[a-z-]{2,30}:)", re.IGNORECASE | re.MULTILINE
)
_BODIES = frozenset({"text/plain", "text/html"})


def open_mail(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """An e-mail file with what is attached to it."""
    try:
        message = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n \t\xef\xbb\xbf"))
        mail = _Mail(message)
        mail.read()
    except RecursionError:
        return unopened("eml", "bomb", f"Its parts lie more than {MOST_DEPTH} deep.", tool=TOOL)
    words = mail.head().above(mail.words)
    opened = mail.parts.opened("eml", words, caps=caps, tool=TOOL, notes=mail.notes)
    if mail.is_encrypted and not mail.words.strip():
        return unopened("eml", "encrypted", "Its words are encrypted for those it was sent to.", tool=TOOL)
    return opened


class _Mail:
    def __init__(self, message: "Message[str, str]") -> None:
        self._message = message
        self.parts = Parts()
        self.notes: list[str] = []
        self.words = ""
        self.is_encrypted = False

    def read(self) -> None:
        """Go through the parts; afterwards ``words`` are those of the message itself."""
        self.words = "\n\n".join(filter(str.strip, self._take(self._message, 0)))

    def head(self) -> MailHead:
        """What its header says to people."""
        found: dict[str, str] = {}
        for name, value in self._message.raw_items():
            found.setdefault(name.lower(), header_text(str(value)))
        return MailHead(
            sender=found.get("from", ""),
            date=found.get("date", ""),
            to=found.get("to", ""),
            cc=found.get("cc", ""),
            subject=found.get("subject", ""),
        )

    def _take(self, part: "Message[str, str]", depth: int) -> list[str]:
        """The words of a part that belong to the message; what does not is put among the parts."""
        if depth > MOST_DEPTH:
            raise RecursionError
        self._trim(part)
        kind = part.get_content_type()
        if kind.startswith("multipart/") and not part.is_multipart():
            part = self._mended(part)
        self.is_encrypted |= kind in _ENCRYPTED or (kind in _SEALED and _parameter(part, "smime-type") != "signed-data")
        # Python would decode the words of a single part on the way, by a charset that may be anything.
        inner = part.get_payload() if part.is_multipart() else None
        if kind.startswith("message/") and isinstance(inner, list):
            self._forwarded(part, kind, inner)
            return []
        if isinstance(inner, list):
            return self._several(inner, kind, depth)
        return self._single(part, kind)

    def _several(self, inner: Sequence[object], kind: str, depth: int) -> list[str]:
        children = [child for child in inner if isinstance(child, Message)]
        if kind != "multipart/alternative":
            return [words for child in children for words in self._take(child, depth + 1)]
        plain = [w for child in children if _is_plain(child) for w in self._take(child, depth + 1)]
        rich = [w for child in children if not _is_plain(child) for w in self._take(child, depth + 1)]
        return [better_of("\n\n".join(plain), "\n\n".join(rich))]

    def _single(self, part: "Message[str, str]", kind: str) -> list[str]:
        data, name = _content(part), _name(part)
        attached = _disposition(part) == "attachment" or (name is not None and part is not self._message)
        multipart = kind.startswith("multipart/")
        if data is None:
            self.parts.fail(name, "damaged", "It is damaged: it cannot be decoded.")
        elif (kind in _BODIES and not attached) or multipart:
            if multipart:
                self.notes.append("It is damaged: where its parts begin and end is lost.")
            return [html_words(data, _charset(part)) if kind == "text/html" else self._plain(part, data)]
        elif data or name is not None:
            self._sealed(part, kind)
            self.parts.add(name or _NAMES.get(kind), data)
        return []

    def _mended(self, part: "Message[str, str]") -> "Message[str, str]":
        """A part whose declared border is nowhere in it, parted at the one that is; as it was where there is none."""
        data = _content(part) or b""
        border = _BORDER.search(data)
        if border is None:
            return part
        head = b'Content-Type: multipart/mixed; boundary="' + border[1] + b'"\n\n'
        found = BytesParser(policy=compat32).parsebytes(head + data)
        if not found.is_multipart():
            return part
        self.notes.append("It is damaged: its parts do not begin and end as it declares.")
        return found

    def _plain(self, part: "Message[str, str]", data: bytes) -> str:
        """The words of a plain body; files written into it are put among the parts."""
        text, files = without_files(decoded(data, _charset(part)))
        for name, body in files:
            self.parts.add(name, body)
        if text.lstrip().startswith(PGP):
            self.is_encrypted = True
            return ""
        if _parameter(part, "format") == "flowed":
            return unflowed(text, without_spaces=_parameter(part, "delsp") == "yes")
        return text

    def _sealed(self, part: "Message[str, str]", kind: str) -> None:
        if kind in _SEALED and _parameter(part, "smime-type") == "signed-data":
            self.notes.append("Its words are inside its signature, which is not read here.")

    def _forwarded(self, part: "Message[str, str]", kind: str, inner: Sequence[object]) -> None:
        messages = [each for each in inner if isinstance(each, Message)]
        name = _name(part)
        try:
            data = b"\n".join(map(_flat, messages))
        except _FAULTS:
            self.parts.fail(name, "damaged", "It is damaged: the mail in it cannot be taken out.")
            return
        if kind in _FORWARDED:
            data = _unwrapped(data, str(part.get("Content-Transfer-Encoding", "")).strip().lower())
            name = name or f"{_subject(messages) or 'Forwarded message'}.eml"
        self.parts.add(name or f"{kind.partition('/')[2]}.txt", data)

    def _trim(self, part: "Message[str, str]") -> None:
        """Drop headers that no program writes, on which Python's parser would spend minutes."""
        for name in {name for name, value in part.raw_items() if len(str(value)) > MOST_CONTENT_LINE}:
            if name.lower().startswith("content-"):
                del part[name]


def _mended(part: "Message[str, str]") -> "Message[str, str]":
    """A part whose declared border is nowhere in it, parted at the one that is; as it was where there is none."""
    data = _content(part) or b""
    border = _BORDER.search(data)
    if border is None:
        return part
    head = b'Content-Type: multipart/mixed; boundary="' + border[1] + b'"\n\n'
    found = BytesParser(policy=compat32).parsebytes(head + data)
    return found if found.is_multipart() else part


def _subject(messages: Sequence["Message[str, str]"]) -> str:
    items = ((name, value) for message in messages for name, value in message.raw_items())
    found = next((header_text(str(value)) for name, value in items if name.lower() == "subject"), "")
    return found.strip().replace("/", " ")


def _is_plain(part: "Message[str, str]") -> bool:
    return part.get_content_type() == "text/plain"


def _flat(message: "Message[str, str]") -> bytes:
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_UNFOLDED).flatten(message)
    return out.getvalue()


def _unwrapped(data: bytes, encoding: str) -> bytes:
    """A forwarded mail that was encoded as a whole, as the standard forbids and some programs do."""
    decoders: dict[str, Callable[[bytes], bytes]] = {"base64": b64decode, "quoted-printable": decodestring}
    decoder = decoders.get(encoding)
    if decoder is None:
        return data
    try:
        plain = decoder(data.strip())
    except ValueError:
        return data
    return plain if b":" in plain[:200] else data


def _content(part: "Message[str, str]") -> bytes | None:
    try:
        data = part.get_payload(decode=True)
    except _FAULTS:
        return None
    return data if isinstance(data, bytes) else None


def _parameter(part: "Message[str, str]", name: str) -> str | None:
    try:
        value = part.get_param(name)
    except _FAULTS:
        return None
    return value.lower() if isinstance(value, str) else None


def _charset(part: "Message[str, str]") -> str | None:
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None


def _disposition(part: "Message[str, str]") -> str | None:
    try:
        return part.get_content_disposition()
    except _FAULTS:
        return None


def _name(part: "Message[str, str]") -> str | None:
    try:
        name = part.get_filename()
    except _FAULTS:
        return None
    return header_text(name) if name else None
