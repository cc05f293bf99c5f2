"""Mentions in a voice that is not the authority's own decision: rights, guidance, statute, requester, statistics."""

import pytest

from tests.parsers.letters.judged import SCOTTISH, role, standing

RIGHTS = [
    ("If this does not satisfy you, you may apply to the Commissioner under section 50.", "50"),
    ("You can appeal to the Tribunal (section 57 of the Act) within 28 days.", "57"),
]

RIGHTS_SCOTLAND = [
    ("Should you be unhappy you have the right to ask for a review, section 20(1) of the Act.", "20(1)"),
    (
        (
            "If you remain dissatisfied you can apply to the Scottish Information Commissioner, Kinburn Castle, "
            "Doubledykes "
            "Road, St Andrews, under section 47(1) of the Act."
        ),
        "47(1)",
    ),
]

SUPPORTING = [
    ("This would breach the first principle, Article 5(1)(a) of the UK GDPR.", "5(1)(a)", "other_law"),
    ("Legitimate interests (Article 6(1)(f) UK GDPR) do not help you here.", "6(1)(f)", "other_law"),
    ("The meaning of personal data is in section 3(2) of the Data Protection Act 2018.", "3(2)", "other_law"),
    ("Your copy is subject to the Copyright, Designs and Patents Act 1988.", "CDPA1988", "not cited"),
    (
        "We may charge under regulation 15 of the Re-use of Public Sector Information Regulations 2015.",
        "15",
        "not cited",
    ),
]

GUIDANCE = [
    ("Section 40 protects people's personal information. The form is enclosed.", "40"),
    ("A guide to section 43 can be found on the ICO's website. Your answers are below.", "43"),
    ("Names of junior staff are normally withheld under section 40. We will reply within 20 working days.", "40"),
    ("Requests that take more than 18 hours can be refused under section 12. Thank you for your request.", "12"),
    ("The Act has a number of exemptions, for example section 21 and section 22. We hold 14 boats.", "21"),
    ("Public authorities may refuse a vexatious request (section 14(1)). Here are your figures.", "14(1)"),
    ("See https://ico.org.uk/section-36-guidance for more about section 36. We have 3 cats.", "36"),
]

STATUTE = [
    (
        (
            "The advice is withheld under section 42(1).\n\nSection 42 of the Act says:\n\n(1) Information in "
            "respect of "
            "which a claim to legal professional privilege could be maintained in legal proceedings is exempt "
            "information."
            "\n(2) The duty to confirm or deny does not arise if compliance with section 1(1)(a) would involve "
            "disclosure.\n"
        ),
        "1(1)(a)",
        "statute_quotation",
    ),
    (
        (
            "Names are withheld: section 40(2).\n\nWhat the Act says\n\nSection 40 Personal information\n(1) Any "
            "information to which a request for information relates is exempt information if it constitutes personal "
            "data "
            "of which the applicant is the data subject.\n(2) Any information is also exempt information if-\n(a) it "
            "constitutes personal data which do not fall within subsection (1), and\n(b) the first, second or third "
            "condition is satisfied.\n(5A) The duty to confirm or deny does not arise under subsection (1)."
        ),
        "40",
        "statute_quotation",
    ),
    (
        (
            "Your request is refused under section 31(1)(g).\n\nAnnex A: section 31\n\nInformation which is not exempt "
            "information by virtue of section 30 is exempt information if its disclosure under this Act would "
            "prejudice-\n"
            "(a) the prevention of crime,\n(b) the apprehension of offenders,\n(c) the administration of justice."
        ),
        "30",
        "statute_quotation",
    ),
    (
        (
            "We withhold it under section 36(2)(c).\n\nRelevant legislation\n\nSection 36\n(2) Information to which "
            "this "
            "section applies is exempt information if, in the reasonable opinion of a qualified person, disclosure "
            "of the "
            "information under this Act-\n(a) would prejudice the work of the Executive Committee of the Assembly,\n"
            "(b) would inhibit the free provision of advice."
        ),
        "36(2)(a)",
        "not cited",
    ),
    (
        (
            "Regulation 12(5)(f) applies.\n\nExtract from the Regulations\n\n12.-(5) For the purposes of paragraph "
            "(1)(a), "
            "a public authority may refuse to disclose information to the extent that its disclosure would adversely "
            "affect-\n(a) international relations;\n(f) the interests of the person who provided the information."
        ),
        "12(5)(a)",
        "not cited",
    ),
]

REQUESTER = [
    ("> You cannot hide behind section 43(2) of the Act.\n\nPlease find the price list attached.", "43(2)"),
    (
        (
            "The list is attached.\n\nFrom: R Ash\nSent: 3 March 2021 09:10\nTo: FOI\nSubject: Price list\n\nSection "
            "43(2) "
            "of the Act does not protect old prices."
        ),
        "43(2)",
    ),
    (
        (
            "Dear Mr Ash,\nThe list is attached.\n\nOn 3 March 2021 at 09:10, R Ash wrote:\nPlease note that section "
            "43(2) "
            "of the Act does not protect old prices."
        ),
        "43(2)",
    ),
    ('You asked:\n\n"How often did you use section 43(2) of the Act in 2019?"\n\nTwelve times.', "43(2)"),
    (
        "Information requested\n\nAll refusals under section 43(2) of the Act in 2019.\n\nOur response\n\nTwelve.",
        "43(2)",
    ),
    ("In your letter you argue that section 43(2) cannot protect old prices. The list is attached.", "43(2)"),
    ("You say that we have applied section 43(2) wrongly. The list is attached.", "43(2)"),
    (
        'You wrote that "neither section 43(2) nor section 41 can stand where a contract is signed". It is attached.',
        "41",
    ),
    ("You contend section 43(2) was misused by our predecessors. Their list is attached.", "43(2)"),
    ("You reminded us that section 43(2) is subject to the public interest. We enclose the list.", "43(2)"),
    ("Your request was for the number of refusals that cited section 43(2) in 2019. There were twelve.", "43(2)"),
    ("You requested a breakdown of requests refused under section 43(2). There were twelve.", "43(2)"),
    ("Please note that section 43(2) obliges you to weigh the public interest, and I ask for the list again.", "43(2)"),
]

STATISTICS = [
    "In 2019 the council refused requests in full on these grounds:\n\nSection 12: 31\nSection 21: 14\nSection 40: 9\n",
    "Exemption used      Number of requests\nSection 12          31\nSection 21          14\nSection 40          9\n",
    "We received 412 requests in 2019. Section 12 was used in 31 cases, section 21 in 14 cases and section 40 in 9.",
    (
        "You asked how often requests were refused.\n\nExemptions applied in 2019:\ns.12 - 31 times\ns.21 - 14 times\n"
        "s.40 - 9 times"
    ),
]


@pytest.mark.parametrize(("text", "provision"), RIGHTS)
def test_rights(text: str, provision: str) -> None:
    assert role(text, provision) == "boilerplate"


@pytest.mark.parametrize(("text", "provision"), RIGHTS_SCOTLAND)
def test_rights_in_scotland(text: str, provision: str) -> None:
    assert role(text, provision, SCOTTISH) == "boilerplate"


@pytest.mark.parametrize(("text", "provision", "expected"), SUPPORTING)
def test_law_that_supports_and_is_no_ground(text: str, provision: str, expected: str) -> None:
    assert role(text, provision) == expected


@pytest.mark.parametrize(("text", "provision"), GUIDANCE)
def test_guidance(text: str, provision: str) -> None:
    assert role(text, provision) == "boilerplate"


@pytest.mark.parametrize(("text", "provision", "expected"), STATUTE)
def test_statute(text: str, provision: str, expected: str) -> None:
    assert role(text, provision) == expected


@pytest.mark.parametrize(("text", "provision"), REQUESTER)
def test_words_of_the_requester(text: str, provision: str) -> None:
    assert standing(text, provision) == "requester_quotation"


@pytest.mark.parametrize("provision", ["12", "21", "40"])
@pytest.mark.parametrize("text", STATISTICS)
def test_grounds_of_other_requests_are_what_is_told(text: str, provision: str) -> None:
    assert standing(text, provision) not in {"relied_on", "relied_on_ncnd"}
