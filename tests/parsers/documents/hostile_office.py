"""Office files made to do harm."""

import io
import zipfile

from tests.parsers.documents.marked import ODF, SPACES, odt, p, word


def zip_bomb() -> bytes:
    """A docx of some 60 kB whose text unpacks to 64 MB."""
    return repacked(word(""), "word/document.xml", b"<w:document><w:body>" + b" " * (64 << 20))


def many_parts() -> bytes:
    """A docx with twenty thousand parts."""
    out = io.BytesIO(word(p("x")))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"word/part{number}.xml", b"")
    return out.getvalue()


def entities() -> bytes:
    """A docx whose text is one entity of a billion words."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE x [<!ENTITY e0 "word ">{levels}]><w:document {SPACES}><w:body>&e9;</w:body></w:document>'
    return repacked(word(""), "word/document.xml", body.encode())


def outside_entity() -> bytes:
    """An odt that asks for a file of the system."""
    body = "<office:body><office:text><text:p>&outside;</text:p></office:text></office:body>"
    content = f'<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/passwd">]><office:document-content {ODF}>{body}'
    return repacked(odt(""), "content.xml", f"{content}</office:document-content>".encode("utf-16"))


def deep() -> bytes:
    """A docx of tables in tables, beyond all bounds."""
    return word("<w:tbl><w:tr><w:tc>" * 50_000)


def wide() -> bytes:
    """A docx of a hundred thousand rows."""
    return word("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 100_000 + "</w:tbl>" + p("end"))


def fields() -> bytes:
    """A docx of fields in fields."""
    return word("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000 + "</w:p>" + p("end"))


def repacked(data: bytes, name: str, body: bytes) -> bytes:
    """The same file, packed, with other bytes in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            plain = zipfile.ZIP_STORED if each == "mimetype" else None
            new.writestr(each, body if each == name else old.read(each), compress_type=plain)
    return out.getvalue()
