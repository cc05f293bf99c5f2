"""Days of requests that are printed without their year, or after the letter's own."""

import pytest

from parsers.letters.reading import read_letter

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
