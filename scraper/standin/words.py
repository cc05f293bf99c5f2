"""The words of messages as a visitor gets them: masked, linked, in paragraphs; and the same as plain text."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from scraper.standin.records import StandinMessage

TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>\"]{1,2000})|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    r"|(?P<mobile>07\d{3} \d{6})"
)
MASKS = {"mail": "email address", "mobile": "mobile number"}
SPACES = re.compile(r"[ \t]{2,}")


def visible(text: str) -> str:
    """Plain text as the site shows it: addresses and mobile numbers masked, runs of spaces squeezed (2.8, 3.5)."""
    return SPACES.sub(" ", "".join(_plain(kind, part) for kind, part in _tokens(text)))


def _plain(kind: str, part: str) -> str:
    return f"[{MASKS[kind]}]" if kind in MASKS else part


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    for match in TOKEN.finditer(text):
        kind = str(match.lastgroup)
        end = match.start() + len(match.group().rstrip(".,;:)]")) if kind == "url" else match.end()
        yield "text", text[position : match.start()]
        yield kind, text[match.start() : end]
        position = end
    yield "text", text[position:]


def paragraphs(text: str, *, nofollow: bool = False) -> Markup:
    """Text as ``p`` and ``br``, with links."""
    parts = [part.strip("\n") for part in re.split(r"\n{2,}", SPACES.sub(" ", text))]
    return Markup("\n\n").join(Markup("<p>{}</p>").format(_lines(part, nofollow=nofollow)) for part in parts if part)


def _lines(text: str, *, nofollow: bool) -> Markup:
    return Markup("\n<br />").join(linked(line, nofollow=nofollow) for line in text.split("\n"))


def linked(text: str, *, nofollow: bool = False) -> Markup:
    """One line, escaped, with links and masks."""
    return Markup("").join(_markup(kind, part, nofollow=nofollow) for kind, part in _tokens(text))


def _markup(kind: str, part: str, *, nofollow: bool) -> Markup:
    if kind == "url":
        shown = f"{part[:40]}..." if len(part) > 42 else part
        rel = Markup(' rel="nofollow"') if nofollow else ""
        return Markup('<a href="{}"{}>{}</a>').format(part, rel, shown)
    if kind in MASKS:
        return Markup('[<a href="/help/officers#mobiles">{}</a>]').format(MASKS[kind])
    return escape(part)


def message_words(message: StandinMessage, *, unfold: bool, nofollow: bool = False) -> Markup:
    """The words of a message; without ``unfold`` a quoted stretch is a link to show it (3.5)."""
    anchor = message.anchor
    parts: list[Markup] = []
    for text, quoted in message.stretches:
        if quoted and not unfold:
            parts.append(_fold(f"?unfold=1#{anchor}", "show quoted sections"))
        else:
            parts.append(paragraphs(text, nofollow=nofollow))
    if unfold and any(quoted for _, quoted in message.stretches):
        parts.append(_fold(f"?#{anchor}", "hide quoted sections"))
    return Markup("\n\n").join(parts)


def _fold(href: str, label: str) -> Markup:
    return Markup('<p><span class="unfold_link">\n<br />  <a href="{}">{}</a>\n<br /></span></p>').format(href, label)


def message_text(message: StandinMessage, *, unfold: bool) -> str:
    """The same as plain text: what a reader of the page should come away with."""
    shown = [visible(text) for text, quoted in message.stretches if unfold or not quoted]
    lines = (line.strip() for line in "\n\n".join(shown).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip("\n")


def comment_words(text: str) -> Markup:
    """An annotation: lines parted by ``br``, in one paragraph."""
    return Markup("<br>").join(linked(line, nofollow=True) for line in text.split("\n"))


def excerpt(text: str) -> str:
    """The first words of a message, as a row of a list shows them."""
    words = visible(text)
    if words.startswith("Dear "):
        words = words.partition("\n\n")[2] or words
    return f"{words[:150].rstrip()}..." if len(words) > 150 else words
