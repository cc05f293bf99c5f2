"""Rich text files to text by page.

The marks are read here and not through striprtf, which the tests have as a second opinion: it gives the words of the
body and the cells of its tables, but neither headers and footers nor text boxes nor notes, and prints deleted and
hidden text among the others.

Left out as in Word documents: comments, deleted and hidden text, the codes of fields. A text box stands before its
paragraph, headers before the text, notes and footers after it.
"""

from parsers.documents.caps import CAPS, Caps
from parsers.documents.records import DocumentText
from parsers.documents.result import failure, written
from parsers.documents.word.rtf_reader import RtfReader
from parsers.documents.word.rtf_state import MOST_DEPTH, TOO_DEEP
from parsers.documents.word.rtf_tokens import tokens

TOOL = "rtf"


def read_rtf(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The text of a rich text file as it is shown. Objects and pictures in it are never opened."""
    reader = RtfReader()
    for token in tokens(data):
        reader.take(token)
        if reader.depth > MOST_DEPTH:
            return failure("rtf", "damaged", TOO_DEEP, tool=TOOL)
    notes = ["It ends before its groups do, so that something may be missing."] if reader.depth else []
    texts = reader.pages()
    if reader.pictures and not any(texts):
        notes.append("It holds a picture.")
    return written("rtf", texts, caps=caps, tool=TOOL, notes=notes)
