"""Secrets: words that stand on the site until a change takes them away, so that whoever still has them is found out."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from scraper.standin.changes import Change, ChangeKind, with_file, with_message
from scraper.standin.dice import Dice
from scraper.standin.files import DOCX, docx_bytes
from scraper.standin.records import StandinEvent, StandinFile, StandinMessage, StandinRequest
from scraper.standin.slugs import slugged

_SYLLABLES = tuple(
    f"{first}{vowel}{last}" for first in ("br", "v", "k", "zh", "th") for vowel in "aeiou" for last in "lnrx"
)
PLANTED_TYPES = frozenset({"application/pdf", DOCX, "text/csv", "text/plain"})
"""Types of files that a secret can be written into."""


def secret_word(*key: object) -> str:
    """A word that no language has."""
    dice = Dice("secret", *key)
    return "q" + "".join(dice.pick(_SYLLABLES) for _ in range(4))


def planted(request: StandinRequest, change: Change) -> StandinRequest:
    """The request with the secret of the change in it from the start."""
    plant = _PLANTS.get(change.kind)
    return plant(request, change) if plant and change.secret else request


def sentence(secret: str) -> str:
    """What is written of it."""
    return f"This also concerns {secret} of this parish."


def _in_text(request: StandinRequest, change: Change) -> StandinRequest:
    """In the words of one message and, unless a rule for its words alone takes them away, in all its files."""
    silent = change.kind == "censored"

    def altered(message: StandinMessage) -> StandinMessage:
        (text, quoted), *others = message.stretches
        files = message.files if silent else tuple(with_secret(file, change.secret or "") for file in message.files)
        return replace(
            message, stretches=((f"{text}\n\n{sentence(change.secret or '')}", quoted), *others), files=files
        )

    return with_message(request, change.message, altered)


def _in_everything(request: StandinRequest, change: Change) -> StandinRequest:
    return _in_text(request, replace(change, message=None))


def _in_comment(request: StandinRequest, change: Change) -> StandinRequest:
    def altered(event: StandinEvent) -> StandinEvent:
        comment = event.comment
        if comment is None or comment.id != change.comment:
            return event
        return replace(event, comment=replace(comment, text=f"{comment.text}\n\n{sentence(change.secret or '')}"))

    return replace(request, events=tuple(map(altered, request.events)))


def _in_title(request: StandinRequest, change: Change) -> StandinRequest:
    title = f"{(change.secret or '').capitalize()}: {request.title}"
    return replace(request, title=title, slug=slugged(title))


def _in_name(request: StandinRequest, change: Change) -> StandinRequest:
    name = f"Ada {(change.secret or '').capitalize()}"
    asker = replace(request.user, id=700_000 + request.id, name=name, url_name=slugged(name))
    signed = with_message(
        request, None, lambda message: replace(message, author=name) if message.direction == "outgoing" else message
    )
    return replace(signed, user=asker)


def _in_file(request: StandinRequest, change: Change) -> StandinRequest:
    return with_file(request, change.file, lambda file: with_secret(file, change.secret or ""))


def _in_file_name(request: StandinRequest, change: Change) -> StandinRequest:
    def altered(file: StandinFile) -> StandinFile:
        return replace(file, name=f"{(change.secret or '').capitalize()} {file.name}")

    return with_file(request, change.file, altered)


def with_secret(file: StandinFile, secret: str) -> StandinFile:
    """The file with a sentence more; as it was where its type cannot take one."""
    if file.media_type not in PLANTED_TYPES or file.state != "file":
        return file
    return replace(file, make=cache(lambda: _added(file, sentence(secret))), cleaned=cache(lambda: _added(file, "")))


def _added(file: StandinFile, words: str) -> bytes:
    """The bytes with a line more. Letters are set anew from their words, so that both versions look alike."""
    lines = [*(file.text or "A note.").split("\n"), words]
    if file.media_type == DOCX:
        return docx_bytes(lines)
    if file.media_type == "application/pdf":
        from scraper.standin.pdf import plain_pdf  # noqa: PLC0415 - reportlab is slow to import

        return plain_pdf(lines)
    return file.data + f"{words}\r\n".encode()


_PLANTS: dict[ChangeKind, Callable[[StandinRequest, Change], StandinRequest]] = {
    "hidden": _in_everything,
    "requester_only": _in_everything,
    "deleted": _in_everything,
    "embargoed": _in_everything,
    "backpage": _in_everything,
    "retitled": _in_title,
    "message_hidden": _in_text,
    "outgoing_hidden": _in_text,
    "destroyed": _in_text,
    "comment_hidden": _in_comment,
    "censored": _in_text,
    "requester_erased": _in_name,
    "file_hidden": _in_file,
    "file_erased": _in_file,
    "file_replaced": _in_file,
    "file_censored": _in_file,
    "file_renamed": _in_file_name,
}
