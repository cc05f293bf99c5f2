"""The names of the rules: each has its sentence, each can be given, and none is given that has none."""

import ast
from pathlib import Path
from typing import get_args

import pytest

from parsers.letters import rules
from parsers.letters.reading import read_letter
from parsers.letters.rules import REGIME_RULES, ROLE_RULES, RegimeRule, RoleRule
from tests.golden import case_id, cases
from tests.measure.corpora import pages_and_context

LETTERS = Path(rules.__file__).parent


def written_out() -> set[str]:
    """Every string that stands by itself in the modules that read letters, the tables of rules left out."""
    return {
        node.value
        for path in LETTERS.glob("*.py")
        if path.name != "rules.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_rule_has_its_sentence_in_the_order_of_the_names() -> None:
    assert list(REGIME_RULES) == list(get_args(RegimeRule))
    assert list(ROLE_RULES) == list(get_args(RoleRule))


def test_no_sentence_is_for_a_rule_that_the_reader_does_not_know() -> None:
    assert ({*REGIME_RULES} | {*ROLE_RULES}) - written_out() == set()


def test_every_sentence_is_one_that_can_be_read_aloud() -> None:
    for sentence in (*REGIME_RULES.values(), *ROLE_RULES.values()):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert "_" not in sentence
    assert len({*REGIME_RULES.values()}) == len(REGIME_RULES)
    assert len({*ROLE_RULES.values()}) == len(ROLE_RULES)


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "cases"), ids=case_id)
def test_every_rule_that_a_case_yields_is_explained(case: Path) -> None:
    pages, context = pages_and_context(case)
    for citation in read_letter(pages, context=context).citations:
        assert citation.regime_rule in REGIME_RULES
        assert citation.role_rule in ROLE_RULES
