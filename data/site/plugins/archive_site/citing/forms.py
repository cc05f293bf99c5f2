"""How a page of the site is cited: as plain text, as BibTeX and as CSL-JSON, with its hash and its days."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive_site.store import Row
from archive_site.texts.marks import UNSEEN
from archive_site.wording.labels import day

ARCHIVE = "wdtk-archive"
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", "%": r"\%", "#": r"\#"}


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing that can be cited. Text in it may come from letters: it is written out, never trusted."""

    title: str
    what: str
    """What it is, in words: ``Freedom of Information request 101``."""
    url: str
    """Its lasting address, in full."""
    here: str
    """The address of the page that cites it, without the host."""
    key: str
    """A name for it in a list of references."""
    csl_type: str = "webpage"
    author: str | None = None
    """The authority that wrote it; None where a requester did, who is not named here."""
    issued: str | None = None
    """Its own day."""
    retrieved_at: str | None = None
    """When it was last looked at at the source."""
    built_at: str = ""
    """When this copy of the database was built."""
    source: str | None = None
    """Its page at the source."""
    sha256: str | None = None
    hashed: str = ""
    """What the hash is of, in words."""
    notes: tuple[str, ...] = ()

    def download(self, form: str) -> str:
        """The address of the record in one of its forms: text, bibtex or csl."""
        return f"{self.here}{'&' if '?' in self.here else '?'}_as={form}"

    @property
    def facts(self) -> str:
        """The days and the hash in a few sentences."""
        told = [f"Retrieved from the source on {day(self.retrieved_at)}." if self.retrieved_at else ""]
        told.append(f"Database built on {day(self.built_at)}." if self.built_at else "")
        told.append(f"SHA-256 of {self.hashed}: {self.sha256}." if self.sha256 else "")
        told.append(f"Source: {self.source}" if self.source else "")
        return " ".join(part for part in told if part)

    @property
    def plain(self) -> str:
        """One paragraph for a footnote."""
        who = f"{_one_line(self.author)}, " if self.author else ""
        when = f", {day(self.issued)}" if self.issued else ""
        return f"{who}“{_one_line(self.title)}”, {self.what}{when}. {ARCHIVE}, {self.url}. {self.facts}"

    @property
    def bibtex(self) -> str:
        """One entry of BibTeX; what would be a command there is escaped."""
        fields = {
            "author": f"{{{_tex(self.author)}}}" if self.author else "",
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": _tex(self.what),
            "year": (self.issued or "")[:4],
            "date": (self.issued or "")[:10],
            "publisher": ARCHIVE,
            "url": _tex_address(self.url),
            "urldate": self.built_at[:10],
            "note": _tex(self.facts),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    @property
    def csl(self) -> str:
        """A list with one item of CSL-JSON."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": self.csl_type,
            "title": _one_line(self.title),
            "genre": self.what,
            "publisher": ARCHIVE,
            "URL": self.url,
            "note": _one_line(self.facts),
        }
        if self.author:
            item["author"] = [{"literal": _one_line(self.author)}]
        for name, value in {"issued": self.issued, "accessed": self.built_at}.items():
            if parts := _parts(value):
                item[name] = {"date-parts": [parts]}
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def row_hash(values: Sequence[Row]) -> str:
    """SHA-256 of a list of rows as JSON: UTF-8, keys in order, no spaces."""
    told = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(*parts: Any) -> str:
    """A name for a list of references, of letters, digits and hyphens alone."""
    return re.sub(r"[^a-z0-9]{1,400}", "-", "-".join(map(str, (ARCHIVE, *parts))).lower())[:120].strip("-")


def _one_line(text: str | None) -> str:
    return " ".join((text or "").translate(UNSEEN).split())


def _tex(text: str | None) -> str:
    return _escaped(_one_line(text), _SPECIAL)


def _tex_address(address: str) -> str:
    return _escaped(_one_line(address), _IN_ADDRESS)


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)


def _parts(value: str | None) -> list[int] | None:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    return [int(part) for part in found.groups()] if found else None
