"""The day on which a request was made or received: in full, without its year, or after the letter's own."""

import pytest

from parsers.letters.reading import read_letter

REQUEST_DATES = [
    ("Thank you for your request of 5 May 2020.", "2020-05-05"),
    ("Thank you for your e-mail dated 5th May 2020 about parks.", "2020-05-05"),
    ("I refer to your request for information received on 05/05/2020.", "2020-05-05"),
    ("Your request, which was received by the Trust on Tuesday 5 May 2020, has been considered.", "2020-05-05"),
    ("We received your request on 5 May 2020.", "2020-05-05"),
    ("On 5 May 2020 you asked for the minutes.", "2020-05-05"),
    ("You asked on 5 May 2020 for the minutes.", "2020-05-05"),
    ("You wrote to us on 5 May 2020.", "2020-05-05"),
    ("Thank you for contacting the council on 5 May 2020.", "2020-05-05"),
    ("You submitted the following request on 5 May 2020.", "2020-05-05"),
    ("Your request was made on 5 May 2020.", "2020-05-05"),
    ("Further to your letter of the 5 May 2020, I attach it.", "2020-05-05"),
    ("Date of request: 5 May 2020", "2020-05-05"),
    ("Date received: 5 May 2020", "2020-05-05"),
    ("Request received: 05-May-20", "2020-05-05"),
    ("Diolch am eich cais dyddiedig 5 Mai 2020.", "2020-05-05"),
    (
        "Thank you for your email of 9 June 2020 requesting an internal review. Your request was dated 5 May 2020.",
        "2020-05-05",
    ),
    ("You asked on 5 May 2020 for the minutes, and you complained that some were missing.", "2020-05-05"),
    ("You asked on 9 June 2020 for a review of our response to your request of 5 May 2020.", "2020-05-05"),
    ("Thank you for your e-mail of 5 May 2020, in which you ask about arrests on 1 March 2020.", "2020-05-05"),
    ("Thank you for your letter of 5 May 2020, which we received on 7 May 2020.", "2020-05-05"),
    ("On 5 May 2020 the Board received an e-mail asking for the following.", "2020-05-05"),
    ("By letter of 5 May 2020 you asked for the minutes.", "2020-05-05"),
    ("On 5 May 2020 you asked who had complained about the kiosk.", "2020-05-05"),
    ("I have yours of 5 May 2020.", "2020-05-05"),
    ("We do not hold this (your e-mail, 5 May 2020).", "2020-05-05"),
    ("Your request (5 May 2020) asked for the minutes.", "2020-05-05"),
    ("You asked (5 May 2020) for the minutes.", "2020-05-05"),
    ("We have considered your 5 May 2020 request.", "2020-05-05"),
    ("Allotments (request rec'd 5 May 2020)", "2020-05-05"),
    ("Requested 5 May 2020: the minutes.", "2020-05-05"),
    ("Original request    5 May 2020\nReview sought       9 June 2020", "2020-05-05"),
    ("I acknowledge receipt of your request of 5 May 2020.", "2020-05-05"),
    ("Your request was received on 5 May 2020 and the reply is dated 2 June 2020.", "2020-05-05"),
    ("You requested information on 5 May 2020 about parks.", "2020-05-05"),
    ("Your request has number 77. It was received on 5 May 2020.", "2020-05-05"),
    ("Your request, received on 5 May 2020 and clarified on 9 May 2020, asked for minutes.", "2020-05-05"),
    ("On 5 May 2020 we received from you a request for the minutes.", "2020-05-05"),
    ("Thank you for your request, which you sent on the evening of 5 May 2020.", "2020-05-05"),
    ("This concerns the request by Ms K. Lamb dated 5 May 2020.", "2020-05-05"),
    ("Request for Information\nI write about your request of the 5th May, 2020.", "2020-05-05"),
    ("Our letter of 3 June 2020 answered your request of 5 May 2020.", "2020-05-05"),
    ("Your letter to the Chair of 5 May 2020 has been passed to me.", "2020-05-05"),
    ("On 5 May 2020, your request for information was received by the Board.", "2020-05-05"),
    ("The Board received your request under the Freedom of Information Act 2000 on 5 May 2020.", "2020-05-05"),
    ("This is about the internal review of your request dated 5 May 2020.", "2020-05-05"),
    ("Thank you for your query (5th May 2020) about parks.", "2020-05-05"),
    ("Thank you for your request for a copy of the lease, made on 5 May 2020.", "2020-05-05"),
    ("You have requested (e-mail dated 5 May 2020) the following.", "2020-05-05"),
    ("Cyfeiriaf at eich llythyr dyddiedig 5 Mai 2020.", "2020-05-05"),
    ("Date your request came in: 5 May 2020", "2020-05-05"),
    ("Thanks for e-mailing us on 5 May 2020.", "2020-05-05"),
    ("You got in touch on 5 May 2020 for the minutes.", "2020-05-05"),
    (
        "Your letter dated 9 June 2020 asks us to review our answer to the request you made on 5 May 2020.",
        "2020-05-05",
    ),
    ("Thank you for your letter of 5 May 2020 about the review of the docks.", "2020-05-05"),
    ("FOI Ref      Date of request      Date of response\n7715         05/05/2020           02/06/2020", "2020-05-05"),
    ("Cyfeiriaf at eich cais a ddaeth i law ar 5 Mai 2020.", "2020-05-05"),
    ("Ar 5 Mai 2020 gofynasoch am y cofnodion.", "2020-05-05"),
    ("Submitted: 05/05/2020 23:58\nAcknowledged: 06/05/2020", "2020-05-05"),
]

NO_REQUEST_DATES = [
    "We acknowledged your request on 5 May 2020.",
    "You asked for all letters sent on 5 May 2020.",
    "You requested the number of calls received on 5 May 2020.",
    "Your request for an internal review, received on 5 May 2020, has been considered.",
    "The application was received by Planning on 5 May 2020.",
    "The letter from the contractor dated 5 May 2020 is withheld.",
    "I attach the e-mail sent on 5 May 2020 by the Chair.",
    "A response to your request was sent on 5 May 2020.",
    "Thank you for requesting an internal review in your e-mail of 5 May 2020.",
    "You asked about the accident of 5 May 2020.",
    "Date opened: 5 May 2020",
    "Thank you for your request received on 5 May.",
    "We responded to this request on 5 May 2020.",
    "Our response of 5 May 2020 was late.",
    "We will answer by 5 May 2020.",
    "You asked for an internal review on 5 May 2020.",
    "Payments made to suppliers since 5 May 2020 are attached.",
    "You clarified on 5 May 2020 what you meant.",
    "The request is above. It is decided on 5 May 2020 by the Registrar.",
    "You asked for minutes between 5 May 2020 and 8 May 2020.",
    "You asked for data from 5 May 2020 to 8 May 2020.",
    "Your request is about the contract K-77 dated 5 May 2020.",
    "Your e-mail of 5 May 2020, in which you express dissatisfaction with our answer, has reached me.",
    "We closed your request in error on 5 May 2020.",
    "Thank you for your e-mail of today.",
]

WITHOUT_YEAR = [
    ("Thank you for your request of 5 May.", "2020-05-05"),
    ("Your letter of the 5th inst. has reached me.", "2020-05-05"),
    ("Your letter of the 30th ult. has reached me.", "2020-04-30"),
    ("Thank you for your request of 28 December.", "2019-12-28"),
    ("Thank you for your request of Tuesday 5 May.", "2020-05-05"),
    ("Thank you for your request of Friday 5 May.", None),
    ("Thank you for your request of 9 July.", None),
    ("Please reply by 5 May.", None),
]


@pytest.mark.parametrize(("sentence", "expected"), WITHOUT_YEAR)
def test_a_day_without_year_is_completed_only_from_the_letters_own_day(sentence: str, expected: str | None) -> None:
    requested = read_letter(f"20 May 2020\n\nDear Ms Hall\n\n{sentence}\n").request_date
    assert (requested.value if requested else None) == expected
    assert read_letter(f"Dear Ms Hall\n\n{sentence}\n").request_date is None


def test_a_day_after_the_letters_own_is_the_last_to_be_the_requests() -> None:
    letter = (
        "20 May 2020\n\nDear Ms Hall\n\nYour request of 5 June 2020 came in. We received your request on 6 May 2020.\n"
    )
    requested = read_letter(letter).request_date
    assert requested is not None
    assert requested.value == "2020-05-06"


def test_a_request_told_of_below_a_heading_of_that_name_is_not_its_words() -> None:
    letter = (
        "27 May 2020\n\nDear Ms Hall\n\nRequest for Information\n\nThis answers the request you sent on 5 May 2020.\n"
    )
    requested = read_letter(letter).request_date
    assert requested is not None
    assert requested.value == "2020-05-05"


@pytest.mark.parametrize(("sentence", "expected"), REQUEST_DATES)
def test_request_date(sentence: str, expected: str) -> None:
    requested = read_letter(f"Dear Ms Hall\n\n{sentence}\n\nThe list is attached.\n").request_date
    assert requested is not None
    assert requested.value == expected


@pytest.mark.parametrize("sentence", NO_REQUEST_DATES)
def test_no_request_date_is_invented(sentence: str) -> None:
    assert read_letter(f"Dear Ms Hall\n\n{sentence}\n\nThe list is attached.\n").request_date is None
