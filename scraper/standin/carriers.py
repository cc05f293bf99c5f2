"""How a letter travels: as a file that a short message carries."""

from parsers.letters.records import LetterKind, Outcome
from scraper.standin.dice import Dice
from scraper.standin.files import DOCX, FileSpec, docx_bytes
from scraper.standin.letters.draft import Letter
from scraper.standin.letters.text import as_text
from scraper.standin.records import LetterTruth, Quirk


def cover_truth(letter: Letter) -> LetterTruth:
    """What the message says that only carries a letter."""
    kind: LetterKind = "other"
    outcome: Outcome = "other"
    return LetterTruth(kind=kind, outcome=outcome, letter_date=None, references=letter.truth.references)


def letter_file(letter: Letter, way: str, *, dice: Dice) -> FileSpec:
    """The letter as a file."""
    number = "".join(char for char in letter.case.reference if char.isalnum())
    stem = dice.pick(
        (
            f"FOI response {number}",
            f"{number} letter",
            "Response",
            f"Decision letter {number}",
            f"Final response {number}",
        )
    )
    words = as_text(letter, with_date=True)
    quirk: Quirk = "masked_once" if dice.chance(0.3) else "none"
    if way == "docx":
        return FileSpec(
            name=f"{stem}.docx",
            media_type=DOCX,
            make=lambda: docx_bytes(words.split("\n")),
            truth=letter.truth,
            text=words,
            quirk=quirk,
        )
    return FileSpec(
        name=f"{stem}.pdf",
        media_type="application/pdf",
        make=lambda: letter_pdf_bytes(letter),
        truth=letter.truth,
        text=words,
        quirk=quirk,
    )


def letter_pdf_bytes(letter: Letter) -> bytes:
    """The letter as PDF."""
    from scraper.standin.pdf import letter_pdf  # noqa: PLC0415 - reportlab is slow to import and many tests need no file

    return letter_pdf(letter)
