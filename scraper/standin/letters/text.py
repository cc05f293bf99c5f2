"""A letter as the plain words of an e-mail."""

from collections.abc import Iterable

from scraper.standin.letters.draft import Block, Bullets, Heading, Letter, PageBreak, Paragraph, Table


def as_text(letter: Letter, *, with_date: bool) -> str:
    """The letter as it stands in the body of a message; the day is printed only where asked for."""
    case = letter.case
    head = [f"{case.style.reference_label} {case.reference}"]
    if with_date:
        head.append(f"Date: {case.style.day(case.today)}")
    parts = ["\n".join(head), f"{letter.salutation},", letter.heading]
    parts.extend(_blocks(letter.blocks))
    parts.append("\n".join((case.style.closing + ",", "", *letter.signed)))
    parts.append(f"Tel: {case.style.phone}\nfoi@{case.authority.domain}.example\nhttps://{case.style.website}")
    parts.extend(_blocks(letter.annex))
    return "\n\n".join(parts)


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    return (text for text in map(_block, blocks) if text)


def _block(block: Block) -> str:
    match block:
        case Paragraph(text) | Heading(text):
            return text
        case Bullets(items, numbered):
            return "\n".join(f"{place}. {item}" if numbered else f"* {item}" for place, item in enumerate(items, 1))
        case Table(rows):
            return "\n".join(" | ".join(row) for row in rows)
        case PageBreak():
            return ""


def cover(letter: Letter, files: Iterable[str]) -> str:
    """The short message that a letter is attached to: it names the case and says nothing of substance."""
    case = letter.case
    said = case.dice.pick(
        (
            "Please find attached the response to your request.",
            "Please see the attached letter in answer to your recent request for information.",
            "I attach our reply. Please note that this mailbox is not read at weekends.",
            "Attached is a letter about your request.",
        )
    )
    names = ", ".join(files)
    lines = [f"{letter.salutation},", f"{case.style.reference_label} {case.reference}", said]
    if case.dice.chance(0.2):
        lines.append(f"Attachments: {names}")
    lines.append("\n".join((case.style.closing + ",", "", *letter.signed)))
    if case.dice.chance(0.5):
        lines.append(f"{case.authority.name} | {case.style.phone} | foi@{case.authority.domain}.example")
    return "\n\n".join(lines)
