"""What is masked, what stays, and that places lead from the old text to the new."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.privacy import Draft, Keep, Masked, author_name, mask, names_in
from tests.patience import spending

PIECES = st.sampled_from(
    [
        "Jane", "Doe", "John", "Brown", "Featherstone", "O'Neil", "FEATHERSTONE", "J.", "A", "May", "van", "Street",
        "Mr ", "Ms ", "MS ", "Dr. ", "Cllr ", "Dear ", "Hi ", "From: ", "To: ", "Sent: ", "Case officer: ", "wrote:",
        "Kind regards", "Yours sincerely,", "Thanks", "Council", "Information Officer", "Home Office", "and", "of",
        "jane.doe@kent.gov.uk", "foi@", "@", "020 7946 0958", "01234 567890", "ext. 123", "Tel: 846000", "+44 ", "0",
        "7946", "FOI-2024-0123", "section 40(2)", "£1,234.56", "12/05/2024", "[name]", "[email address]",
        "[telephone number]", "the", "brown", "featherstone", ",", ".", ";", ":", "<", ">", "(", ")", "|", "-", "/",
        " ", " ", " ", "\n", "\n", "\n\n", "\t", "\u00a0", "İ", "ß", "'s",
    ]
)  # fmt: skip
LETTERS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=120))
NAMES = st.lists(
    st.sampled_from(
        [
            "John Brown",
            "Jane Doe",
            "Ms Featherstone",
            "Zed Featherstone",
            "Wei Li",
            "Jane van Doe",
            "Jane 0",
            "Doe (May)",
        ]
    ),
    max_size=4,
)


def masked(text: str, *names: str, keep: tuple[str, ...] = ()) -> str:
    return mask(text, names=names, keep=keep).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 020 7946 0958.", "Call [telephone number]."),
        ("(020) 7946 0958 or 02079460958", "[telephone number] or [telephone number]"),
        ("01234 567890 ext. 4567; 0123 456 7890", "[telephone number]; [telephone number]"),
        ("07700 900123, +44 (0)20 7946 0958", "[telephone number], [telephone number]"),
        ("+44 7700 900 123 / 0044 20 7946 0958", "[telephone number] / [telephone number]"),
        ("020-7946-0958 and 020 7946 0958/0959", "[telephone number] and [telephone number]"),
        ("0300 123 1234 30 March 2024", "[telephone number] 30 March 2024"),
        ("+353 1 234 5678", "[telephone number]"),
        ("(020 7946 0958) or (Tel: 846000)", "([telephone number]) or (Tel: [telephone number])"),
        ("Tel: 846000 Ext 4567", "Tel: [telephone number]"),
        ("Ext. 4567", "Ext. [telephone number]"),
        ("in this case please call 01234 567890", "in this case please call [telephone number]"),
    ],
)
def test_telephone_numbers_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Our ref: 01234567890",
        "FOI reference 0123 456 7890",
        "FOI-2024-01234567 and EIR/0123/4567890",
        "£01234567890 and 0.0123456789",
        "1,234,567.89 units, 12 345 678",
        "01/02/2024, 01-02-2024 10:30, 2024-02-01",
        "section 012(3), 40(2), regulation 12(5)(b)",
        "SW1A 2AA, +12345678 on the year",
        "mobile 2024 figures; phone 2010 survey; Mobile: 12/05/2024",
        "0102 0304",
    ],
)
def test_references_amounts_days_and_sections_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to jane.doe@kent.gov.uk.", "Write to [email address]."),
        ("<request-12-ab34@whatdotheyknow.com>", "<[email address]>"),
        ("mailto:o'neil+foi@x.ac.uk", "mailto:[email address]"),
        ("foi@\ncouncil.gov.uk", "[email address]"),
        ("jane.doe\n@council.gov.uk", "[email address]"),
        ("jane [at] kent.gov.uk", "[email address]"),
        ("ask us @ council.gov.uk, or @council", "ask us @ council.gov.uk, or @council"),
        ("held (at) 10.30; 2 @ 3.50", "held (at) 10.30; 2 @ 3.50"),
    ],
)
def test_email_addresses_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr Brown, Mrs. O'Neil-Jones and Dr van der Berg met.", "Mr [name], Mrs. [name] and Dr [name] met."),
        ("Ms Street's file; Miss May; Cllr Anwar Khan", "Ms [name]'s file; Miss [name]; Cllr [name]"),
        ("Dear “Bob”,", "Dear “[name]”,"),
        ("Dear Mr and Mrs Smith", "Dear Mr and Mrs [name]"),
        ("Dear Mr B Green Thank you for your letter", "Dear Mr [name] Thank you for your letter"),
        ("Dear Jane,\nHi John\nDear Priya Patel and Tom,", "Dear [name],\nHi [name]\nDear [name] and [name],"),
        ("Yours sincerely\n\npp Jane Doe MBE\nDirector", "Yours sincerely\n\npp [name] MBE\nDirector"),
        ("KIND REGARDS\nJANE DOE\nLEGAL SERVICES", "KIND REGARDS\n[name]\nLEGAL SERVICES"),
        ("Regards, Jane Smith, FOI Officer", "Regards, [name], FOI Officer"),
        ("Thanks\nJane Green | Officer\nKent County Council", "Thanks\n[name] | Officer\nKent County Council"),
        ("Many thanks\n\nMay", "Many thanks\n\n[name]"),
        ("> From: DOE, Jane (Legal) <j@x.gov.uk>", "> From: [name] (Legal) <[email address]>"),
        ("From: Ann Lee Sent: 1 May 2024 To: FOI; John Hall", "From: [name] Sent: 1 May 2024 To: FOI; [name]"),
        ("On 3 May 2024, Jane Doe <j@x.uk> wrote:", "On 3 May 2024, [name] <[email address]> wrote:"),
        ("Case officer: Priya Patel", "Case officer: [name]"),
    ],
)
def test_names_are_masked_where_letters_name_people(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir/Madam\nDear Colleague,\nDear All\nHello Everyone\nDear Requester",
        "Dear FOI Team\nDear Chief Constable\nDear Medway Council\nDear Transport for London",
        "Yours sincerely\n\nInformation Governance Officer\nWest Midlands Police\nLloyd House",
        "Many thanks\n\nTower Hamlets Council",
        "Mr Speaker and Mr Justice Cranston; MS Word; the Secretary of State",
        "From: April 2023 To: June 2024\nSubject: Meetings of John Major",
        "Contact: Customer Services",
        "The Prime Minister, Ada Lovelace, said so in Brown Street.",
        "Best wishes\n\nApril 2024 figures follow below.",
        "Yours faithfully\n\nAnnex A: public interest test",
    ],
)
def test_offices_bodies_and_people_discussed_stay(text: str) -> None:
    assert masked(text) == text


def test_an_authority_is_no_person() -> None:
    assert masked("Dear Wychavon,\n", keep=("Wychavon District Council",)) == "Dear Wychavon,\n"
    assert masked("Dear Wychavon,\n") == "Dear [name],\n"


def test_a_known_name_is_masked_in_every_form() -> None:
    text = (
        "By John Brown. J Brown, J. A. Brown; Brown, John; JOHN BROWN; john\nbrown; john.brown, /user/john_brown_2; "
        "John Andrew Brown's"
    )
    assert masked(text, "John Brown") == (
        "By [name]. [name], [name]; [name]; [name]; [name]; [name], /user/[name]_2; [name]'s"
    )


def test_a_surname_that_is_a_word_too_is_masked_only_beside_its_forename() -> None:
    text = "The brown box. Brown said. Gordon Brown said. John likes Brown."
    assert masked(text, "John Brown") == text


def test_a_rare_surname_is_masked_alone_but_not_in_another_name() -> None:
    text = "As Featherstone says, Featherstone Street is not Boris Featherstone."
    assert masked(text, "Zed Featherstone") == "As [name] says, Featherstone Street is not Boris Featherstone."
    assert masked("Featherstone, of featherstone grey", "Zed Featherstone") == "Featherstone, of featherstone grey"


def test_a_forename_is_masked_where_it_signs() -> None:
    assert masked("Lovingly,\n\nJohn x\n\nJohn 3:16", "John Brown") == "Lovingly,\n\n[name] x\n\nJohn 3:16"


def test_a_name_that_is_no_person_s_is_masked_as_a_whole() -> None:
    assert masked("Asked by Campaign for Better Paths.", "Campaign for Better Paths") == "Asked by [name]."


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("zorro99", "Asked by zorro99 and Zorro99.", "Asked by [name] and [name]."),
        ("Jane Doe (Kent)", "Jane Doe (Kent), or Jane Doe, of Kent", "[name], or [name], of Kent"),
        ("J0hn Brown", "By J0hn Brown.", "By [name]."),
        ("Wei Li", "Wei Li asked, and Li is a unit.", "[name] asked, and Li is a unit."),
    ],
)
def test_unusual_names_are_masked(name: str, text: str, expected: str) -> None:
    assert masked(text, name) == expected


def test_names_given_away_are_told_for_the_other_letters() -> None:
    text = "Dear Ms Featherstone\n\nKind regards\n\nJane Doe\nOfficer\n\nFrom: Tom\n"
    assert names_in(text) == ("Jane Doe", "Ms Featherstone")


def test_a_signature_on_the_next_page_is_masked() -> None:
    page = Draft("We hold nothing.\n\nYours sincerely,\n\nwww.council.example   Page 1", Keep(()))
    assert page.is_unsigned
    following = Draft("Frank Ollerenshaw\n\nInformation Officer", Keep(()), begins_signed=True)
    assert following.masked().text == "[name]\n\nInformation Officer"
    assert list(following.names) == ["Frank Ollerenshaw"]


@pytest.mark.parametrize(
    "text", ["Yours sincerely,\n\nJane Doe\nOfficer", "We hold nothing.", "Thanks for all.\n\n" + "x" * 400]
)
def test_a_page_that_is_signed_or_goes_on_asks_for_no_signature(text: str) -> None:
    assert not Draft(text, Keep(())).is_unsigned


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Jane Doe, Kent County Council", "Jane Doe"),
        ("DOE, Jane (LEGAL), Kent County Council", "Jane DOE"),
        ("Jane Doe,", "Jane Doe"),
        ("Kent County Council", None),
        ("FOI Team, Kent County Council", None),
        ("Freedom of Information", None),
        ("", None),
        (None, None),
    ],
)
def test_the_person_in_an_author(author: str | None, name: str | None) -> None:
    assert author_name(author, keep=("Kent County Council", "KCC")) == name


def test_a_quote_that_cuts_into_a_mask_is_widened_to_it() -> None:
    text = "Ms Doe relied on section 40(2)."
    result = mask(text)
    start = text.index("oe relied")
    assert result.place(start, len(text)) == (3, len(result.text))
    begin, end = result.place(text.index("section"), text.index("."))
    assert result.text[begin:end] == "section 40(2)"


@given(LETTERS, NAMES)
@settings(max_examples=400)
def test_masking_twice_is_masking_once(text: str, names: list[str]) -> None:
    once = mask(text, names=names).text
    assert mask(once, names=names).text == once


@given(LETTERS, NAMES)
def test_text_outside_masks_is_unchanged_and_leads_to_itself(text: str, names: list[str]) -> None:
    result = mask(text, names=names)
    position, rebuilt = 0, ""
    for one in result.masks:
        assert position <= one.start < one.end <= len(text)
        _assert_same(result, text, position, one.start)
        rebuilt += text[position : one.start] + one.mark
        position = one.end
    _assert_same(result, text, position, len(text))
    assert rebuilt + text[position:] == result.text


def _assert_same(result: Masked, text: str, start: int, end: int) -> None:
    if start < end:
        begin, stop = result.place(start, end)
        assert result.text[begin:stop] == text[start:end]


@given(LETTERS, NAMES, st.data())
def test_places_are_in_order_and_inside(text: str, names: list[str], data: st.DataObject) -> None:
    result = mask(text, names=names)
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    one, two, three, four = offsets
    inner, outer = result.place(two, three), result.place(one, four)
    assert 0 <= outer[0] <= inner[0] <= inner[1] <= outer[1] <= len(result.text)


@given(LETTERS, NAMES, st.data())
def test_a_place_never_cuts_a_mask(text: str, names: list[str], data: st.DataObject) -> None:
    result = mask(text, names=names)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    begin, stop = result.place(start, end)
    for one in result.masks:
        left, right = result.place(one.start, one.end)
        assert result.text[left:right] == one.mark
        assert not left < begin < right
        assert not left < stop < right


@pytest.mark.parametrize(
    "unit",
    ["@", "a@", "0", "01 ", "(0", "+44 ", "tel: 0", "a.b@a-", "Mr ", "Mr A ", "Dear ", "From: ", "From:To:", "Aa ",
     "thanks\n", "wrote:", "a, wrote:", "\n", " ", "> ", "Brown ", "Brown, John ", "Brown-", "John-", "J. ",
     "Officer: ", "[name]", "A'"],
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with spending(20):
        mask(text, names=["John Brown", "Jane Doe"])
