"""What a mention does in its sentence: one row for each pattern of the notes on roles."""

import pytest

from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext

REFUSES = "Dear Ms Roe\nYour request is refused in part.\n\n"
"""The start of a letter that withholds something, so that a bare heading in it can be relied on."""


def role(text: str, provision: str, context: LetterContext = LetterContext()) -> str:  # noqa: B008 - frozen
    """The role of the first mention of a provision."""
    return next(c.role for c in read_letter(text, context=context).citations if c.provision == provision)


RELIED_ON = [
    ("We have withheld the names under section 40(2) of the FOIA.", "40(2)"),
    ("The names have been redacted pursuant to section 40(2) of the FOIA.", "40(2)"),
    ("The report is exempt from disclosure by virtue of section 42(1) of the FOIA.", "42(1)"),
    ("This falls within the exemption at section 41(1) of the FOIA.", "41(1)"),
    ("The council relies on section 43(2) of the FOIA.", "43(2)"),
    ("Section 31(1)(a) of the FOIA is engaged.", "31(1)(a)"),
    ("Section 21 of the FOIA has been applied, since the list is on our website.", "21"),
    ("This is a refusal notice for the minutes because of section 36(2)(c) of the FOIA.", "36(2)(c)"),
    ("Regulation 12(4)(e) of the EIR applies to the internal emails.", "12(4)(e)"),
    ("We are not obliged to comply with your request under section 12(1) of the FOIA.", "12(1)"),
    ("We cannot provide the figures; section 44(1)(a) of the FOIA prevents it.", "44(1)(a)"),
    ("Not only section 40(2) but also section 38(1)(a) of the FOIA is engaged.", "38(1)(a)"),
    ("We are unable to release the plan as section 24(1) of the FOIA is engaged.", "24(1)"),
    ("Section 23(1) is an absolute exemption, so the public interest test does not apply. It is withheld.", "23(1)"),
    ("Disclosure would be likely to prejudice the inquiry and section 31(1)(g) of the FOIA applies.", "31(1)(g)"),
    (REFUSES + "Section 43(2) - Commercial interests\n\nRelease would harm our suppliers.", "43(2)"),
    ("Question 4: exempt, s.22 FOIA", "22"),
    ("Where it is below five the exact number is withheld under section 40(2) of the FOIA.", "40(2)"),
    ("Document 3    s.40(2)    names of pupils withheld", "40(2)"),
]

NEITHER_CONFIRMED_NOR_DENIED = [
    ("The force can neither confirm nor deny that it holds anything, by virtue of section 31(3) of the FOIA.", "31(3)"),
    ("Under section 24(1) of the FOIA we neither confirm nor deny whether the report exists.", "24(1)"),
    ("The duty in section 1(1)(a) does not arise by virtue of section 40(5B)(a)(i) of the FOIA.", "40(5B)(a)(i)"),
    ("We rely on sections 23(5) and 24(2) of the FOIA in the alternative to neither confirm nor deny.", "23(5)"),
    ("We rely on sections 23(5) and 24(2) of the FOIA in the alternative to neither confirm nor deny.", "24(2)"),
    ("Regulation 12(6) of the EIR allows us to neither confirm nor deny, and we do so.", "12(6)"),
]

CONSIDERED_NOT_APPLIED = [
    ("We have decided not to apply section 43(2) of the FOIA.", "43(2)"),
    ("Section 43(2) of the FOIA does not apply to the contract.", "43(2)"),
    ("Section 36 of the FOIA is not engaged.", "36"),
    ("The information is not exempt under section 41 of the FOIA.", "41"),
    ("We considered whether section 35(1)(a) of the FOIA applied but concluded that it did not.", "35(1)(a)"),
    ("We are not relying on section 38(1)(a) of the FOIA.", "38(1)(a)"),
    ("The public interest in section 43(2) of the FOIA favours disclosure.", "43(2)"),
    ("Section 42(1) of the FOIA covers the advice. On balance the public interest favours disclosure.", "42(1)"),
]

WITHDRAWN = [
    ("The council no longer relies on section 43(2) of the FOIA.", "43(2)"),
    ("We now withdraw our reliance on section 12(1) of the FOIA.", "12(1)"),
    ("Section 41 of the FOIA was incorrectly applied.", "41"),
]

POSSIBLE_FUTURE = [
    ("Some of it may be exempt under section 40(2) of the FOIA.", "40(2)"),
    ("Section 43(2) of the FOIA might also apply.", "43(2)"),
    ("We reserve the right to rely on section 31(1)(a) of the FOIA.", "31(1)(a)"),
    ("Had it been held it would have been exempt under section 42(1) of the FOIA.", "42(1)"),
    ("Should you submit a new request, section 14(2) of the FOIA may be considered.", "14(2)"),
]

STATUTE_BELOW = (
    "The advice is kept back.\n\nSection 42 - Legal professional privilege\n\n"
    "(1) Information is exempt information if a claim to privilege could be maintained."
)
MENTIONED = [
    ("In accordance with section 1(1)(a) of the FOIA we confirm that we hold it.", "1(1)(a)", "procedural"),
    ("We have a duty under section 16 of the FOIA to advise and assist.", "16", "procedural"),
    ("This notice is given under section 17(1) of the FOIA.", "17(1)", "procedural"),
    ("The public interest test in section 2(2)(b) of the FOIA was applied.", "2(2)(b)", "procedural"),
    ("You may complain to the Information Commissioner under section 50 of the FOIA.", "50", "boilerplate"),
    ("You may ask us to review this decision (section 20(1) of FOISA).", "20(1)", "boilerplate"),
    (STATUTE_BELOW, "42", "statute_quotation"),
    ("The guidance on section 40 of the FOIA can be found on the ICO website.", "40", "boilerplate"),
    ("The number of requests refused under section 14 of the FOIA was 12.", "14", "requester_quotation"),
    ("I would like to know why you used section 43 of the FOIA last year.", "43", "requester_quotation"),
    ("Please note we follow section 18 of the Equality Act 2010.", "EQA2010 s18", "other_law"),
    ("Disclosure would contravene Article 5(1)(a) of the UK GDPR.", "5(1)(a)", "other_law"),
]

SUBJECT_OF_ANOTHER_VERB = [
    (
        "Section 40(2) of the FOIA is absolute and does not require a public interest test; the names are withheld.",
        "40(2)",
    ),
    ("We do not hold the later report, and the earlier one is withheld under section 22 of the FOIA.", "22"),
    ("You are not entitled to the names, which are exempt under section 40(2) of the FOIA.", "40(2)"),
]


@pytest.mark.parametrize(("text", "provision"), RELIED_ON)
def test_relied_on(text: str, provision: str) -> None:
    assert role(text, provision) == "relied_on"


@pytest.mark.parametrize(("text", "provision"), NEITHER_CONFIRMED_NOR_DENIED)
def test_relied_on_to_neither_confirm_nor_deny(text: str, provision: str) -> None:
    assert role(text, provision) == "relied_on_ncnd"


@pytest.mark.parametrize(("text", "provision"), CONSIDERED_NOT_APPLIED)
def test_considered_and_not_applied(text: str, provision: str) -> None:
    assert role(text, provision) == "considered_not_applied"


@pytest.mark.parametrize(("text", "provision"), WITHDRAWN)
def test_withdrawn(text: str, provision: str) -> None:
    assert role(text, provision) == "withdrawn"


@pytest.mark.parametrize(("text", "provision"), POSSIBLE_FUTURE)
def test_possible_in_future(text: str, provision: str) -> None:
    assert role(text, provision) == "possible_future"


@pytest.mark.parametrize(("text", "provision", "expected"), MENTIONED)
def test_only_mentioned(text: str, provision: str, expected: str) -> None:
    assert role(text, provision) == expected


@pytest.mark.parametrize(("text", "provision"), SUBJECT_OF_ANOTHER_VERB)
def test_a_negation_of_something_else_does_not_deny_the_provision(text: str, provision: str) -> None:
    assert role(text, provision) == "relied_on"


def test_one_sentence_may_deny_one_provision_and_rely_on_another() -> None:
    text = "We have not applied section 43 of the FOIA to the contract but section 40(2) applies to the names."
    assert role(text, "43") == "considered_not_applied"
    assert role(text, "40(2)") == "relied_on"
