"""The questions in the README have the answers that it prints."""

import re
import sqlite3
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
QUESTION = re.compile(r"(```sql\n(?P<sql>.+?)```\n)(?P<answer>\n(?:\|[^\n]*\n)+)?", re.DOTALL)


def answer(connection: sqlite3.Connection, sql: str) -> str:
    """The rows as a Markdown table; no rows is no answer."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    assert rows, f"no rows: {sql}"
    lines = [names, ["---"] * len(names), *([_cell(value) for value in row] for row in rows)]
    return "\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).split()).replace("|", "\\|")


def test_the_questions_have_the_answers_that_the_readme_prints(demo: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    connection = sqlite3.connect(f"file:{demo / 'public.db'}?mode=ro", uri=True)
    answered = QUESTION.sub(lambda found: found[1] + answer(connection, found["sql"]), text)
    connection.close()
    assert text.count("```sql") == 5
    if request.config.getoption("--update-golden") and answered != text:
        README.write_text(answered, encoding="utf-8")
        pytest.fail("wrote README.md: read it, then run again without --update-golden")
    assert answered == text, "run: pytest tests/test_readme.py --update-golden"
