import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import parse_html
from parsers.wdtk.text import read_text, whole_address


@pytest.mark.parametrize(
    ("shown", "href", "expected"),
    [
        ("https://bins.example/a", "https://bins.example/a", "https://bins.example/a"),
        ("https://bins.example/repo...", "https://bins.example/reports", "https://bins.example/reports"),
        ("www.bins.example", "http://www.bins.example", "http://www.bins.example"),
        ("www.bins.example/repo...", "http://www.bins.example/reports", "http://www.bins.example/reports"),
        ("https://foi.example/req...", "http://127.0.0.1:8099/request/x", "https://foi.example/request/x"),
        ("https://bins.example/...", "https://bins.example/...", "https://bins.example/..."),
        # Words that do not shorten the address stay: they are what the author, or the site, wrote.
        ("email address", "/help/officers#mobiles", "email address"),
        ("see here...", "https://bins.example/a", "see here..."),
        ("https://bins.example/a...", "https://other.example/b", "https://bins.example/a..."),
        ("https://[broken...", "https://bins.example/", "https://[broken..."),
        ("...", "", ""),
        ("", "https://bins.example/a", ""),
    ],
)
def test_the_whole_address_of_a_link(shown: str, href: str, expected: str) -> None:
    assert whole_address(shown, href) == expected


def _read(markup: str) -> tuple[str, tuple[str, ...]]:
    leftovers = Leftovers()
    ((container,),) = parse_html(f"<html><body><div>{markup}</div></body></html>".encode())
    return read_text(container, where="incoming-7", leftovers=leftovers), leftovers.found


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p>a<br>b<br><br><br><br>c</p>", "a\nb\n\nc"),
        ("<p> a \n b\t</p>\n\n<p>\n</p> <p>c</p>", "a b\n\nc"),
        ("a<br> <br />b", "a\n\nb"),
        ("<p>a [<a href='/help/officers#mobiles'>email address</a>] b</p>", "a [email address] b"),
        ('<p>a</p><p><span class="unfold_link"><br /><a href="?unfold=1#incoming-7">show</a><br /></span></p>', "a"),
        ("<p>&lt;b&gt; &amp;amp; &#8217;</p>", "<b> &amp; ’"),
        ("", ""),
    ],
)
def test_words_keep_their_lines_and_paragraphs(markup: str, expected: str) -> None:
    assert _read(markup) == (expected, ())


def test_a_template_that_hides_words_does_not_give_them() -> None:
    text, found = _read("<p>a</p><style>p{}</style><script>alert(1)</script><p>b</p>")
    assert text == "a\n\nb"
    assert found == ("incoming-7 text: unknown <style> 'p{}'", "incoming-7 text: unknown <script> 'alert(1)'")


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", " ", "\n", "a", "<a href='b'>", "</a>", "<ul><li>"])))
def test_text_has_no_space_at_line_ends_and_no_empty_paragraph(pieces: list[str]) -> None:
    text, _ = _read("".join(pieces))
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert all(line == line.strip(" ") for line in text.split("\n"))
    assert text.count("a") == pieces.count("a")
