"""Every kind of file is known by its bytes, whatever it is called, and no bytes make the sniffer fail."""

import gzip
import io
import random
import tarfile
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.documents.records import DocumentType
from parsers.documents.sniff import sniff
from tests.parsers.documents import samples
from tests.parsers.documents.containers import office, ole, zipped

MAIL = b"Received: from mail.example\r\nFrom: a@b.example\r\nSubject: Reply\r\nMIME-Version: 1.0\r\n\r\nDear all"
TYPED = b"From: Records Team\nSent: 3 May 2022\nTo: A Requester\nSubject: Your request\nDate: today\n\nDear requester"
ODF = "application/vnd.oasis.opendocument."
WORD = ("word/document.xml", "word/styles.xml")


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, body in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return out.getvalue()


KNOWN: list[tuple[str, bytes, DocumentType]] = [
    ("pdf", samples.empty_page(), "pdf"),
    ("pdf after a gateway's words", b"X-Scanned: yes\r\n\r\n" + samples.empty_page(), "pdf"),
    ("docx", office(*WORD), "docx"),
    ("docx with a workbook inside", office(*WORD, "word/embeddings/xl/workbook.xml"), "docx"),
    ("docm", office(*WORD, "word/vbaProject.bin"), "docm"),
    ("xlsx", office("xl/workbook.xml"), "xlsx"),
    ("xlsb", office("xl/workbook.bin"), "xlsb"),
    ("pptx", office("ppt/presentation.xml"), "pptx"),
    ("odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "odt"),
    ("ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "ods"),
    ("docx behind something else", office(*WORD).replace(b"PK\x03\x04", b"PK\x03\x04..", 1), "docx"),
    ("docx whose end is lost", office(*WORD)[:-60], "docx"),
    ("zip", zipped({"one.txt": "words", "two.pdf": b"%PDF"}), "zip"),
    ("empty zip", zipped({}), "zip"),
    ("doc", ole("WordDocument", "1Table"), "doc"),
    ("doc with a workbook inside", ole("1Table", "WordDocument", embedded="Workbook"), "doc"),
    ("doc with small letters", ole("worddocument"), "doc"),
    ("locked docx beside other streams", ole("EncryptedPackage", "WordDocument"), "docx"),
    ("xls", ole("Workbook"), "xls"),
    ("old xls", ole("Book"), "xls"),
    ("msg", ole("__nameid_version1.0", "__properties_version1.0"), "msg"),
    ("another OLE file", ole("Some Other Stream"), "unknown"),
    ("old presentation", ole("PowerPoint Document", "Current User"), "ppt"),
    ("old drawing", ole("VisioDocument"), "visio"),
    ("old booklet", ole("Contents", "Quill"), "publisher"),
    ("docx whose main part has a number", office("word/document2.xml"), "docx"),
    ("xlsx of another program", office("XL/Workbook.xml"), "xlsx"),
    ("docx that begins with another part", zipped({"word/document.xml": "", "[Content_Types].xml": ""}), "docx"),
    ("odt packed anew", zipped({"content.xml": "<x/>", "mimetype": f"{ODF}text"}), "odt"),
    ("zip of an odt", zipped({"a.odt": zipped({"mimetype": f"{ODF}text", "content.xml": ""})}), "zip"),
    ("odp", zipped({"mimetype": f"{ODF}presentation", "content.xml": ""}), "odp"),
    ("odg", zipped({"mimetype": f"{ODF}graphics", "content.xml": ""}), "odg"),
    ("epub", zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "epub"),
    ("new drawing", office("visio/document.xml"), "visio"),
    ("xps", office("FixedDocumentSequence.fdseq"), "xps"),
    ("pages", zipped({"Index/Document.iwa": b"", "preview.jpg": b""}), "iwork"),
    ("rtf", rb"{\rtf1\ansi Dear}", "rtf"),
    ("rtf after blank lines", b"\r\n {\\rtf1 Dear}", "rtf"),
    ("big tiff", b"II+\0\x08\0\0\0", "tiff"),
    ("gzip", gzip.compress(b"words"), "gz"),
    ("tar", tarred({"one.txt": b"words"}), "tar"),
    ("7-zip", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), "7z"),
    ("rar", b"Rar!\x1a\x07\x01\0" + bytes(40), "rar"),
    ("bzip2", b"BZh91AY&SY\0\1", "bz2"),
    ("xz", b"\xfd7zXZ\0\0\4", "xz"),
    ("cabinet", b"MSCF\0\0\0\0\1\2", "cab"),
    ("bitmap", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + bytes(36), "bmp"),
    ("webp", b"RIFF\x24\0\0\0WEBPVP8 ", "webp"),
    ("heic", b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
    ("avif", b"\0\0\0\x18ftypavif\0\0\0\0", "heic"),
    ("jpeg 2000", b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    ("svg", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>No</text></svg>', "svg"),
    ("metafile", b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(40), "metafile"),
    ("mp3", b"ID3\4\0\0\0\0\0\0", "audio"),
    ("mp3 without a head", b"\xff\xfb\x90\x44" + bytes(400), "audio"),
    ("wav", b"RIFF\x24\0\0\0WAVEfmt ", "audio"),
    ("m4a", b"\0\0\0\x20ftypM4A \0\0\0\0", "audio"),
    ("mp4", b"\0\0\0\x20ftypisom\0\0\2\0", "video"),
    ("calendar entry", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "ics"),
    ("address card", b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:3.0\r\n", "vcf"),
    ("access", b"\0\1\0\0Standard ACE DB\0", "access"),
    ("Word 2003 in XML", b'<?xml version="1.0"?>\r\n<?mso-application progid="Word.Document"?><w:x/>', "officexml"),
    (
        "Excel 2003 in XML",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "officexml",
    ),
    ("flat OpenDocument", b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis">', "officexml"),
    ("postscript", b"%!PS-Adobe-3.0\n", "postscript"),
    ("S/MIME signature", b"\x30\x82\x0a\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", "signature"),
    ("PGP message", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA", "pgp"),
    ("program", b"MZ\x90\0\3\0\0\0", "program"),
    ("mailbox", b"From a@b.example Tue May  3 09:00:00 2022\nFrom: a@b.example\nSubject: Reply\n\nDear all", "mbox"),
    ("a letter that begins with From", b"From Monday the office is closed.\nTo us it matters.\n", "txt"),
    ("mail with a PDF in plain bytes", MAIL + b"\r\n%PDF-1.4\n", "eml"),
    ("text about PDF", b"A PDF begins with %PDF- and a number.\n", "txt"),
    ("a piece of a page", b"<p>Dear requester,</p>\n<p>We hold nothing.</p>", "html"),
    ("a table of a page", b'<table border="1"><tr><td>Ward</td></tr></table>', "html"),
    ("text with a mark of less", b"<p is less than q\n", "txt"),
    ("other XML", b'<?xml version="1.0"?>\n<contracts><contract>1</contract></contracts>', "txt"),
    ("txt in UTF-32", "Dear requester, we hold it.".encode("utf-32"), "txt"),
    ("txt in UTF-32 without a mark", "Dear requester, we hold it.".encode("utf-32-be"), "txt"),
    ("Greek in UTF-8", ("Αγαπητή κυρία " * 20).encode(), "txt"),
    ("EBCDIC", "Dear requester, we hold nothing of the kind.\n".encode("cp500"), "unknown"),
    ("Greek without Unicode", ("Αγαπητή κυρία " * 20).encode("cp1253"), "unknown"),
    ("noise that begins like UTF-16", b"\xff\xfe" + random.Random(5).randbytes(3000), "unknown"),  # noqa: S311 - a test
    ("one nought", b"\0", "unknown"),
    ("one letter", b"A", "txt"),
    ("one odd byte", b"\xe9", "txt"),
    ("noughts", bytes(5000), "unknown"),
    ("tnef", b"\x78\x9f\x3e\x22\x01\x00", "tnef"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png"),
    ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "jpg"),
    ("tiff", b"II*\0\x08\0\0\0", "tiff"),
    ("big-endian tiff", b"MM\0*\0\0\0\x08", "tiff"),
    ("gif", b"GIF89a\x01\0\x01\0", "gif"),
    ("eml", MAIL, "eml"),
    ("text that begins like a mail", TYPED, "txt"),
    ("html", b"\n<!DOCTYPE HTML>\n<p>Dear", "html"),
    ("xhtml", b"\xef\xbb\xbf<?xml version='1.0'?>\n<html>", "html"),
    ("html after a comment", b"<!-- saved -->\n<html><body>", "html"),
    ("html in UTF-16", "\ufeff<html><body>Dear".encode("utf-16-le"), "html"),
    ("csv", b"year,requests,refused\n2021,90,12\n2022,95,9\n", "csv"),
    ("csv with quotes", b'ward,cost,when\r\n"Elm, north","1,204","3 May\r\n2022"\r\nOak,9,now\r\n', "csv"),
    ("csv with semicolons", "ward;cost;share\nTŷ Elm;1,5;3\nOak;2;4,0\n".encode(), "csv"),
    ("csv with tabs in UTF-16", "\ufeffward\tcost\tshare\nElm\t1\t2\nOak\t3\t4\n".encode("utf-16-le"), "csv"),
    ("long csv", b"ward,cost,share\n" + b'"Elm, north",1,2\n' * 900, "csv"),
    (
        "prose with commas",
        b"First, second, and third.\nWe hold, as said, nothing at all, however.\nYours, Ann, Bo\n",
        "txt",
    ),
    ("txt", b"Dear requester,\nWe hold nothing.\n", "txt"),
    ("txt in UTF-16", "\ufeffDear requester".encode("utf-16-le"), "txt"),
    ("txt in UTF-16 without a mark", "Dear requester, we hold nothing.".encode("utf-16-be"), "txt"),
    ("txt in Windows-1252", b"the council\x92s reply costs \xa320", "txt"),
    ("nothing", b"", "unknown"),
    ("spaces", b"  \n ", "unknown"),
    ("noise", random.Random(4).randbytes(3000), "unknown"),  # noqa: S311 - a test
]


@pytest.mark.parametrize(("data", "kind"), [one[1:] for one in KNOWN], ids=[one[0] for one in KNOWN])
def test_bytes_decide(data: bytes, kind: DocumentType) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(("data", "kind"), [one[1:] for one in KNOWN], ids=[one[0] for one in KNOWN])
def test_a_wrong_name_does_not_mislead(data: bytes, kind: DocumentType) -> None:
    assert sniff(data, name="reply.txt" if kind not in {"csv", "txt"} else "reply.docx") == kind


def test_every_type_of_the_records_is_told_by_some_bytes() -> None:
    assert {kind for _, _, kind in KNOWN} == set(get_args(DocumentType))


def test_a_name_tells_what_bytes_cannot() -> None:
    assert sniff(b"name\nAnn\n", name="staff.csv") == "csv"
    assert sniff(b"1,2,3\n4,5,6\n7,8,9\n", name="reply.txt") == "txt"
    assert sniff(b"Subject: a reply\n\nDear", name="reply.EML") == "eml"
    assert sniff(b"<p>Dear requester</p>", name="reply.htm") == "html"
    assert sniff(zipped({"content.xml": "<x/>"}), name="reply.odt") == "odt"
    assert sniff(zipped({"content.xml": "<x/>"})) == "zip"


@given(
    st.binary(max_size=3000), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"])
)
def test_any_bytes_are_of_some_kind(data: bytes, start: bytes) -> None:
    assert sniff(start + data) in get_args(DocumentType)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.docx", "docx"), ("a.PPTX", "pptx"), ("a.vsdx", "unknown"), (None, "unknown")]
)
def test_an_office_file_of_which_little_is_left_is_no_archive(name: str | None, kind: str) -> None:
    assert sniff(office("_rels/.rels")[:140], name=name) == kind


def test_an_archive_is_not_what_lies_in_it() -> None:
    assert sniff(zipped({"a.pdf": b"%PDF-1.7 a letter"})) == "zip"


@given(st.data())
def test_damaged_containers_are_of_some_kind(data: st.DataObject) -> None:
    sample = bytearray(data.draw(st.sampled_from([office(*WORD), ole("WordDocument", embedded="Workbook")])))
    for _ in range(data.draw(st.integers(1, 30))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    assert sniff(bytes(sample)) in get_args(DocumentType)


def test_a_directory_that_loops_or_never_ends_is_left_in_time() -> None:
    looped = bytearray(ole("WordDocument"))
    looped[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert sniff(bytes(looped)) == "doc"
    entry = b"PK\x01\x02" + bytes(24) + b"\x01\0" + bytes(16) + b"x"
    many = b"PK\x03\x04" + entry * 400_000
    assert sniff(many + b"PK\x05\x06" + bytes(12) + (4).to_bytes(4, "little") + b"\0\0") == "zip"


def test_a_long_start_of_spaces_or_comments_is_no_trap() -> None:
    assert sniff(b" " * 2_000_000 + b"<html>") in {"txt", "unknown"}
    assert sniff(b"<!--" * 500_000) == "txt"
