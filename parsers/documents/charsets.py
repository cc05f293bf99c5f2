"""Text in the encoding that it declares, as far as that is true: programs declare what they do not write."""

import codecs
import re

from parsers.documents.text import MANY_BYTES, decode, mixed

NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"})
"""Names that Python knows as encodings and files do not have, some of them slow or hiding words from a search."""
WIDER = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What programs write that declare the narrower one."""
WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BY_MICROSOFT = re.compile(r"(?:x-)?(?:cp|windows)-?(\d{3,5})", re.IGNORECASE)


def encoding_of(charset: str | None) -> str | None:
    """Python's name of a charset that a file declares; ``None`` where it is none that text has."""
    if not charset:
        return None
    plain = charset.strip().strip("\"'").lower()
    by_microsoft = BY_MICROSOFT.fullmatch(plain)
    try:
        name = codecs.lookup(f"cp{by_microsoft[1]}" if by_microsoft else plain).name
        if name in NO_TEXT or name.replace("-", "_") in NO_TEXT:
            return None
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return WIDER.get(name, name)


def decoded(data: bytes, charset: str | None) -> str:
    """The text of these bytes: by the charset they declare where they are of it, else by what they are."""
    return decoded_or_not(data, charset)[0]


def decoded_or_not(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The same, and whether the bytes are of the charset.

    Bytes that are valid UTF-8 beyond ASCII are that, whatever they declare: in any other encoding they would be
    signs that nobody writes one after the other.
    """
    encoding = encoding_of(charset)
    if encoding is None or data.startswith(MARKS):
        return decode(data)[0], False
    try:
        text = data.decode(encoding)
    except (UnicodeError, ValueError):
        return decode(data)[0], False
    if encoding == "utf-8" or encoding in WIDE:
        return (text, True) if encoding == "utf-8" or data.count(0) else (decode(data)[0], False)
    if MANY_BYTES.search(data):
        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError:
            as_utf8 = mixed(data)
            return (as_utf8[0], False) if as_utf8 else (text, True)
    return text, True
