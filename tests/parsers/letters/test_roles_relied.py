"""Signs that a provision is relied on: each in wordings of several authorities."""

import pytest

from tests.parsers.letters.judged import ENVIRONMENTAL, SCOTTISH, standing

ACTIVE = [
    ("We are withholding the tender scores under section 43(2) of the Act.", "43(2)"),
    ("The Board has refused this part of your request under section 14(1) FOIA.", "14(1)"),
    ("I have redacted two mobile numbers in line with s40(2).", "40(2)"),
    ("Our solicitor's note has been removed (s.42(1) FOIA).", "42(1)"),
    ("The Trust must decline to supply the rota, citing section 38(1)(b) FOIA.", "38(1)(b)"),
    ("The reasons are not being provided; section 36(2)(c) of the Act is the exemption that we use.", "36(2)(c)"),
    ("The minutes will not be released: section 22(1) of the FOI Act.", "22(1)"),
    ("In our view the dossier is exempt information by virtue of s.41(1).", "41(1)"),
    ("The Commission has applied the exemption in section 31(1)(c) to the file.", "31(1)(c)"),
    ("We consider section 27(1)(a) to be engaged by the telegrams.", "27(1)(a)"),
    ("To that part the school is claiming section 36(2)(b)(i) FOIA.", "36(2)(b)(i)"),
    ("We invoke section 12(1) FOIA, as three weeks of searching would be needed.", "12(1)"),
    ("I deem the photographs exempt under FOIA s.38(1)(a).", "38(1)(a)"),
    ("The exemption we have relied upon is that at section 44(1)(a).", "44(1)(a)"),
    ("Names of junior staff have been taken out (section 40(2) of FOIA).", "40(2)"),
    ("We have blanked out one paragraph, section 35(1)(b) FOIA.", "35(1)(b)"),
    ("s21 FOIA - you can find all of these on our website already.", "21"),
]

PASSIVE_AND_ADJECTIVES = [
    ("Your second question is covered by the exemption at section 22A(1) FOIA.", "22A(1)"),
    ("The opinion is caught by section 42(1).", "42(1)"),
    ("That table is excepted under regulation 12(5)(e) EIR.", "12(5)(e)"),
    ("Regulation 13(1) of the EIR has been applied to the signatures.", "13(1)"),
    ("The figures fall squarely within section 29(1)(a) of the Act.", "29(1)(a)"),
    ("Disclosure is prohibited and the data are therefore absolutely exempt by reason of section 44.", "44"),
    ("The third column is exempt, section 43(1) FOIA, as a trade secret.", "43(1)"),
    ("It is our position that section 30(1)(a) of FOIA is properly engaged here.", "30(1)(a)"),
    ("Such correspondence attracts the exemption in section 37(1)(a) of FOIA.", "37(1)(a)"),
    ("Both drafts are regarded as exempt, the relevant provision being section 35(1)(a).", "35(1)(a)"),
    ("Your request is being treated as vexatious under section 14(1).", "14(1)"),
]

NOTICES = [
    ("Please take this as a refusal notice in respect of question 2 by reason of section 31(1)(b) FOIA.", "31(1)(b)"),
    ("Therefore, under section 17(1), this e-mail refuses the plans; the exemption is section 24(1).", "24(1)"),
    (
        (
            "In accordance with section 17 of the Freedom of Information Act 2000 this letter acts as a Refusal "
            "Notice.\n"
            "The exemption applicable to the information is:\n\nSection 43 - Commercial Interests"
        ),
        "43",
    ),
    (
        (
            "This notice under regulation 14 of the Environmental Information Regulations 2004 tells you that "
            "regulation "
            "12(4)(d) is the exception that stands in the way of the draft."
        ),
        "12(4)(d)",
    ),
]

LEGENDS = [
    ("Note of meeting, 4 June\nPresent: [redacted s.40(2)], P Marsh (chair)\nThe price was [s.43(2)].", "40(2)"),
    ("Note of meeting, 4 June\nPresent: [redacted s.40(2)], P Marsh (chair)\nThe price was [s.43(2)].", "43(2)"),
    ("Chair: we agreed the sum of [REDACTED - Section 43(2) FOIA] for the site.", "43(2)"),
    ("Key to redactions\nS40(2) = personal information\nS42(1) = legal advice\nYour copy is attached.", "42(1)"),
    ("From: XXXX (s40(2))\nTo: XXXX (s40(2))\nSubject: Gate repairs\n\nCan we close it on Monday?", "40(2)"),
]

COLUMNS = [
    (
        "Document     Given?         Ground\nRent roll    Not provided   Section 41\nMap          Yes            \n",
        "41",
    ),
    (
        (
            "I enclose what can be released.\n\nDocument            Exemption      Decision\n"
            "1. Heads of terms    43(2)          Withheld in full\n2. Email of 3 May   s.40(2)         Part release\n"
        ),
        "43(2)",
    ),
    (
        "Question   Held?   Section relied on\n1          Yes     Released\n2          Yes     Section 31(1)(a)\n",
        "31(1)(a)",
    ),
    ("Q1. Released.\nQ2. Exempt - s.24(1) FOIA\nQ3. Not held.", "24(1)"),
]

OWN_WORDS_BELOW = [
    (
        (
            "Part of your request is refused.\n\nSection 38(1)(b) - Health and safety\n\n"
            "Two of the people in the report have had threats, and your request would tell where they live."
        ),
        "38(1)(b)",
    ),
    (
        (
            "We cannot give you the second document.\n\nRegulation 12(5)(b) - course of justice\n\n"
            "The advice was written for the appeal that is to be heard in June."
        ),
        "12(5)(b)",
    ),
    (
        (
            "You asked for the report.\n\nSection 36(2)(b)(ii): inhibition of free exchange of views\n\n"
            "Our qualified person is of the opinion that officers would write less. The report is withheld."
        ),
        "36(2)(b)(ii)",
    ),
]

COST_AND_BURDEN = [
    ("To look through 4,200 files would take 350 hours, well over the limit set under section 12 FOIA.", "12"),
    ("At £25 an hour this comes to £2,100, so section 12(1) removes our duty to comply. Please refine.", "12(1)"),
    ("This is your nineteenth letter on the bin store, and section 14(1) applies to it.", "14(1)"),
    ("You had the same list in March; under section 14(2) we need not comply with it again.", "14(2)"),
    ("It would take us longer than the 24 hours that section 12 allows a department.", "12"),
]

IN_SCOTLAND = [
    ("The projected cost is £940, which is over £600, and we rely on section 12(1) FOISA.", "12(1)"),
    ("The dates are withheld under section 30(c) of FOISA.", "30(c)"),
    ("Section 25(1) of the Act applies, as the minutes can be had in any library.", "25(1)"),
    ("The site plan is excepted by regulation 10(5)(e) of the EIRs.", "10(5)(e)"),
]

NOT_HELD = [
    ("Regulation 12(4)(a) of the EIR applies because we did not hold the survey when you asked.", "12(4)(a)"),
    ("We do not hold the survey and therefore refuse under regulation 12(4)(a) EIR.", "12(4)(a)"),
]

TABLE = ACTIVE + PASSIVE_AND_ADJECTIVES + NOTICES + LEGENDS + COLUMNS + OWN_WORDS_BELOW + COST_AND_BURDEN + NOT_HELD


@pytest.mark.parametrize(("text", "provision"), TABLE)
def test_relied_on(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on"


@pytest.mark.parametrize(("text", "provision"), IN_SCOTLAND)
def test_relied_on_in_scotland(text: str, provision: str) -> None:
    assert standing(text, provision, SCOTTISH) == "relied_on"


def test_the_section_that_announces_a_refusal_is_not_its_ground() -> None:
    text = "This is a refusal notice under section 17(1) of the Act. The exemption is section 21."
    assert standing(text, "17(1)") == "procedural"
    assert standing(text, "21") == "relied_on"
    text = "As regulation 14(3) requires, I tell you that regulation 12(5)(a) is relied upon."
    assert standing(text, "14(3)", ENVIRONMENTAL) == "procedural"
    assert standing(text, "12(5)(a)", ENVIRONMENTAL) == "relied_on"
    text = "This is a notice under section 16(1) of FOISA. The exemption that applies is section 36(1) of FOISA."
    assert standing(text, "16(1)", SCOTTISH) == "procedural"
    assert standing(text, "36(1)", SCOTTISH) == "relied_on"
    text = "This refusal, given under regulation 13(b) of the EISRs, rests on regulation 10(4)(e) of the EISRs."
    assert standing(text, "13(b)", SCOTTISH) == "procedural"
    assert standing(text, "10(4)(e)", SCOTTISH) == "relied_on"
