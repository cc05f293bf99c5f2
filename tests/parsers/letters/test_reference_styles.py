"""Reference numbers in the house styles of many authorities, and numbers that only look like one."""

import pytest

from parsers.letters.reading import read_letter

BODY = "\n\nDear Ms Hall\n\nThank you for your request. The list is attached.\n\nYours sincerely\nFOI Officer\n"

STYLES = [
    ("Our ref: FOI 31 077 / KT / BW", ["FOI 31 077 / KT / BW"]),
    ("Our ref: FOI/ 3315", ["FOI/ 3315"]),
    ("Our Ref: NB4411700 03 19", ["NB4411700 03 19"]),
    ("Freedom of Information/RFI-7741", ["RFI-7741"]),
    ("CRN: 00551234", ["00551234"]),
    ("PR2021/04567", ["PR2021/04567"]),
    ("EIR2024/21007", ["EIR2024/21007"]),
    ("My Reference:kt/44", ["kt/44"]),
    ("Your Reference:\nMy Reference:kt/44\nDate:14 May 2015", ["kt/44"]),
    ("Our ref:\nYour ref:\nDate:\nFOI-7711\nrequest-998877-ab12@whatdotheyknow.com\n3 May 2020", ["FOI-7711"]),
    ("Our ref\nYour ref\nDate\n\nFOI-7711\nwhatdotheyknow\n3 May 2020", ["FOI-7711"]),
    ("Ein cyf/Our ref\nEich cyf/Your ref\nRHG 20777", ["RHG 20777"]),
    ("Our ref         Your ref         Date\nFOI-7711        17               3 May 2020", ["FOI-7711"]),
    ("Our Ref:   FOI2021/         Your ref:  998877\n           00451            Page:      1 of 3", ["FOI2021/00451"]),
    ("FOI Ref\n22-0771", ["22-0771"]),
    ("Request ref\n\nFOI-22-0771", ["FOI-22-0771"]),
    ("Our Ref: FOI 2019-0771/KT", ["FOI 2019-0771/KT"]),
    ("Our ref: FOI-2O19-O771", ["FOI-2O19-O771"]),
    ("Our refs: FOI-2201 and FOI-2202", ["FOI-2201", "FOI-2202"]),
    ("Our references: 22001 & 22002", ["22001", "22002"]),
    ("Our ref: FOI/2019/2201 and\nFOI/2019/2202", ["FOI/2019/2201", "FOI/2019/2202"]),
    ("Our ref: FOI 2019/41, 2019/42 and 2019/43", ["FOI 2019/41", "2019/42", "2019/43"]),
    ("Our Ref: IR/2019/24 (FOI/2019/331)", ["IR/2019/24", "FOI/2019/331"]),
    ("Review NB/R/4 of NB/19/077", ["NB/R/4", "NB/19/077"]),
    ("Ticket number: 556677", ["556677"]),
    ("Service request: 556677", ["556677"]),
    ("G-2021-00771", ["G-2021-00771"]),
    ("KT/771", ["KT/771"]),
    ("KTMS 70881", ["KTMS 70881"]),
    ("NB 0771/08", ["NB 0771/08"]),
    ("30771", ["30771"]),
    ("Parks Office | 4431-24 | 6 August 2024", ["4431-24"]),
    ("NB.FOI.0077 - 12 October 2023", ["NB.FOI.0077"]),
    ("Our reference: FOI/0771/14 - KT", ["FOI/0771/14 - KT"]),
    ("Our reference: IR2019/004 (original request FOI2019/071)", ["IR2019/004", "FOI2019/071"]),
    ("NB/2019/71/Parks", ["NB/2019/71/Parks"]),
    ("Northbrook Council - Reply to request NB71", ["NB71"]),
    ("Our ref:    Req 7715", ["Req 7715"]),
    ("Freedom of Information Act 2000 - 2013/0071 & 2013/0072", ["2013/0071", "2013/0072"]),
    ("Matter no. L/7715/3", ["L/7715/3"]),
    ("In reply please quote: 20-7715", ["20-7715"]),
    ("FOI request ref: 11-771 (previous ref: 10-662)", ["11-771"]),
    ("RE: FOI-7719 Internal review of request FOI-7102", ["FOI-7102", "FOI-7719"]),
    ("Your FOI 22-0771", ["FOI 22-0771"]),
    ("Your Freedom of Information request 220771", ["220771"]),
    ("Reference: FOI/R/18-71 (Review of FOI/18-22)", ["FOI/R/18-71", "FOI/18-22"]),
    ("Our Ref: 22-771 KT", ["22-771 KT"]),
    ("Our Reference IR 0077-22, your FOI request 0297-22", ["IR 0077-22", "0297-22"]),
    ("Our reference for this is NbX 06/0771.", ["NbX 06/0771"]),
    ("The reference number for your request is FOI 7715.", ["FOI 7715"]),
    ("Our ref: KT/7, your ref: 8812", ["KT/7"]),
    ("DISCLOSURE NO. 2017-29", ["2017-29"]),
    ("Information request #7715", ["7715"]),
    ("FOI log 2018-16", ["2018-16"]),
    ("Your Freedom of Information requests (SAR 771 / FOI 7715)", ["SAR 771", "FOI 7715"]),
    ("Reference(s): 771-15; 772-15", ["771-15", "772-15"]),
    ("Case 231104/66 - reply sent 3 October 2022", ["231104/66"]),
    ("EIR-REV 2019/41", ["EIR-REV 2019/41"]),
    ("IC-2204", ["IC-2204"]),
    ("Appeal reference: RV/0311\nOriginal FOI request: 19-4402-B", ["RV/0311", "19-4402-B"]),
]

MIMICS = [
    "ICO case reference: FS50998877",
    "Reference: IC-998877-Z9Y8",
    "Tribunal reference: EA/2020/0777",
    "Parliamentary Question 99887",
    "PQ ref: UIN 998877",
    "VAT registration number: 998 8776 65",
    "Company number: 09988776",
    "Registered Company No. 9988776",
    "Tel 01632 960123",
    "01632 960123",
    "NB1 4AB",
    "Invoice No: 99887",
    "Contract reference: C-9988",
    "Planning application ref: 21/00441/FUL",
    "Financial year 2021/22",
    "2021/22",
    "EIR 2004",
    "mail02.northbrook.example",
    "In our answer to an earlier request (ref: 2020/411) we said so.",
    "Ref: request-998877-1a2b3c4d@whatdotheyknow.com",
]


@pytest.mark.parametrize(("head", "expected"), STYLES)
def test_a_reference_is_found_in_every_house_style(head: str, expected: list[str]) -> None:
    found = read_letter("Northbrook Council\n" + head + BODY).references
    assert [reference.value for reference in found] == expected


@pytest.mark.parametrize("head", MIMICS)
def test_a_number_that_only_looks_like_a_reference_is_none(head: str) -> None:
    assert read_letter("Northbrook Council\n" + head + BODY).references == ()


def test_the_regulators_number_beside_it_does_not_hide_the_authoritys() -> None:
    head = "Reference: FS50998877\nOur ref: RFI 771"
    assert [reference.value for reference in read_letter(head + BODY).references] == ["RFI 771"]


def test_another_request_named_beside_it_is_not_the_reference() -> None:
    letter = "Hello Ben\n\nFOI/22-23/0771\n\nWe have linked it to your other request FOI/22-23/0662.\n"
    assert [reference.value for reference in read_letter(letter).references] == ["FOI/22-23/0771"]


def test_a_reference_within_a_sentence_gives_way_to_one_that_is_called_ours() -> None:
    letter = "Dear Sirs\n\nThank you for your letter of 4 March 2014 (ref KT/7).\n\nRecords Team\nOur ref: REG/771\n"
    assert [reference.value for reference in read_letter(letter).references] == ["REG/771"]


def test_the_number_in_the_sites_address_is_not_the_reference() -> None:
    letter = (
        "From: FOI Responses\nSent: 7 July 2016 13:30\nTo: request-771100-99aa88bb@whatdotheyknow.com\n"
        "Subject: Freedom of Information Request - Response - 771100 / FOI 16-0771\n\nDear Mr Tso\n\nIt is attached.\n"
    )
    assert [reference.value for reference in read_letter(letter).references] == ["FOI 16-0771"]
