"""Painted lines to the text of a page: nothing lost, and read as a person reads."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from parsers.documents.pdf.layout import MOST_BLOCKS_ORDERED, Line, is_shuffled, joined_rows, page_text
from parsers.documents.pdf.ruled import Rule, torn_rows


def line(text: str, left: float, bottom: float, *, width: float | None = None, height: float = 12) -> Line:
    wide = width if width is not None else 6 * len(text)
    return Line(text=text, left=left, right=left + wide, bottom=bottom, top=bottom + height)


def column(*texts: str, left: float = 60, top: float = 700, step: float = 14) -> list[Line]:
    return [line(text, left, top - number * step) for number, text in enumerate(texts)]


words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)
places = st.floats(-2000, 2000, allow_nan=False)
lines = st.builds(line, words, places, places, width=st.floats(0, 500), height=st.floats(0, 40))


@given(st.lists(lines, max_size=40))
def test_every_letter_comes_through_once(page: list[Line]) -> None:
    printed = Counter("".join(page_text(page).split()))
    assert printed == Counter("".join(one.text for one in page))


@given(st.lists(lines, max_size=40))
def test_disorder_can_be_asked_of_any_page(page: list[Line]) -> None:
    assert is_shuffled(page) in {True, False}


def test_no_lines_are_no_text() -> None:
    assert page_text([]) == ""


def test_a_footer_painted_first_comes_last() -> None:
    assert page_text([*column("Page 1 of 2", top=30), *column("Dear requester,", "We hold it.")]) == (
        "Dear requester,\nWe hold it.\n\nPage 1 of 2"
    )


def test_columns_stay_whole_as_painted() -> None:
    left, right = column("one", "two", "three"), column("four", "five", "six", left=300)
    assert page_text([*left, *right]) == "one\ntwo\nthree\n\nfour\nfive\nsix"


def test_a_sidebar_painted_between_two_parts_of_the_body_does_not_split_the_first() -> None:
    sidebar = column("Chair:", "A. Person", left=450, top=700, step=300)
    assert page_text([*column("one", "two", top=680), *sidebar]) == "one\ntwo\n\nChair:\n\nA. Person"


def test_a_raised_ending_joins_its_row() -> None:
    row = [line("on 4", 60, 500, width=24), line("th", 84, 505, width=8, height=7), line("April", 96, 500)]
    assert page_text(row) == "on 4th April"


def test_texts_far_apart_in_a_row_keep_their_distance() -> None:
    assert (
        page_text([line("Our ref: 12", 60, 500, width=60), line("3 May 2022", 400, 500)]) == "Our ref: 12   3 May 2022"
    )


def test_paragraphs_are_parted_where_the_step_is_wider_than_usual() -> None:
    page = [*column("one", "two", "three", "four"), *column("five", "six", top=628)]
    assert page_text(page) == "one\ntwo\nthree\nfour\n\nfive\nsix"


def test_wide_line_spacing_is_no_paragraph_break() -> None:
    texts = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    assert page_text(column(*texts, step=22)) == "\n".join(texts)


def test_a_page_of_far_too_many_blocks_is_left_as_painted() -> None:
    page = [line(str(number), 60, float(number * 20)) for number in range(MOST_BLOCKS_ORDERED + 5)]
    assert page_text(page).split() == [one.text for one in page]


def test_disorder_is_told_from_columns_and_tables() -> None:
    texts = [f"This is line {number} of a page." for number in range(24)]
    ordered = column(*texts)
    mixed = sorted(ordered, key=lambda one: one.bottom * 17 % 31)
    cells = [
        one for top in range(700, 100, -40) for left in (60, 250, 400) for one in column("a", "b", left=left, top=top)
    ]
    assert not is_shuffled(ordered)
    assert is_shuffled(mixed)
    assert not is_shuffled(cells)
    assert not is_shuffled([*column(*texts[:12]), *column(*texts[12:], left=320)])


def test_a_title_and_a_footer_painted_one_after_the_other_do_not_meet() -> None:
    title, footer = line("Mallowshire District Council", 200, 800), line("www.mallow.example   Page 1", 180, 30)
    address, body = column("Town Hall", "Mallowby", left=300, top=770), column("We hold nothing at all. " * 3, top=680)
    printed = page_text([title, footer, *address, *body]).split("\n\n")
    assert [part.split()[0] for part in printed] == ["Mallowshire", "Town", "We", "www.mallow.example"]


def test_short_paragraphs_are_paragraphs_though_most_steps_are_wide() -> None:
    page = [line(f"{number}", 60, 700 - 22 * number) for number in range(8)]
    page += [
        line(text, 60, 500 - 14 * number) for number, text in enumerate(["a long one", "that wraps", "and wraps again"])
    ]
    assert page_text(page) == "0\n\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n\na long one\nthat wraps\nand wraps again"


def test_small_print_has_steps_of_its_own() -> None:
    page = [*column(*"abcdef"), *[line(text, 60, 500 - 8 * number, height=7) for number, text in enumerate("uvwxyz")]]
    assert page_text(page) == "a\nb\nc\nd\ne\nf\n\nu\nv\nw\nx\ny\nz"


def test_a_table_is_torn_where_two_columns_cross_the_lines_between_its_rows() -> None:
    drawn = [Rule(height, 50, 500) for height in (615, 645, 675)]
    left, right = (column("a", "b", "c", left=start, top=680, step=30) for start in (60, 300))
    cells = [cell for row in zip(left, right, strict=True) for cell in row]
    assert torn_rows(joined_rows([*left, *right]), drawn)
    assert not torn_rows(joined_rows(cells), drawn)
    assert not torn_rows(joined_rows([*left, *right]), [])
    assert not torn_rows(joined_rows([*left, *right]), [Rule(645, 50, 500)])
    assert not torn_rows(joined_rows([*left, *right]), [Rule(height, 50, 200) for height in (615, 645, 675)])


@given(st.lists(lines, max_size=40), st.lists(st.builds(Rule, places, places, places), max_size=20))
def test_torn_tables_can_be_looked_for_on_any_page(page: list[Line], drawn: list[Rule]) -> None:
    assert torn_rows(joined_rows(page), sorted(drawn)) in {True, False}
