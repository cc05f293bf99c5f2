"""The questions in the README and in data/QUESTIONS.md have the answers that these print."""

import re
import sqlite3
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
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


@pytest.mark.parametrize(("name", "questions"), [("README.md", 5), ("data/QUESTIONS.md", 10)])
def test_the_questions_have_the_answers_that_are_printed(
    demo: Path, request: pytest.FixtureRequest, name: str, questions: int
) -> None:
    document = ROOT / name
    text = document.read_text(encoding="utf-8")
    connection = sqlite3.connect(f"file:{demo / 'public.db'}?mode=ro", uri=True)
    answered = QUESTION.sub(lambda found: found[1] + answer(connection, found["sql"]), text)
    connection.close()
    assert text.count("```sql") == questions
    if request.config.getoption("--update-golden") and answered != text:
        document.write_text(answered, encoding="utf-8")
        pytest.fail(f"wrote {name}: read it, then run again without --update-golden")
    assert answered == text, "run: pytest tests/test_readme.py --update-golden"
