"""The names of the rules: each has its sentence, each is given somewhere, and none is given that has none."""

from pathlib import Path
from typing import get_args

import pytest

from parsers.letters.reading import read_letter
from parsers.letters.rules import REGIME_RULES, ROLE_RULES, RegimeRule, RoleRule
from tests.golden import case_id, cases
from tests.measure.corpora import pages_and_context

CASES = cases(Path(__file__).parent / "cases")

OF_A_LAW: list[tuple[RegimeRule, str]] = [
    ("noun_names_regime", "FOI 40(2) applies to the names."),
    ("schedule_of_data_protection_act", "The Data Protection Act 2018 has its conditions in schedule 2."),
    ("human_rights_near", "We have weighed article 8, the right to private life in the law on human rights."),
    ("article", "Article 6(1)(f) allows it."),
    ("noun_slip", "The plans are withheld under regulation 43(2)."),
    ("not_in_information_law", "The order was made under section 257 last year."),
    ("no_act_named", "We looked at regulation 2 to 60 of that."),
]
OF_A_ROLE: list[tuple[RoleRule, str]] = [
    ("named_in_an_answer", "The list comes with this; see section 38(1)(a) of the FOIA."),
    (
        "only_ground_of_a_refusal",
        "Section 14(1) of the FOIA does not oblige a public authority to answer a vexatious request. We refuse yours.",
    ),
    (
        "regulator_recalled",
        "The Commissioner found in 2016 that section 41 of the FOIA was in point. Here is the letter.",
    ),
    ("requester_argues", "You argue that section 43(2) of the FOIA has no place here. The log is attached."),
    ("other_requests_counted", "In 2019 section 12 of the FOIA was used in 31 cases and section 14 in 2 cases."),
    ("denied_below_heading", "Names are withheld.\n\nSection 43(2)\n\nThis exemption is not relied on for the prices."),
    ("read_with_a_ground", "The file is withheld under section 24(1) of the FOIA read with section 24(4)."),
    ("earlier_answer_recalled", "Two years ago we told you that section 41 of the FOIA stood in the way. Here it is."),
    (
        "earlier_decision_upheld",
        (
            "Internal review\n\nIn our response of 3 May the log was withheld under section 22 of the FOIA.\n\nI "
            "uphold it."
        ),
    ),
    (
        "earlier_decision_overturned",
        (
            "Internal review\n\nIn our response of 3 May the log was withheld under section 22 of the FOIA.\n\n"
            "I overturn that, and it is enclosed."
        ),
    ),
    (
        "withdrawn_below",
        "Section 41 was cited for the letter. It is enclosed now, since section 41 of the FOIA does not apply to it.",
    ),
    (
        "complaint_restated",
        "Dear A\n\nInternal review\n\nYou asked us to look at section 43(2) of the FOIA. I uphold the refusal.",
    ),
    (
        "earlier_decision_restated",
        (
            "We have completed our review. The first reply relied on section 22 of the FOIA. I uphold the decision on "
            "the map and overturn the rest."
        ),
    ),
    (
        "claimed_in_a_holding_letter",
        "We need more time to answer, and hope to reply by 3 June. Section 35(1)(a) of the FOIA applies to some of it.",
    ),
    ("no_act_named", "We looked at regulation 2 to 60 of that."),
    ("voice_footer", "Here is the log.\n\nThis e-mail is confidential, and section 41 of the FOIA may apply to it."),
    (
        "heading_of_statute",
        "The Act\n\nSection 43 - Trade secrets\n(1) Information is exempt information if it is one.",
    ),
    ("heading", "The log is enclosed with this.\n\nSection 43 - Commercial interests\n\nWe buy salt from three firms."),
    ("review_rights", "You may apply to the Commissioner under section 50 of the FOIA."),
    ("requester_first_person", "In my request I asked you not to use section 43(2) of the FOIA."),
    ("public_interest_for_disclosure", "S.43(2) FOIA is engaged. The public interest favours disclosing the prices."),
    ("if_asked_again", "The log is attached. A new request for tapes would be looked at under section 12 of the FOIA."),
    (
        "letter_does_not_answer",
        "We acknowledge receipt. We will respond within 20 days. Section 43(2) FOIA is about prices.",
    ),
]
"""A letter for each rule that no case yields."""


def test_every_rule_has_its_sentence_in_the_order_of_the_names() -> None:
    assert list(REGIME_RULES) == list(get_args(RegimeRule))
    assert list(ROLE_RULES) == list(get_args(RoleRule))


def test_every_sentence_is_one_that_can_be_read_aloud() -> None:
    for sentence in (*REGIME_RULES.values(), *ROLE_RULES.values()):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert "_" not in sentence, sentence
    assert len({*REGIME_RULES.values()}) == len(REGIME_RULES)
    assert len({*ROLE_RULES.values()}) == len(ROLE_RULES)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_rule_that_a_case_yields_is_explained(case: Path) -> None:
    pages, context = pages_and_context(case)
    for citation in read_letter(pages, context=context).citations:
        assert citation.regime_rule in REGIME_RULES
        assert citation.role_rule in ROLE_RULES


@pytest.mark.parametrize(("rule", "letter"), OF_A_LAW)
def test_a_rule_on_the_law_is_given(rule: RegimeRule, letter: str) -> None:
    assert rule in {citation.regime_rule for citation in read_letter(letter).citations}


@pytest.mark.parametrize(("rule", "letter"), OF_A_ROLE)
def test_a_rule_on_the_role_is_given(rule: RoleRule, letter: str) -> None:
    assert rule in {citation.role_rule for citation in read_letter(letter).citations}


def test_no_sentence_is_for_a_rule_that_nothing_yields() -> None:
    laws, roles = {rule for rule, _ in OF_A_LAW}, {rule for rule, _ in OF_A_ROLE}
    for case in CASES:
        pages, context = pages_and_context(case)
        citations = read_letter(pages, context=context).citations
        laws |= {citation.regime_rule for citation in citations}
        roles |= {citation.role_rule for citation in citations}
    assert {*REGIME_RULES} - laws == set(), "write a case for these, or an example into OF_A_LAW"
    assert {*ROLE_RULES} - roles == set(), "write a case for these, or an example into OF_A_ROLE"
