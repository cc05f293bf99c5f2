"""What a crawl would have entered of asking for all this: fetches, validators, files and checks; and the files."""

import hashlib
import json
import os
import zlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.read import READER_VERSION
from scraper.archive.times import written
from scraper.standin.slugs import slugged
from tests.synthetic.lengths import dice
from tests.synthetic.pattern import Pattern

if TYPE_CHECKING:
    from tests.synthetic.copying import Copier

SITE = "https://synthetic.example"
LISTING, CRAWL, READ = 1, 2, 3
"""Runs."""
BEGUN = datetime(2026, 7, 1, 6, tzinfo=UTC)
DAYS = 14.0
"""That the crawl took: a synthetic site may be asked faster than the real one."""
PICTURES = 3_000
_HEADERS = (
    '{{"cache-control": "max-age=3600, public", "content-language": "en", "content-length": "{}", "content-type": "{}",'
    ' "date": "Wed, 01 Jul 2026 12:00:44 GMT", "etag": "W/\\"{}\\"", "server": "synthetic"}}'
)
_JSON, _HTML, _FILE = "application/json; charset=utf-8", "text/html; charset=utf-8", "application/octet-stream"


class Ledger:
    """Enters into the rows of a copier; ``rows`` is set by whoever empties them."""

    def __init__(self, seed: int, requests: int, folder: Path, *, all_bytes: bool) -> None:
        """``all_bytes`` is whether every file is written; else those alone that publishing opens."""
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        """The same as the copier's."""
        self.used: set[str] = set()
        """SHA-256 of files that are the same in many copies."""
        self.read_at = written(BEGUN + timedelta(days=DAYS + 1))
        self.bytes_written = 0
        self._random = dice("ledger", seed)
        self._requests, self._folder, self._all = requests, folder, all_bytes
        self._askers: dict[int, str] = {}
        self._pictures: dict[int, str] = {}

    def begin(self, copy: "Copier") -> str:
        """The moment at which a copy is said to have been fetched."""
        self.at = BEGUN + timedelta(days=DAYS * copy.plan.number / self._requests)
        self.moment = written(self.at)
        return self.moment

    def request(self, copy: "Copier") -> tuple[str, str]:
        """Enter its JSON, its page and when it is looked at next; gives the SHA-256 of both."""
        pattern = copy.form.pattern
        told, shown = self._told(copy.plan.asker, pattern), pattern.request["page_sha256"]
        self.uses(shown)
        url = f"{SITE}/request/{copy.slug}"
        self._fetched(f"{url}.json", "request_json", _JSON, told)
        self._fetched(url, "request", _HTML, shown)
        check = pattern.check
        looked = datetime.fromisoformat(check["looked_at"])
        until = datetime.fromisoformat(check["next_check_at"]) - looked
        due = written(self.at + max(until, timedelta(days=1)))
        self.rows["checks"].append(
            (copy.id, due, check["why"], check["weight"], 1, 0, 0, None, self.moment, self.moment, None)
        )
        return told, shown

    def _told(self, asker: int, pattern: Pattern) -> str:
        """The JSON of a request by this person: the first one's stands for all, as nothing but its name is used."""
        if asker not in self._askers:
            from tests.synthetic.site import asker as name_of  # noqa: PLC0415 - it imports patterns, as this does

            name = name_of(asker)
            user = {"id": 31 + 3 * asker, "url_name": slugged(name), "name": name, "ban_text": "", "about_me": ""}
            body = json.dumps({**pattern.told, "user": user}, ensure_ascii=False, separators=(",", ":")).encode()
            self._askers[asker] = self.put(body)
        return self._askers[asker]

    def document(self, ending: str) -> str:
        """A file that no other copy has; gives its SHA-256. It is not what its ending says, but a few words."""
        number = self._random.getrandbits(256)
        if not self._all:
            sha256 = f"{number:064x}"
            self.rows["files"].append((sha256, 20_000 + number % 300_000, self.moment))
            return sha256
        return self.put(f"A {ending} file of a synthetic archive, number {number:x}.".encode())

    def picture(self, random: Random) -> str:
        """One of the logos that come again and again."""
        number = int(random.random() ** 3 * PICTURES)
        if number not in self._pictures:
            sha256 = self.put(f"A picture of a synthetic archive, number {number}.".encode())
            self._pictures[number] = sha256
            why = "It holds no text. It is a picture of 120 by 40 dots: too small for a page of text."
            self.rows["documents"].append((sha256, "png", "no_text", why, "Pillow", 1, READER_VERSION, self.read_at, 0))
            self.rows["pages"].append((sha256, 1, "", "ocr", None, None, None))
            self.rows["probes"].append((sha256, "png", "probed", None, PROBE_VERSION, self.read_at))
        return self._pictures[number]

    def uses(self, sha256: str) -> None:
        """A file of the stand-in's is named by a copy."""
        self.used.add(sha256)

    def fetched_file(self, path: str, sha256: str) -> None:
        """An attached file came."""
        self._fetched(SITE + path, "file", _FILE, sha256)

    def _fetched(self, url: str, kind: str, media_type: str, sha256: str) -> None:
        etag = sha256[:32]
        headers = _HEADERS.format(1_000 + int(sha256[:4], 16), media_type, etag)
        self.rows["fetches"].append((CRAWL, url, self.moment, 200, kind, headers, sha256))
        self.rows["validators"].append((url, f'W/"{etag}"', None, sha256))

    def put(self, data: bytes) -> str:
        """Write a file, without waiting for the disk; give its SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.rows["files"].append((sha256, len(data), self.moment))
        path = f"{self._folder}/{sha256[:2]}/{sha256[2:]}.zz"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.bytes_written += os.write(descriptor, zlib.compress(data, 1))
        os.close(descriptor)
        return sha256
