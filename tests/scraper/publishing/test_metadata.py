from pathlib import Path

import pytest
import yaml

from scraper.errors import WdtkError
from scraper.exporting.parts import parts
from scraper.publishing import metadata
from scraper.publishing.schema.whole import TABLES, VIEWS

ROOT = Path(__file__).parents[3]


def test_committed_metadata_is_what_the_schema_and_queries_say_today() -> None:
    written = (ROOT / "data/site/metadata.yml").read_text(encoding="utf-8")
    assert written == metadata.metadata_yaml(ROOT / "data/site"), "run: python -m scraper.publishing.metadata"


def test_committed_dictionary_is_what_the_schema_says_today() -> None:
    readme = (ROOT / "data/README.md").read_text(encoding="utf-8")
    assert readme == metadata.with_dictionary(readme), "run: python -m scraper.publishing.metadata"


def test_the_dictionary_marks_what_exports_leave_out() -> None:
    left_out = {(part.name, column.name) for part in parts(with_text=False) for column in part.left_out}
    marked, table = set(), ""
    for line in metadata.dictionary().splitlines():
        table = line.removeprefix("### ") if line.startswith("### ") else table
        if line.startswith("| ") and "*prose*" in line:
            marked.add((table, line.split(" | ")[0].removeprefix("| ")))
    assert marked == left_out


def test_every_table_view_and_column_is_described() -> None:
    shown = yaml.safe_load(metadata.metadata_yaml(ROOT / "data/site"))["databases"]["public"]["tables"]
    names = {table.name: [column.name for column in table.columns] for table in TABLES}
    names |= {view.name: [name for name, _ in view.columns] for view in VIEWS}
    assert {name: list(told["columns"]) for name, told in shown.items()} == names
    for told in shown.values():
        assert all(len(said) >= 8 for said in [told["description"], *told["columns"].values()])


def test_a_query_file_becomes_a_canned_query(tmp_path: Path) -> None:
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "02-late-answers.sql").write_text(
        "-- title: Late answers\n-- description: Who answers late.\n--   Ask for a year: it is optional.\n\n"
        "SELECT authority\nFROM response_times WHERE late > 0\n"
    )
    told = yaml.safe_load(metadata.metadata_yaml(tmp_path))["databases"]["public"]["queries"]
    assert told == {
        "late-answers": {
            "title": "Late answers",
            "description": "Who answers late. Ask for a year: it is optional.",
            "sql": "SELECT authority\nFROM response_times WHERE late > 0",
        }
    }


@pytest.mark.parametrize(
    "text", ["SELECT 1", "-- title: T\nSELECT 1", "-- title: T\n-- description: D\n", "-- description: D\nSELECT 1", ""]
)
def test_a_query_file_without_its_header_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.sql"
    path.write_text(text)
    with pytest.raises(WdtkError, match=r"broken\.sql needs the lines"):
        metadata.read_query(path)


def test_own_keys_of_the_site_are_taken_over(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text("title: Another name\nplugins: {datasette-gzip: {}}\n")
    told = metadata.metadata(tmp_path)
    assert (told["title"], told["plugins"]) == ("Another name", {"datasette-gzip": {}})


def test_a_readme_without_markers_is_not_overwritten() -> None:
    with pytest.raises(WdtkError, match="has lost the markers"):
        metadata.with_dictionary("# The data\n")
