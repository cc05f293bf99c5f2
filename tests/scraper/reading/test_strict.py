"""JSON to records: only what the types say."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.documents.records import DocumentText, Page
from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext, Reading
from scraper.reading.jobs import decode, encode
from scraper.reading.strict import BadShapeError, load
from tests.parsers.documents.samples import LETTER

pages = st.builds(
    Page,
    number=st.integers(1, 9),
    text=st.text(),
    source=st.sampled_from(["text_layer", "plain", "ocr"]),
    confidence=st.none() | st.floats(0, 1),
)
documents = st.builds(
    DocumentText,
    status=st.sampled_from(["read", "no_text", "bomb"]),
    document_type=st.sampled_from(["pdf", "txt"]),
    pages=st.lists(pages, max_size=3).map(tuple),
    detail=st.none() | st.text(),
    tool=st.text(max_size=9),
)


@given(documents)
def test_a_document_comes_back_as_it_was(document: DocumentText) -> None:
    assert decode(DocumentText, encode(document)) == document


def test_a_reading_comes_back_as_it_was() -> None:
    reading = read_letter("\n".join(LETTER))
    assert reading.citations
    assert decode(Reading, encode(reading)) == reading


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "splendid"}, "DocumentText.status is none of read, no_text"),
        ({"status": 3}, "DocumentText.status is none of"),
        ({"pages": "none"}, "DocumentText.pages is not a list"),
        ({"pages": [{"number": "1", "text": "", "source": "plain"}]}, r"pages\[0\].number is not a whole number"),
        ({"pages": [{"number": True, "text": "", "source": "plain"}]}, r"pages\[0\].number is not a whole number"),
        ({"pages": [{"number": 1, "source": "plain"}]}, r"pages\[0\] lacks one of text"),
        ({"pages": [3]}, r"pages\[0\] is not an object"),
        ({"detail": 4}, "DocumentText.detail is not text"),
        ({"surprise": 1}, "DocumentText has no field 'surprise'"),
    ],
)
def test_anything_else_is_refused_by_name(change: dict[str, object], sentence: str) -> None:
    whole = json.loads(json.dumps(asdict(DocumentText(status="read", document_type="pdf", pages=()))))
    with pytest.raises(BadShapeError, match=sentence):
        load(DocumentText, whole | change)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_no_value_makes_it_fail_in_another_way(value: object) -> None:
    for kind in (DocumentText, Reading, LetterContext):
        try:
            load(kind, value)
        except BadShapeError as error:
            assert str(error).startswith(kind.__name__)  # noqa: PT017 - most values fail, an empty object is a context
