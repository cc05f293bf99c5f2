"""References in several house styles, and the days of the letter and of the request."""

import pytest

from parsers.letters.reading import read_letter

BODY = "\n\nDear Ms Hall\n\nThank you for your request. The list is attached.\n\nYours sincerely\nFOI Officer\n"

REFERENCES = [
    ("Our Ref: FOI2019/0457", ["FOI2019/0457"]),
    ("FOI Ref No: 2019-0457", ["2019-0457"]),
    ("Reference: RFI20210001", ["RFI20210001"]),
    ("Freedom of Information Request Reference No: FOI/2019/00123", ["FOI/2019/00123"]),
    ("Request Reference: 1234567", ["1234567"]),
    ("Case Reference Number: FOI-1234", ["FOI-1234"]),
    ("Case No: 2020/000123", ["2020/000123"]),
    ("Ref: CAS-12345-X9Y8Z7", ["CAS-12345-X9Y8Z7"]),
    ("FOI Reference Number : 101003912345", ["101003912345"]),
    ("Our Ref RFI3456", ["RFI3456"]),
    ("(our ref. RFI/123)", ["RFI/123"]),
    ("Ref: MGLA010203-1234", ["MGLA010203-1234"]),
    ("Your Ref: XYZ-11      Our Ref: 12345/AB", ["12345/AB"]),
    ("Request ID: 123-456", ["123-456"]),
    ("Ein cyf/Our ref: ATISN 12345", ["ATISN 12345"]),
    ("Our reference: SCC-000123-2020 (please quote)", ["SCC-000123-2020"]),
    ("Reference FOIA 2020-123", ["FOIA 2020-123"]),
    ("Ref: 21/22-0456", ["21/22-0456"]),
    ("Our ref:  |  11/883/KT  |", ["11/883/KT"]),
    ("REF: FOI/1234/JS", ["FOI/1234/JS"]),
    ("Request number 12345", ["12345"]),
    ("RE: FOI REQUEST 4471", ["4471"]),
    ("FOI 19/234 - Pothole claims", ["FOI 19/234"]),
    ("Information request: our reference FOI 123456", ["FOI 123456"]),
    ("Our Ref: 14 FOI 079", ["14 FOI 079"]),
    ("Reference - EIR / 1598560", ["EIR / 1598560"]),
]

NO_REFERENCES = [
    "Your Ref: FOI-24576",
    "ICO Ref: IC-12345-A1B2",
    "Reference: Freedom of Information Act 2000",
    "The reference number for your request is above.",
    "[FOI #887180 email]",
    "Tel: 0161 496 0000",
    "Registered charity number 1122334",
    "COVID-19 and our office",
    "In our earlier response, reference 2020/411, we said so.",
]

LETTER_DATES = [
    ("5 May 2020", "2020-05-05"),
    ("5th May 2020", "2020-05-05"),
    ("Sent: via email only, 5 May 2020", "2020-05-05"),
    ("Ms A Hall                  Our ref: QX/2020/88\nBy post                    5 May 2020", "2020-05-05"),
    ("05 MAY 2020", "2020-05-05"),
    ("Tuesday, 5 May 2020", "2020-05-05"),
    ("May 5, 2020", "2020-05-05"),
    ("5 May, 2020", "2020-05-05"),
    ("Date: 05/05/2020", "2020-05-05"),
    ("Date: 05-05-2020", "2020-05-05"),
    ("Date: 5.5.20", "2020-05-05"),
    ("Date: 05-May-20", "2020-05-05"),
    ("Date: 2020-05-05", "2020-05-05"),
    ("Date:\n5th of May 2020", "2020-05-05"),
    ("Dated: 5 May 2020", "2020-05-05"),
    ("Date of response: 5 May 2020", "2020-05-05"),
    ("Dyddiad: 6 Mehefin 2019", "2019-06-06"),
    ("Ref: A1/99                       5 May 2020", "2020-05-05"),
    ("| Our Ref: A1/99 | 5 May 2020 |", "2020-05-05"),
    ("Sent: Tuesday, 5 May 2020", "2020-05-05"),
    ("Date received: 3 April 2020\nDate of reply: 5 May 2020", "2020-05-05"),
    ("Received 03.04.2020  Replied 05.05.2020", "2020-05-05"),
    ("Published: 1 March 2020\nReceived: 3 April 2020\nResponded:\nTuesday 5 May 2020", "2020-05-05"),
    ("Date received      Date responded      Officer\n3 April 2020       5 May 2020          KL", "2020-05-05"),
    ("Dyddiad/Date: 5 Mai 2020", "2020-05-05"),
    ("5ed o Fai 2020", "2020-05-05"),
    ("1af Mehefin 2020", "2020-06-01"),
    ("31^st May 2020", "2020-05-31"),
    ("l5 0ctober 2O20", "2020-10-15"),
    ("Date:   5 May        Our ref:  A1/99\n        2020", "2020-05-05"),
    (
        (
            "                                             Date:  5 May\n"
            "                                                    2020"
        ),
        "2020-05-05",
    ),
    ("Date of acknowledgement: 3 April 2020\nDate of reply: 5 May 2020", "2020-05-05"),
    ("Date received: 3 April 2020\nAcknowledged: 5 May 2020", "2020-05-05"),
    ("Tue, 5 May 2020 at 16:10", "2020-05-05"),
    ("5 Mai 2020 / 5 May 2020", "2020-05-05"),
    ("Date: Tue, 05 May 2020 08:55:02 +0000", "2020-05-05"),
    ("Ref A1/99 | Rec'd 03 Apr 20 | Resp 05 May 20", "2020-05-05"),
    ("Reply to request A1/99, received 3 April 2020, answered 5 May 2020", "2020-05-05"),
    ("A1/99 version 2 issued 1 January 2019\nDate of letter: 5 May 2020", "2020-05-05"),
    ("FOI Ref    Date of request    Date of response\n7715       03/04/2020         05/05/2020", "2020-05-05"),
    ("4 Dock Road          5 May 2020\nSaltport             By e-mail", "2020-05-05"),
    ("Date: Tue 5 May 2020", "2020-05-05"),
    ("A1/99, 5 May 2020", "2020-05-05"),
    ("PR.44 - 5 May 2020", "2020-05-05"),
]

CLOSINGS = [
    "Regards\nFOI desk, 5 May 2020\n",
    "Best wishes\nGrants\n(5 May 2020)\n",
    "Yours sincerely\n\nK Lamb\nRecords Team\n5 May 2020\n",
    "Kind regards\nKay, Northbrook Council, 5 May 2020\n",
    "Yours faithfully\n\nK Lamb\n-----------\nRecords Team\nRoom 4\n\nDate: 5 May 2020\n",
]

NO_CLOSINGS = [
    "Date        Crew   Call\n4 May 2020   4     Flood\n5 May 2020   2     Fire\n",
    "Date opened: 3 May 2018\nDate closed: 5 May 2020\n",
    "Licence granted: 5 May 2020\n",
    "Yours sincerely\n\nK Lamb\n\nOur letter of 5 May 2020 asked you to clarify.\n",
    "Yours sincerely\n\nK Lamb\nVersion 3, updated 5 May 2020\n",
    "Yours sincerely\n\nK Lamb\nNext meeting on 5 May 2020\n",
]

NO_LETTER_DATES = [
    "Policy on trees - adopted 5 May 2020",
    "Publication Scheme 5 May 2020",
    "Minutes of the Parks Committee, 5 May 2020",
    "Your request dated 5 May 2020",
    "Date received: 5 May 2020",
    "5 May",
    "May 2020",
    "31 June 2020",
    "Data from 1 January 2019 to 5 May 2020",
    "Version 1.2.20",
    "Published: 5 May 2020",
    "Published:\n5 May 2020",
    "Response due by: 5 May 2020",
    "Date: as postmark",
    "05/13/2020",
    "1 April 2019 - 5 May 2020",
]


@pytest.mark.parametrize(("head", "expected"), REFERENCES)
def test_reference_as_printed_without_its_label(head: str, expected: list[str]) -> None:
    assert [reference.value for reference in read_letter(head + BODY).references] == expected


@pytest.mark.parametrize("head", NO_REFERENCES)
def test_other_numbers_are_not_the_reference(head: str) -> None:
    assert read_letter(head + BODY).references == ()


@pytest.mark.parametrize(("head", "expected"), LETTER_DATES)
def test_letter_date(head: str, expected: str) -> None:
    dated = read_letter("Northbrook Council\n" + head + BODY).letter_date
    assert dated is not None
    assert dated.value == expected


@pytest.mark.parametrize("head", NO_LETTER_DATES)
def test_no_letter_date_is_invented(head: str) -> None:
    assert read_letter("Northbrook Council\n" + head + BODY).letter_date is None


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_letter_may_bear_its_day_below_the_signature(closing: str) -> None:
    dated = read_letter(f"Dear Ms Hall\n\nThe list is attached.\n\n{closing}").letter_date
    assert dated is not None
    assert dated.value == "2020-05-05"


@pytest.mark.parametrize("closing", NO_CLOSINGS)
def test_other_days_below_the_signature_are_not_the_letters(closing: str) -> None:
    assert read_letter(f"Dear Ms Hall\n\nThe list is attached.\n\n{closing}").letter_date is None


def test_a_day_right_below_the_greeting_is_the_letters() -> None:
    dated = read_letter("Dear Ms Hall\n\n5 May 2020\n\nThe list is attached.\n").letter_date
    assert dated is not None
    assert dated.value == "2020-05-05"


def test_the_reference_of_an_earlier_message_serves_where_the_letter_has_none() -> None:
    letter = (
        "Dear Ms Hall,\nPlease find the list attached.\nRegards\nParks Team\n"
        "From: FOI Mailbox\nSent: 6 May 2020 09:00\nTo: A Hall\nSubject: Your request - Reference: FOI-7788\n\nNoted.\n"
    )
    assert [reference.value for reference in read_letter(letter).references] == ["FOI-7788"]


def test_a_date_in_a_quoted_header_is_not_the_letters_own() -> None:
    letter = (
        "Dear Ms Hall,\nPlease find the list attached.\nRegards\nParks Team\n"
        "From: A Hall\nSent: 6 May 2020 09:00\nTo: FOI\nSubject: Freedom of Information request - parks\n\nHello.\n"
    )
    reading = read_letter(letter)
    assert reading.letter_date is None
    assert reading.request_date is not None
    assert reading.request_date.value == "2020-05-06"
