"""The letters that the reader is measured on, each with its labels."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import click

from parsers.letters.records import LetterContext
from parsers.letters.roles.roles import STRENGTH
from scraper.standin.truth import truth_of_all
from scraper.standin.world import World
from tests.golden import cases
from tests.measure.facts import SUPPORTING, Facts, standing

HERE = Path(__file__).parent
CASES = HERE.parent / "parsers" / "letters" / "cases"
RECORDED = HERE / "recorded"

_KINDS = {"refusal": "refusal_notice", "review": "internal_review_outcome"}
"""Kinds as the labels call them, where the reader has another word."""
_CONTEXT = ("authority", "nation", "law_used", "direction", "request_date")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter and what its labels say of it."""

    key: str
    """How records name it."""
    name: str
    """How it is named on the screen."""
    pages: tuple[str, ...]
    context: LetterContext
    law: str = "foi"
    """The law that the site files the request under: ``foi`` or ``eir``."""
    wanted: Facts
    unsure: frozenset[str] = frozenset()
    """Fields of ``Facts`` that the labels leave open."""


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Letters that are scored together."""

    name: str
    letters: tuple[Letter, ...]
    kept: Literal["labels", "differences", "hashed", "not"]
    """What the repository keeps of the last run: the labels themselves, of which the reader may not differ; the
    differences from labels that the program makes anew; hashes of facts, since the letters are not ours; nothing."""
    record: Path | None = field(default=None)


def pages_and_context(case: Path) -> tuple[list[str], LetterContext]:
    """The pages of a case (parted by form feeds where its meta says ``pages``) and what is known beforehand."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    text = (case / "input.txt").read_text(encoding="utf-8")
    pages = text.split("\f") if meta.pop("pages", False) else [text]
    return pages, LetterContext(**meta)


def own_cases() -> Corpus:
    """The project's own cases: ``expected.json`` is both label and record."""
    letters = tuple(_own(case) for case in cases(CASES))
    return Corpus(name="cases", letters=letters, kept="labels")


def _own(case: Path) -> Letter:
    pages, context = pages_and_context(case)
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    roles = ((one["regime"], one["provision"], one["role"]) for one in expected["citations"])
    return Letter(
        key=case.name,
        name=case.name,
        pages=tuple(pages),
        context=context,
        law=context.law_used or "foi",
        wanted=Facts(provisions=standing(roles, STRENGTH), **_plain_fields(expected, "kind", "outcome")),
    )


def _plain_fields(labels: Mapping[str, Any], *more: str) -> dict[str, Any]:
    plain = {name: labels[name] for name in ("letter_date", "request_date", *more)}
    return {**plain, "references": tuple(labels["references"])}


def standin() -> Corpus:
    """The letters of the stand-in, which knows what it wrote."""
    return Corpus(
        name="stand-in",
        letters=tuple(_invented(World())),
        kept="differences",
        record=RECORDED / "stand-in.txt",
    )


def _invented(world: World) -> Iterator[Letter]:
    told: Any = truth_of_all(world.requests)
    for request in told.values():
        context = LetterContext(
            authority=request["authority_name"],
            direction="incoming",
            law_used=request["law_used"],
            request_date=request["created_at"][:10],
        )
        for message in request["messages"]:
            if message["direction"] == "incoming" and message["visible"]:
                yield from _letters_of(request, message, context)


def _letters_of(request: dict[str, Any], message: dict[str, Any], context: LetterContext) -> Iterator[Letter]:
    for source in (message, *message["attachments"]):
        text = source["text_unfolded"] if source is message else source.get("letter_text")
        if source.get("letter") and text:
            yield Letter(
                key=source["id"],
                name=f"{source['id']} of {request['slug']}",
                pages=(text,),
                context=context,
                law=request["law_used"],
                wanted=_truth(source["letter"]),
            )


def _truth(letter: dict[str, Any]) -> Facts:
    rows = [(regime, provision, "relied_on") for regime, provision in letter["relied_on"]]
    rows += [(regime, provision, SUPPORTING) for regime, provision in letter["supporting"]]
    rows += [(regime, provision, role) for regime, provision, role in letter["mentioned"]]
    roles = standing(rows, (STRENGTH[0], SUPPORTING, *STRENGTH[1:]))
    return Facts(provisions=roles, **_plain_fields(letter, "kind", "outcome"))


def labelled(shared: Path) -> Corpus | None:
    """Real letters labelled by others, where they lie beside the checkout."""
    path = shared / "gold" / "dev.jsonl"
    if not path.is_file():
        return None
    return Corpus(
        name="labelled",
        letters=tuple(_rows([path])),
        kept="hashed",
        record=RECORDED / "labelled.txt",
    )


def given(paths: Sequence[Path]) -> Corpus | None:
    """Letters of JSON Lines files in the schema of the labelled letters, scored as one."""
    if not paths:
        return None
    letters = tuple(_rows(paths))
    if not letters:
        raise click.ClickException(f"no letters in {', '.join(map(str, paths))}: nothing would be measured")
    return Corpus(name="given", letters=letters, kept="not")


def _rows(paths: Iterable[Path]) -> Iterator[Letter]:
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{path}, line {number}")


def _row(line: str, where: str) -> Letter:
    try:
        row = json.loads(line)
        labels = row["labels"]
        roles = ((one["law"], one["provision"], one["role"]) for one in labels["provisions"])
        wanted = Facts(
            provisions=standing(roles, ("relied_on", "mentioned")),
            kind=labels.get("letter_kind") or _KINDS.get(row["kind"], row["kind"]),
            **_plain_fields(labels, "outcome"),
        )
        return Letter(
            key=short_hash(row["text"]),
            name=row["id"],
            pages=(row["text"],),
            context=LetterContext(authority=row.get("authority")),
            law="eir" if row.get("regime") in {"EIR", "EISR"} else "foi",
            wanted=wanted,
            unsure=frozenset([*(labels.get("ambiguous") or ()), *(labels.get("inferred") or ())]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{where}: not a labelled letter ({type(error).__name__}: {error})") from error


def short_hash(*parts: str) -> str:
    """Eight hexadecimal digits that stand for words which may not be kept."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
