import pytest
from lxml import etree

from parsers.errors import ParseError, SelectorError
from parsers.select import Node, css, describe, xpath

PAGE = """
<div id="page"><p class="note">one</p><p class="note loud">two</p><ul><li>three</li></ul></div>
"""


@pytest.fixture
def page() -> Node:
    found = etree.fromstring(PAGE)
    assert found is not None
    return found


def test_one_gives_the_only_match(page: Node) -> None:
    assert css("li", what="an item").one(page).text == "three"


@pytest.mark.parametrize(("expression", "found"), [("p.note", 2), ("p.quiet", 0)])
def test_one_says_what_it_expected_and_where(page: Node, expression: str, found: int) -> None:
    with pytest.raises(SelectorError) as error:
        css(expression, what="the note").one(page)
    assert str(error.value) == f"expected exactly one the note ({expression}) in <div#page>, found {found}"


def test_some_gives_every_match_in_order(page: Node) -> None:
    assert [node.text for node in css("p.note", what="a note").some(page)] == ["one", "two"]


def test_some_refuses_nothing(page: Node) -> None:
    with pytest.raises(SelectorError, match="expected at least one a heading"):
        css("h1", what="a heading").some(page)


def test_maybe_gives_a_match_or_none(page: Node) -> None:
    assert css("p.loud", what="a loud note").maybe(page) is not None
    assert css("h1", what="a heading").maybe(page) is None


def test_maybe_refuses_two(page: Node) -> None:
    with pytest.raises(SelectorError, match="expected at most one a note"):
        css("p", what="a note").maybe(page)


def test_all_may_be_empty(page: Node) -> None:
    assert list(css("h1", what="a heading").all(page)) == []


def test_css_looks_below_the_node_only(page: Node) -> None:
    (items,) = css("ul", what="a list").all(page)
    assert list(css("p", what="a note").all(items)) == []


def test_xpath_is_relative_to_the_node(page: Node) -> None:
    assert [node.tag for node in xpath("./*", what="a part").all(page)] == ["p", "p", "ul"]


def test_a_selector_error_is_a_parse_error() -> None:
    assert issubclass(SelectorError, ParseError)


def test_describe_reads_like_a_selector(page: Node) -> None:
    assert [describe(node) for node in page] == ["<p.note>", "<p.note.loud>", "<ul>"]
