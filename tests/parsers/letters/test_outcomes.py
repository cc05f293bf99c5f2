"""How requests come out, tried on invented answers of every sort: ``outcomes/*.txt``, each under a line that says the
outcome and, where it matters, the kind of letter."""

import re
from pathlib import Path

import pytest

from parsers.letters.reading import read_letter

FOLDER = Path(__file__).parent / "outcomes"
HEAD = "Reference: FOI 1234\n14 June 2022\n\nDear Ms Hall\n\n"
FOOT = (
    "\n\nIf you are dissatisfied you may ask for an internal review within 40 working days, and then complain to the "
    "Information Commissioner.\n\nYours sincerely\n\nInformation Officer\n"
)
_TITLE = re.compile(r"^== (\w+)(?: (\w+))?\n", re.MULTILINE)


def answers() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        _, *parts = _TITLE.split(path.read_text(encoding="utf-8"))
        found += [(outcome, kind or "", body.strip()) for outcome, kind, body in zip(*[iter(parts)] * 3, strict=True)]
    return found


@pytest.mark.parametrize(("outcome", "kind", "body"), answers())
def test_an_answer_comes_out_as_its_title_says(outcome: str, kind: str, body: str) -> None:
    reading = read_letter(HEAD + body + FOOT)
    assert reading.outcome == outcome, reading.outcome_evidence
    assert kind in {"", reading.kind}
