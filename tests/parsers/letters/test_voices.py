"""Who speaks: the authority, an earlier message, the request repeated, the statute, the paragraph on rights."""

import pytest

from parsers.letters.text.clean import prepare
from parsers.letters.text.layout import lay_out
from parsers.letters.text.phrases import Words
from parsers.letters.voices.quotes import find_voices

HEADER = "From: A Hall\nSent: 4 May 2020 10:00\nTo: FOI Team\nSubject: Freedom of Information request - parks\n\n"


def voice(text: str, words: str) -> str:
    """The voice in which ``words`` are spoken."""
    letter = prepare([text])
    voices = find_voices(letter, lay_out(letter), Words(letter.lower))
    return voices.at(letter.text.index(words))


VOICES = [
    ("Dear A Hall\n\nFOI request 20/1 - Grants refused\n\nWe will reply soon.", "Grants", "topic"),
    ("Dear A Hall\n\nFOI request 20/1 - Grants refused\n\nWe will reply soon.", "FOI request", "authority"),
    ("Dear A Hall\n\nGrants refused in 2019\n\nWe will reply soon.", "Grants", "topic"),
    ("Dear A Hall\n\nRefusal notice\n\nWe will not reply.", "Refusal", "authority"),
    ("Dear A Hall\n\nFOI request 20/1 - Section 12 refusal\n\nIt would take weeks.", "Section 12", "authority"),
    ("Subject: The report is withheld\n\nIt names people.", "withheld", "authority"),
    ("Thank you for your request about refused grants, which came today.", "refused grants", "topic"),
    ("Thank you for your request about refused grants, which came today.", "which came", "authority"),
    ("Your request for the minutes is refused under section 36.", "the minutes", "topic"),
    ("Your request for the minutes is refused under section 36.", "refused", "authority"),
    ("You asked how many grants were refused, and we count nine.", "were refused", "topic"),
    ("You asked how many grants were refused, and we count nine.", "we count", "authority"),
    ("The names you asked for are exempt.", "exempt", "authority"),
    ("You asked us on 5 October 2021 to review our decision of 21 September.", "review our decision", "authority"),
    ("You asked on 5 October for an internal review of the refusal.", "internal review", "authority"),
    ("You asked us last week to look again at what we withheld.", "look again", "authority"),
    ("You asked us on 5 October for figures on refused grants.", "refused grants", "topic"),
    ("You asked for a review of our answer.", "our answer", "authority"),
    ("We have your request as set out below.\n\n1. Grants refused\n\nWe aim to reply soon.", "Grants", "request"),
    ("Dear A Hall,\nHere it is.\n" + HEADER + "Please send the list.", "send the list", "earlier_message"),
    ("Dear A Hall,\nHere it is.\n\n-----Original Message-----\nPlease send the list.", "send the", "earlier_message"),
    ("Dear A Hall,\nHere it is.\n\nOn 4 May 2020 A Hall wrote:\n> Please send it.", "send it", "earlier_message"),
    (
        "Dear A Hall,\nHere it is.\n\nOn 4 May 2020, at 10:00, A Hall\n<a@b.c> wrote:\nPlease send.",
        "send.",
        "earlier_message",
    ),
    ("> Please send it.\nHere it is.", "send it", "earlier_message"),
    ("> Please send it.\nHere it is.", "Here it is", "authority"),
    ("Northbrook Council\n" + HEADER + "Dear A Hall, here is the list.", "here is the list", "authority"),
    ("Please see our response below.\n" + HEADER + "Dear A Hall, the list is attached.", "the list is", "authority"),
    ("Please see the reply below. We received nine.\n\nFOI Team\n" + HEADER + "Name them.", "Name", "earlier_message"),
    ("Please see the reply below. It is complete.\n\nFOI Team\n" + HEADER + "Nine came.", "Nine", "authority"),
    ('You asked:\n\n"How many parks are there?"\n\nThere are nine.', "How many", "request"),
    ('You asked:\n\n"How many parks are there?"\n\nThere are nine.', "There are nine", "authority"),
    ("Your request\nThe number of parks.\n\nOur response\nThere are nine.", "number of parks", "request"),
    ("Your request\nThe number of parks.\n\nOur response\nThere are nine.", "There are nine", "authority"),
    ("You requested the following information:\n1. the parks\n2. the ponds\nWe can provide both.", "ponds", "request"),
    ("You requested the following information:\n1. the parks\n2. the ponds\nWe can provide both.", "both", "authority"),
    ("We can provide the following to you:\n1. the parks\n2. the ponds", "ponds", "authority"),
    ("(1) Information is exempt information if it relates to policy.", "relates to", "statute"),
    (
        "(1) This section applies to-\n(a) information held by a department, and\n(b) other information.",
        "(b)",
        "statute",
    ),
    ("We consider that it is exempt information if released by us.", "released", "authority"),
    ("Section 43 provides that information is exempt information if it harms trade.", "harms trade", "authority"),
    ('You wrote that "no exemption can stand for old prices". We agree.', "no exemption can", "request"),
    ('You wrote that "no exemption can stand for old prices". We agree.', "We agree", "authority"),
    ('The applicant said "nobody was told of the new prices" and we looked into that.', "nobody was told", "request"),
    ('We replied that your request was "much too wide for us to answer".', "much too wide", "authority"),
    ('You asked for the rota, which is exempt under "section 40, personal information".', "section 40", "authority"),
    (
        (
            "Further to my e-mail below, here is the sheet itself, and I am sorry that it was late.\n\n-----Original "
            "Message-----"
            "\nIt is withheld."
        ),
        "It is withheld",
        "earlier_message",
    ),
    (
        (
            "This replaces our letter of 4 June. Here is the lease.\n\nOUR LETTER OF 4 JUNE (for reference)\n\nIt is "
            "withheld."
        ),
        "It is withheld",
        "earlier_message",
    ),
    ("You asked:\nHow many dogs?\n\nForty. Whose is personal data: section 40(2).", "Forty", "authority"),
    ("You asked:\n1. How many dogs? Four.\n2. Whose?", "Four", "authority"),
    ("You asked for:\n\nThe refusals under section 43(2) last year.\n\nOur response\n\nFour.", "section 43", "request"),
    ("Information requested\n\nMinutes of 3 May      s.36(2)(b)(i)\nMinutes of 4 May      sent", "s.36", "authority"),
    ("The key to what is taken out of the file you asked for:\nA - section 40(2)", "section 40", "authority"),
    (
        "If you are unhappy you may ask for an internal review. Write to the Information Commissioner.",
        "Write",
        "rights",
    ),
    ("Requests for a review should be sent to us.", "sent to us", "rights"),
    ("This email is confidential and intended only for the recipient.", "only for", "footer"),
]


@pytest.mark.parametrize(("text", "words", "expected"), VOICES)
def test_voice(text: str, words: str, expected: str) -> None:
    assert voice(text, words) == expected


def test_what_the_authority_does_not_say_itself_is_blanked_out_place_for_place() -> None:
    letter = prepare(["> You say no.\nWe say yes."])
    voices = find_voices(letter, lay_out(letter), Words(letter.lower))
    own = voices.own(letter.lower)
    assert len(own) == len(letter.text)
    assert own.strip() == "we say yes."
    assert own.index("we say") == letter.lower.index("we say")
