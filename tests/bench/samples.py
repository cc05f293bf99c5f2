"""What is measured: pages, letters and PDFs of the stand-in site, the same at every run."""

from functools import cache

from scraper.standin.records import StandinFile
from scraper.standin.site import Site
from scraper.standin.world import World

BASE = "http://127.0.0.1"


@cache
def world() -> World:
    """The demo's world."""
    return World()


@cache
def pages() -> tuple[bytes, ...]:
    """Request pages that a visitor may read."""
    site = Site(world())
    readable = [slug for slug, request in sorted(world().by_slug.items()) if request.readable]
    return tuple(site.answer(f"/request/{slug}", base=BASE).body for slug in readable[:60])


@cache
def letters() -> tuple[str, ...]:
    """Texts of attached letters."""
    return tuple(file.text for file in _letter_files() if file.text)


@cache
def plain_words() -> tuple[str, ...]:
    """What authorities wrote without naming any provision."""
    messages = [message for request in world().by_slug.values() for message in request.messages]
    truths = [(message, message.truth) for message in messages if message.truth]
    plain = [one for one, truth in truths if not (truth.relied_on or truth.supporting or truth.mentioned)]
    return tuple("".join(words for words, quoted in message.stretches if not quoted) for message in plain)


@cache
def pdfs() -> tuple[bytes, ...]:
    """The PDFs of those letters."""
    return tuple(file.data for file in _letter_files()[:40])


@cache
def _letter_files() -> tuple[StandinFile, ...]:
    files = [file for _, file in world().files.values()]
    return tuple(file for file in files if file.truth and file.state == "file" and file.data.startswith(b"%PDF"))
