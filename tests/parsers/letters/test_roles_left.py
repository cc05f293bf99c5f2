"""Denials and what looks like one: a ground that was urged, thought of or weighed and left, and one that stands."""

import pytest

from tests.parsers.letters.judged import standing

START = "Dear Mx Roe,\n\nThe names are withheld under section 40(2) of the FOIA.\n\n"
LEFT = [
    ("I considered section 43(2) at length. In the end I do not think that it bites.", "43(2)"),
    ("Section 43(2) was suggested to us by the firm, wrongly as we see it.", "43(2)"),
    ("Our earlier mention of section 43(2) was a mistake.", "43(2)"),
    ("The reference to section 43(2) in our letter of 3 May should be disregarded.", "43(2)"),
    ("Please disregard what we said about section 43(2).", "43(2)"),
    ("Requests of this kind are sometimes refused under section 43(2); yours is not.", "43(2)"),
    ("Other councils have refused such requests under section 43(2).", "43(2)"),
    ("In 2019 section 43(2) was used 12 times.", "43(2)"),
    ("It is likely that section 43(2) would apply to a breakdown by supplier.", "43(2)"),
    ("Section 35(1)(a), which I mentioned then, won't be used.", "35(1)(a)"),
    ("Section 41, to which our last letter referred, is not being relied on.", "41"),
    (
        (
            "We had originally intended to rely on section 43(2), but having consulted the supplier we are "
            "content to release the rates."
        ),
        "43(2)",
    ),
    (
        ("The supplier asked us to apply section 43(2). Having looked at its reasons we have not done so."),
        "43(2)",
    ),
    (
        (
            "The contractor invited us to treat the prices as exempt under section 43(2). We do not accept "
            "that and they are attached."
        ),
        "43(2)",
    ),
    ("We gave thought to section 43(2) but the figures are already in our accounts.", "43(2)"),
    (
        (
            "There is an argument that section 43(2) is engaged by the prices. We do not think much of it "
            "and attach them."
        ),
        "43(2)",
    ),
    ("A request for the tender itself would very likely be refused under section 43(2).", "43(2)"),
    ("In decision notice FS50000000 the authority relied on section 43(2).", "43(2)"),
    ("Your email says that we relied on section 43(2).", "43(2)"),
    ("Section 43(2) does not prevent us from giving the prices.", "43(2)"),
    ("We waive any reliance on section 43(2).", "43(2)"),
    ("Section 43(2) is engaged but the balance comes down on the side of release.", "43(2)"),
    (
        ("Although section 43(2) is engaged, the public interest in openness prevails and the prices are attached."),
        "43(2)",
    ),
    (
        (
            "Section 43(2) applies to the prices. However, the balance of the public interest is in favour "
            "of giving them and we do so."
        ),
        "43(2)",
    ),
    (
        ("Section 43(2) was considered in respect of the prices. We do not believe the test of prejudice is met."),
        "43(2)",
    ),
]
STANDS = [
    ("Other authorities' prices, which we were sent in confidence, are withheld under section 41.", "41"),
    ("Like other councils we have refused it under section 43(2).", "43(2)"),
    ("The prices were considered under section 43(2) and we hold that the exemption stands.", "43(2)"),
    ("The Council has not waived privilege, and section 42 applies.", "42"),
    ("Privilege under section 42 has not been waived and the advice is withheld.", "42"),
    (
        (
            "We gave careful consideration to section 43(2), but the harm to the supplier is real and the "
            "rates are withheld."
        ),
        "43(2)",
    ),
    ("Your letter says that the rates are old. They are exempt under section 43(2).", "43(2)"),
    (
        (
            "The rates are exempt under section 43(2). The public interest in releasing them does not "
            "prevail over the harm."
        ),
        "43(2)",
    ),
    (
        ("The rates are exempt under section 43(2). The balance of interests comes down on the side of withholding."),
        "43(2)",
    ),
    (
        (
            "The rates are exempt under section 43(2). While there is an interest in openness, the harm that "
            "would follow prevails."
        ),
        "43(2)",
    ),
    ("It was not difficult to see that section 43(2) is engaged.", "43(2)"),
    (
        (
            "Having weighed the matter we find that section 43(2) is properly engaged and that the rates "
            "should not be given."
        ),
        "43(2)",
    ),
    ("We do not agree that section 43(2) was wrongly applied and maintain it.", "43(2)"),
]


@pytest.mark.parametrize(("text", "provision"), LEFT)
def test_a_ground_that_is_left(text: str, provision: str) -> None:
    assert standing(START + text, provision) not in {"relied_on", "relied_on_ncnd", "not cited"}


@pytest.mark.parametrize("start", [START, "Dear Mx Roe,\n\n"])
@pytest.mark.parametrize(("text", "provision"), STANDS)
def test_a_ground_that_stands(text: str, provision: str, start: str) -> None:
    assert standing(start + text, provision) == "relied_on"
