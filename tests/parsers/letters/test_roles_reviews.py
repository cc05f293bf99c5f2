"""What a review makes of the first answer: it upholds it, goes back on it, or gives another ground."""

import pytest

from tests.parsers.letters.judged import standing

REVIEW = "Dear A\n\nInternal review\n\nYou asked us on 4 May to review our decision.\n\n"
HALF = "The first answer cited section 43(2) and section 41. Section 43(2) was rightly applied but section 41 was not."
OTHER_GROUND = "I consider section 42(1) the more fitting exemption and apply it in place of section 41."
BY_LABEL = "Section 40(2): decision affirmed.\nSection 43(2): decision reversed."
VARIED = "We varied the decision: section 36(2)(c) is replaced by section 35(1)(a)."

STANDS = [
    ("On 3 April we refused under section 43(2). I have reviewed this and uphold it.", "43(2)"),
    ("The first answer cited section 43(2). I find that this exemption was correctly applied.", "43(2)"),
    (HALF, "43(2)"),
    ("You were refused under section 14(1). The panel dismissed your complaint.", "14(1)"),
    ("The Council continues to rely on section 31(1)(a).", "31(1)(a)"),
    (OTHER_GROUND, "42(1)"),
    ("In relation to section 40(2), the reviewer supports the original decision.", "40(2)"),
    (BY_LABEL, "40(2)"),
    (VARIED, "35(1)(a)"),
    ("I have concluded that the Trust was entitled to refuse your request under section 12(1).", "12(1)"),
]
FALLS = [
    (HALF, "41"),
    ("Our first answer was that section 12 applied. The search has been done now and the records are enclosed.", "12"),
    ("You were refused under section 14(1). Your complaint is upheld and we will now answer your questions.", "14(1)"),
    (OTHER_GROUND, "41"),
    (BY_LABEL, "43(2)"),
    (VARIED, "36(2)(c)"),
    ("Your appeal against the use of section 21 is allowed.", "21"),
    ("You argue that section 30(1)(b) has been misread. I agree and enclose the file.", "30(1)(b)"),
]
BY_NO_NUMBER = (
    "The letter of 9 June withheld the survey. It cited section 31(1)(a) and section 38(1)(b). Section 31(1)(a) was "
    "wrongly applied. {} The survey is enclosed; names were taken out. Section 40(2) applies to them."
)
STILL_OPEN = [
    (
        ("We will let you know by 3 May whether section 36 is to be relied on; the public interest is being weighed."),
        "36",
    ),
    (
        (
            "The time for our response is extended to 3 May because section 35(1)(a) is engaged and the public "
            "interest has "
            "to be considered further."
        ),
        "35(1)(a)",
    ),
    ("Section 40(5B) might have been engaged had you named him. The figures are below.", "40(5B)"),
    ("We can confirm that section 31(3) is not being used here. The report is attached.", "31(3)"),
]


@pytest.mark.parametrize(("text", "provision"), STANDS)
def test_stands_at_review(text: str, provision: str) -> None:
    assert standing(REVIEW + text, provision) == "relied_on"


@pytest.mark.parametrize(
    "words",
    [
        "Nor is there a danger to anyone, and the other ground falls too: that exemption is likewise withdrawn.",
        "Nobody could be harmed. We do not now depend on that exemption.",
        "The Board withdraws both of those exemptions.",
    ],
)
def test_an_exemption_given_up_without_its_number(words: str) -> None:
    text = REVIEW + BY_NO_NUMBER.format(words)
    assert standing(text, "38(1)(b)") == "withdrawn"
    assert standing(text, "40(2)") == "relied_on"


def test_which_of_two_exemptions_is_given_up_is_not_guessed() -> None:
    text = "Dear A\n\nThe letter of 9 June cited section 31(1)(a) and section 38(1)(b). We withdraw that exemption. "
    text += "The use of section 40(2) for names is upheld."
    assert standing(text, "38(1)(b)") == "relied_on"


@pytest.mark.parametrize(("text", "provision"), FALLS)
def test_falls_at_review(text: str, provision: str) -> None:
    assert standing(REVIEW + text, provision) not in {"relied_on", "relied_on_ncnd", "not cited"}


@pytest.mark.parametrize(("text", "provision"), STILL_OPEN)
def test_not_relied_on_yet_or_not_at_all(text: str, provision: str) -> None:
    assert standing(text, provision) not in {"relied_on", "relied_on_ncnd", "not cited"}


def test_a_regulators_notice_records_what_was_claimed() -> None:
    notice = (
        "Decision notice\n\nThe complainant asked for the lease. The council relied on section 43(2) and section "
        "42(1).\n\n"
        "The Commissioner's decision is that section 43(2) is not engaged.\n"
    )
    assert standing(notice, "43(2)") == "relied_on"
    assert standing(notice, "42(1)") == "relied_on"
    letter = "As ordered here is the lease. The Commissioner recorded that the council had relied on section 43(2)."
    assert standing(letter, "43(2)") == "boilerplate"
