"""Neither confirm nor deny: its verbs, its provisions, and what is easily mistaken for it."""

import pytest

from tests.parsers.letters.judged import SCOTTISH, role, standing

VERBS = [
    ("The Service neither confirms nor denies holding it: section 30(3) of the Act.", "30(3)"),
    ("We cannot confirm or deny whether such a file exists (section 40(5B) FOIA).", "40(5B)"),
    ("By virtue of section 31(3), we are not obliged to say whether any list is held.", "31(3)"),
    (
        "Section 24(2) of the Act means that the duty in section 1(1)(a) does not arise for the rest of your request.",
        "24(2)",
    ),
    (
        (
            "The duty in Section 1(1)(a) of the Freedom of Information Act 2000 does not apply, by virtue of Section "
            "23(5)."
        ),
        "23(5)",
    ),
    (
        "We rely on section 38(2). This should not be taken as evidence that the information is or is not held.",
        "38(2)",
    ),
    ("If any were held they would be about people's health, and section 40(5A) FOIA is engaged.", "40(5A)"),
    ("We will not say either way whether the unit exists, section 26(3) FOIA.", "26(3)"),
    ("To confirm or deny that there is an inquiry would itself tip people off; section 30(3) applies.", "30(3)"),
    ("The Department can neither confirm nor deny under Regulation 12(6) of the EIR.", "12(6)"),
    ("Regulation 13(5A) EIR lets us give neither a yes nor a no, and we do so.", "13(5A)"),
    ("Section 12(2): even to find out whether we hold any would take 60 hours.", "12(2)"),
]

PROVISIONS = [
    "22(2)", "22A(2)", "23(5)", "24(2)", "26(3)", "27(4)", "28(3)", "29(2)", "30(3)", "31(3)", "32(3)", "33(3)",
    "34(2)", "35(3)", "36(3)", "37(2)", "38(2)", "39(2)", "40(5A)", "40(5B)", "41(2)", "42(2)", "43(3)", "44(2)",
]  # fmt: skip

FORCE = "Thornbeck Constabulary"
POLICE_STYLES = [
    (
        f"On the matter of drones {FORCE} will neither confirm nor deny holding what you describe. Section 1(1)(a) "
        "lays a duty on the force which does not apply here, by virtue of these exemptions:\n\n"
        "Section 23(5) Information relating to the Security Bodies\nSection 24(2) National Security\n"
        "Section 31(3) Law Enforcement\n"
    ),
    (
        f"In accordance with the Act this letter is a Refusal Notice. {FORCE} neither confirms nor denies that it "
        f"holds "
        "any other information by virtue of Section 23(5), Section 24(2) and Section 31(3) of the Act.\n\nNo inference "
        "can be taken from this refusal that information does or does not exist."
    ),
    (
        "RESPONSE\n\nThe duty to confirm or deny does not arise:\n\u2022 S23(5) - Information supplied by bodies "
        "dealing "
        "with security matters\n\u2022 S24(2) - National security\n\u2022 S31(3) - Law enforcement\n\nHarm\n\nTo say "
        "that "
        "drones were flown at an event would tell offenders what the force can do."
    ),
    (
        "Section 17 of the Act requires us, when refusing, to (a) state that fact, (b) specify the exemption in "
        "question "
        "and (c) state why it applies.\n\nWe neither confirm nor deny holding anything of the kind.\n\n"
        "(a) Section 23(5)\n(b) Section 24(2)\n(c) Section 31(3)\n\nThis must not be taken to mean that it is held, or "
        "that it is not."
    ),
]
"""Each neither confirms nor denies under the same three."""

CONFIRMED_AND_DENIED = (
    "I can confirm that the force holds two reports. They are exempt under section 31(1)(a) of the Act.\n\n"
    "As for covert equipment, the force neither confirms nor denies that it holds anything, under section 31(3).\n"
)

SECTION_18 = [
    (
        (
            "Section 18(1) of FOISA is relied on: the Board will not reveal whether any complaint exists. If it "
            "did, it "
            "would be exempt under section 38(1)(b) of FOISA."
        ),
        "38(1)(b)",
    ),
    (
        (
            "It would be contrary to the public interest to reveal whether the information exists. We refuse under "
            "section "
            "18(1), read with sections 34(1)(a) and 35(1)(b), of the Freedom of Information (Scotland) Act 2002."
        ),
        "35(1)(b)",
    ),
    (
        (
            "In terms of section 18 of the Act we neither confirm nor deny. Were such information held, section "
            "31(1) of "
            "the Act would apply to it."
        ),
        "31(1)",
    ),
]


@pytest.mark.parametrize(("text", "provision"), VERBS)
def test_verbs(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on_ncnd"


@pytest.mark.parametrize("provision", PROVISIONS)
def test_every_limb_that_excludes_the_duty_to_confirm_or_deny(provision: str) -> None:
    bare = f"The request is refused.\n\nSection {provision} of the FOIA applies to it."
    assert standing(bare, provision) == "relied_on_ncnd"
    said = f"We can neither confirm nor deny whether it is held, because of section {provision} of the FOIA."
    assert standing(said, provision) == "relied_on_ncnd"


@pytest.mark.parametrize("text", POLICE_STYLES)
@pytest.mark.parametrize("provision", ["23(5)", "24(2)", "31(3)"])
def test_police_styles(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on_ncnd"


def test_the_duty_of_section_1_is_never_the_ground() -> None:
    for text in POLICE_STYLES[:1]:
        assert standing(text, "1(1)(a)") == "procedural"


def test_some_is_confirmed_and_the_rest_neither_confirmed_nor_denied() -> None:
    assert standing(CONFIRMED_AND_DENIED, "31(1)(a)") == "relied_on"
    assert standing(CONFIRMED_AND_DENIED, "31(3)") == "relied_on_ncnd"


def test_pleaded_in_the_alternative_both_are_relied_on() -> None:
    text = (
        "Sections 23(5) and 24(2) are pleaded in the alternative, so as not to show which of them it is; we neither "
        "confirm nor deny."
    )
    assert role(text, "23(5)") == role(text, "24(2)") == "relied_on_ncnd"
    text = "The exemption is section 23(5) or, in the alternative, section 24(2). We will neither confirm nor deny."
    assert role(text, "23(5)") == role(text, "24(2)") == "relied_on_ncnd"


def test_the_verb_wins_where_the_limb_is_the_wrong_one() -> None:
    text = "The Agency can neither confirm nor deny that it has a plan, section 24(1) of the FOIA applies."
    assert role(text, "24(1)") == "relied_on_ncnd"
    text = "We neither confirm nor deny under sections 23(5) and 24(1) whether the squad was there."
    assert role(text, "24(1)") == "relied_on_ncnd"


def test_a_limb_that_has_no_duty_to_exclude_stays_a_refusal() -> None:
    assert role("The prices are withheld under section 43(1) of the FOIA.", "43(1)") == "relied_on"
    assert role("You have the leaflet, so section 21(1) of the FOIA applies.", "21(1)") == "relied_on"


@pytest.mark.parametrize(("text", "provision"), SECTION_18)
def test_section_18_is_paired_with_what_would_apply(text: str, provision: str) -> None:
    assert standing(text, provision, SCOTTISH) == "relied_on_ncnd"
    assert "relied_on_ncnd" in {standing(text, "18", SCOTTISH), standing(text, "18(1)", SCOTTISH)}


def test_scottish_regulations_neither_confirm_nor_deny() -> None:
    text = "Regulation 10(8) of the EISRs is relied on: we will not reveal whether it exists or is held."
    assert role(text, "10(8)", SCOTTISH) == "relied_on_ncnd"
    text = "Under regulation 11(6) of the EISRs we neither confirm nor deny that we hold anything about him."
    assert role(text, "11(6)", SCOTTISH) == "relied_on_ncnd"
