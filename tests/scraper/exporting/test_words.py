"""No words of letters leave unless they are asked for, and never a name that is masked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.database import open_archive
from scraper.exporting.parts import parts
from scraper.publishing.publish import publish
from scraper.publishing.schema.model import Column, Table, quoted
from scraper.publishing.schema.whole import TABLES
from tests.scraper.exporting.conftest import Exported, made
from tests.scraper.publishing.archives import Seeds, refused

TEXTS = [(table, column) for table in TABLES for column in table.columns if column.type == "TEXT" and table.exported]
LONG = {"requests.title", "requests.url", "messages.url", "provisions.notes", "runs.counts"}
"""What may be long and is no prose of letters: titles, addresses, and words of this project."""


def everything(exported: Exported) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in exported.folder.rglob("*") if path.is_file())


def prose(exported: Exported) -> set[str]:
    """The sentences and lines of all letters, files and quotations of the database, as they stand there."""
    found = set()
    for table, column in TEXTS:
        if column.holds == "prose":
            for (text,) in exported.ask(f"SELECT DISTINCT {quoted(column.name)} FROM {table.name}"):  # noqa: S608
                lines = (line.strip() for line in re.split(r"\n|(?<=[.!?]) ", text or ""))
                found |= {line for line in lines if line.count(" ") >= 5}
    return found


def test_no_sentence_of_a_letter_is_in_it(csv: Exported) -> None:
    words = everything(csv)
    # Letters repeat the title of their request and the name of the authority.
    known = "\n".join(text for (text,) in csv.ask("SELECT title FROM requests UNION SELECT name FROM authorities"))
    sentences = {one for one in prose(csv) if one not in known}
    assert len(sentences) > 2000
    assert {one for one in sentences if one in words} == set()


def test_both_forms_have_the_same_columns(csv: Exported, parquet: Exported, with_text: Exported) -> None:
    def columns(exported: Exported) -> dict[str, list[str]]:
        return {
            one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in exported.package["resources"]
        }

    assert columns(csv) == columns(parquet)
    left_out = {f"{part.name}.{column.name}" for part in parts(with_text=False) for column in part.left_out}
    more = {f"{name}.{one}" for name, ones in columns(with_text).items() for one in set(ones) - set(columns(csv)[name])}
    assert more == left_out >= {"messages.text", "pages.text", "citations.quote", "attachments.name", "families.title"}


def test_with_text_all_of_it_is_there_and_says_what_that_means(demo_public: Path, tmp_path: Path) -> None:
    exported = made(demo_public, tmp_path / "export", "--format", "csv", "--with-text")
    data = (exported.folder / "tables" / "messages.csv").read_text(encoding="utf-8")
    texts = [text for (text,) in exported.ask("SELECT text FROM messages WHERE text IS NOT NULL")]
    assert len(texts) > 500
    assert all(
        text.replace('"', '""').removeprefix("=") in data for text in (text.replace("\n", "\n") for text in texts)
    )
    readme = (exported.folder / "README.md").read_text(encoding="utf-8")
    assert "Copyright in a letter belongs to whoever wrote it" in " ".join(readme.split())
    assert "data protection law" in readme
    assert exported.package["wdtk"]["with_text"] is True


@pytest.mark.parametrize("option", [(), ("--with-text",)])
def test_masked_names_and_what_was_taken_down_are_in_no_export(tmp_path: Path, option: tuple[str, ...]) -> None:
    public = tmp_path / "public.db"
    with open_archive(tmp_path / "archive", create=True) as archive:
        seeds = Seeds(archive=archive)
        seeds.authority()
        refused(seeds)
        refused(seeds, 8, title="The quixotic marzipan")
        archive.connection.execute(
            "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
            " VALUES ('request/8', 8, 'hidden', '2025-06-30T09:00:00Z', '2025-06-30T09:00:00Z')"
        )
        publish(archive, public, built_at="2025-07-01T00:00:00Z")
    exported = made(public, tmp_path / "export", "--format", "csv", *option)
    words = everything(exported)
    for hidden in ("Featherstone", "Jane", "jane.doe", "01234", "marzipan"):
        assert hidden not in words
    assert ("We are withholding the names" in words) == bool(option)
    assert "request/8,8,hidden," in (exported.folder / "tables" / "withdrawals.csv").read_text()


def faults(table: Table, column: Column, values: list[str]) -> Iterator[str]:
    name = f"{table.name}.{column.name}"
    for kind, pattern in {"day": r"\d{4}-\d\d-\d\d", "moment": r"\d{4}-\d\d-\d\dT\d\d:[^ ]*"}.items():
        if values and all(re.fullmatch(pattern, value) for value in values) != (column.holds == kind):
            yield f"{name} and {kind}"
    if column.holds == "word" and len(values) > 100:
        yield f"{name} has many words"
    if column.holds == "value" and name not in LONG and max(map(len, values), default=0) > 200:
        yield f"{name} is long"


def test_columns_hold_what_the_schema_says(csv: Exported) -> None:
    """A new column of days, of moments or of long texts has to be declared as such."""
    found: list[str] = []
    for table, column in TEXTS:
        name = quoted(column.name)
        rows = csv.ask(f"SELECT DISTINCT {name} FROM {table.name} WHERE {name} IS NOT NULL")  # noqa: S608
        found += faults(table, column, [value for (value,) in rows])
    assert found == []
