"""Small raised numbers, such as the marks of notes, are no digits of the number before them."""

HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(words: str) -> str:
    """How raised words stand in a line: ``40`` and a raised ``1`` as ``40¹``; with letters among them as they are.

    Not in brackets: ``40[1]`` is how some letters print section 40(1).
    """
    return words if any(map(str.isalpha, words)) else words.translate(HIGH)


def note_mark(number: int) -> str:
    """What stands where a note hangs, and before the note."""
    return raised(str(number))
