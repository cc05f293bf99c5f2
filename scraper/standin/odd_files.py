"""Messages whose files are odd: many, misnamed, slow, scanned, in Welsh."""

import io
from dataclasses import replace
from email.message import EmailMessage

from scraper.standin.carriers import letter_file, letter_pdf_bytes
from scraper.standin.files import (
    DOCX,
    XLSX,
    FileSpec,
    csv_bytes,
    docx_bytes,
    jpeg_bytes,
    text_bytes,
    xlsx_bytes,
    zipped,
)
from scraper.standin.letters import decisions
from scraper.standin.letters.draft import Letter
from scraper.standin.letters.text import cover
from scraper.standin.plots import begin, close
from scraper.standin.records import LetterTruth
from scraper.standin.thread import Thread

FORWARDED = (
    "Date: Mon, 4 Mar 2019 10:00:00 +0000\r\nSubject: Information request\r\nFrom: officer\r\nTo: team\r\n\r\n"
    "Could you look for this?\r\n"
)


def _letter(thread: Thread) -> tuple[Letter, FileSpec]:
    letter = decisions.part(thread.case())
    return letter, replace(letter_file(letter, "pdf", dice=thread.dice), quirk="none")


def _receive(thread: Thread, letter: Letter, files: list[FileSpec], **details: object) -> None:
    truth = LetterTruth(kind="other", outcome="other", letter_date=None, references=letter.truth.references)
    text = str(details.pop("text", cover(letter, [file.name for file in files])))
    thread.receive(text, files=files, truth=truth, **details)  # type: ignore[arg-type]  # passed on as they are


def many_files(thread: Thread) -> None:
    """A message of two bodies, so that its first file is part 3, with gaps, twins and types of all sorts."""
    begin(thread)
    thread.later(5, 15)
    letter, spec = _letter(thread)
    year = thread.asked.year
    figures = csv_bytes(thread.seed, thread.id, year=year)
    page = "<!DOCTYPE html><title>Terms</title><p>These are the terms.</p>\n"
    files = [
        replace(spec, quirk="masked_once"),
        FileSpec(name="Figures.csv", media_type="text/csv", make=figures, part=4),
        FileSpec(name="Figures.csv", media_type="text/csv", make=csv_bytes("other", thread.id, year=year), part=6),
        FileSpec(name="image001.jpeg", media_type="image/jpeg", make=jpeg_bytes, part=7),
        FileSpec(name="logo.jpg", media_type="image/jpeg", make=jpeg_bytes, part=8),
        FileSpec(name="empty.txt", media_type="text/plain", make=text_bytes(""), part=9),
        FileSpec(name="Information request.txt", media_type="text/plain", make=text_bytes(FORWARDED), part=11),
        FileSpec(name="Terms.html", media_type="text/html", make=text_bytes(page), part=12),
        FileSpec(
            name="All.zip", media_type="application/zip", make=lambda: zipped({"a.txt": "A", "b.txt": "B"}), part=13
        ),
        FileSpec(
            name="Costs by ward.xlsx",
            media_type=XLSX,
            make=xlsx_bytes("hiding", thread.id, year=year, hidden_columns=True),
            part=14,
        ),
        FileSpec(name="Costs by month.xlsx", media_type=XLSX, make=xlsx_bytes("open", thread.id, year=year), part=15),
        FileSpec(
            name="Correspondence.zip",
            media_type="application/zip",
            make=lambda: zipped({"Sent/Decision.eml": _forwarding(spec), "Notes/Read me.txt": "Two folders."}),
            part=16,
        ),
    ]
    _receive(thread, letter, files, first_part=3)
    close(thread, "partially_successful")


def _forwarding(spec: FileSpec) -> bytes:
    """A mail that carries a letter, as an office saves one."""
    mail = EmailMessage()
    mail["Date"], mail["Message-ID"] = "Mon, 4 Mar 2019 15:30:00 +0000", "<decision@standin.example>"
    mail["From"], mail["To"], mail["Subject"] = "Information team", "Records team", "Decision to be sent"
    mail.set_content("For your file: the decision as it was sent.\n")
    mail.add_attachment(spec.make(), maintype="application", subtype="pdf", filename=spec.name)
    mail.set_boundary("decision")
    return mail.as_bytes()


def slow_file(thread: Thread) -> None:
    """A file that has to be made ready first, and the visitor is shown a page that waits."""
    begin(thread)
    thread.later(5, 15)
    letter, spec = _letter(thread)
    _receive(thread, letter, [replace(spec, quirk="wait")])
    close(thread, "partially_successful")


def nameless_body(thread: Thread) -> None:
    """A message that is nothing but a file: the file is part 1."""
    begin(thread)
    thread.later(5, 15)
    letter, spec = _letter(thread)
    _receive(thread, letter, [spec], first_part=1, text="")
    thread.later(1, 3)
    note = FileSpec(name="Note.txt", media_type="text/plain", make=text_bytes("The same letter was sent twice.\r\n"))
    _receive(thread, letter, [note], text="[ Email has no body, please see attachments ]")
    close(thread, "partially_successful")


def scanned(thread: Thread) -> None:
    """A letter that was printed, signed and put through a scanner: a picture of words, and no words."""
    begin(thread)
    thread.later(5, 15)
    letter, spec = _letter(thread)
    _receive(thread, letter, [replace(spec, name="Scan 0001.pdf", make=lambda: scan(letter_pdf_bytes(letter)))])
    close(thread, "partially_successful")


def scan(pdf: bytes) -> bytes:
    """The pages of a PDF as grey pictures in a new one."""
    import pypdfium2  # noqa: PLC0415 - only one letter of the world needs these
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            picture = page.render(scale=150 / 72, grayscale=True).to_pil()
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(picture), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def wrong_names(thread: Thread) -> None:
    """Files whose names say what they are not, and one that masking has broken (6.4)."""
    begin(thread)
    thread.later(5, 15)
    letter, spec = _letter(thread)
    whole = docx_bytes(["This annex lists the redactions."])
    files = [
        replace(spec, name="Decision.doc", media_type="application/msword"),
        FileSpec(name="Annex.docx", media_type=DOCX, make=lambda: whole[: len(whole) // 2]),
        FileSpec(
            name="Data.ods", media_type="application/vnd.oasis.opendocument.spreadsheet", make=text_bytes("no table")
        ),
    ]
    _receive(thread, letter, files)
    close(thread, "partially_successful")


WELSH = (
    "Annwyl ymgeisydd,\n\nDiolch am eich cais. Mae'r wybodaeth hon wedi'i heithrio o dan {section}, gan ei bod yn "
    "ddata personol pobl eraill. Cewch ofyn am adolygiad mewnol o fewn 40 diwrnod gwaith.\n\nYn gywir,"
)


def bilingual(thread: Thread) -> None:
    """A refusal in Welsh and then the same in English."""
    begin(thread)
    thread.later(5, 15)
    case = thread.case()
    environmental = case.regime == "EIR"
    provision = "13(1)" if environmental else "40(2)"
    law = "o'r Rheoliadau Gwybodaeth Amgylcheddol 2004" if environmental else "o Ddeddf Rhyddid Gwybodaeth 2000"
    welsh = WELSH.format(section=f"{'rheoliad' if environmental else 'adran'} {provision} {law}")
    english = (
        "Dear applicant,\n\nThank you for your request. The information is exempt under "
        f"{case.style.cite(case.regime, provision, with_name=True)}, as it is the personal data of other people. "
        "You may ask for an internal review within 40 working days.\n\nYours faithfully,"
    )
    truth = LetterTruth(
        kind="refusal_notice",
        outcome="withheld",
        letter_date=None,
        references=(case.reference,),
        relied_on=((case.regime, provision),),
    )
    head = f"Ein cyf / {case.style.reference_label} {case.reference}"
    thread.receive(f"{head}\n\n{welsh}\n\n{case.officer}\n\n{english}\n\n{case.officer}", truth=truth)
    close(thread, "rejected")
