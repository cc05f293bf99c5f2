"""What passes between the command and a worker survives the way, and what is no message is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letters.records import LetterContext
from scraper.reading.cluster.orders import (
    Batch,
    Order,
    Told,
    pack,
    packed_answers,
    packed_orders,
    unpack,
    unpacked_answers,
    unpacked_orders,
)

SHA256 = "ab" * 32


def test_orders_and_answers_come_as_they_went() -> None:
    orders = [
        (Order(kind="document", sha256=SHA256, name="a\udcff“.pdf", sent=True), b"%PDF\x00"),
        (Order(kind="letter", pages=("one", ""), context=LetterContext(authority="A", law_used="foi")), b""),
    ]
    came = unpacked_orders(packed_orders(orders))
    assert [data for _, data in came] == [b"%PDF\x00", b""]
    assert came[0][0].name == "a\ufffd“.pdf"
    assert came[1] == orders[1]
    answers = [(Told(state="lost", status="bomb", detail="It is one."), b""), (Told(state="done"), b"{}")]
    batch = Batch(seconds=1.5, worker="tcp://10.0.0.4:1")
    assert unpacked_answers(packed_answers(batch, answers)) == (batch, answers)


@given(st.lists(st.binary(max_size=50), max_size=5), st.data())
def test_what_is_torn_is_no_message(bodies: list[bytes], data: st.DataObject) -> None:
    packed = pack(bodies)
    assert list(unpack(packed)) == bodies
    cut = data.draw(st.integers(0, max(0, len(packed) - 1)))
    try:
        left = list(unpack(packed[:cut]))
    except ValueError:
        return
    assert left == bodies[: len(left)]


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x00", b"not at all a message", pack([b"{}", b"{}"]), pack([b'{"seconds": "long"}']), pack([b"[" * 9000])],
)
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever says so first
        unpacked_answers(answer)
