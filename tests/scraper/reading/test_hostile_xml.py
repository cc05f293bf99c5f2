"""Entities, packing and declarations that promise more than anybody can hold, in every format that is XML in a zip."""

import io
import zipfile
from collections.abc import Callable

import pytest

from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import books, hostile_office
from tests.parsers.documents.layouts import WRITERS, Laid
from tests.parsers.documents.marked import odt, p, word
from tests.patience import until
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=60, wall_seconds=120)
"""For what comes to its own end: the processor seconds that any document has."""
MAIN = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "ods": "content.xml",
    "pptx": "ppt/slides/slide1.xml",
}


def slides() -> bytes:
    """A presentation of one slide, no more than a reader needs."""
    out = io.BytesIO()
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/presentationml/2006/main"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="{office}" xmlns:r="{links}"><p:sldIdLst><p:sldId id="256" r:id="r1"/>'
            "</p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{links}/slide" Target="slides/slide1.xml"/>'
            "</Relationships>",
        )
        archive.writestr(MAIN["pptx"], f'<p:sld xmlns:p="{office}"/>')
    return out.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: word(p("x")),
    "odt": lambda: odt(""),
    "xlsx": lambda: books.saved(books.xlsx()),
    "ods": books.ods,
    "pptx": slides,
}


def laughs(main: bytes) -> bytes:
    """Entities of entities: a billion words, where the file's own XML begins."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "word ">{levels}]>'.encode() + _with(main, b"&e9;")


def one_long_entity(main: bytes) -> bytes:
    """One entity of a hundred thousand letters, fifty thousand times."""
    return b'<!DOCTYPE x [<!ENTITY e "' + b"x" * 100_000 + b'">]>' + _with(main, b"&e;" * 50_000)


def outside(main: bytes) -> bytes:
    """A file of the system, by way of a declaration that stands outside."""
    return b'<!DOCTYPE x [<!ENTITY % o SYSTEM "file:///etc/passwd"> %o; <!ENTITY e "&o;">]>' + _with(main, b"&e;")


def deep(main: bytes) -> bytes:
    """A million elements in one another."""
    return _with(main, b"<a>" * 1_000_000)


def blank(main: bytes) -> bytes:
    """Three hundred million blanks."""
    return _with(main, b" " * (300 * MEGABYTE))


def many_names(main: bytes) -> bytes:
    """An element with half a million attributes."""
    return _with(main, b"<a " + b" ".join(b'a%d="1"' % number for number in range(500_000)) + b"/>")


def _with(main: bytes, more: bytes) -> bytes:
    body = main[main.find(b"?>") + 2 :] if main.startswith(b"<?xml") else main
    head, slash, _ = body.partition(b"/>") if body.count(b"<") == 1 else (body, b"", b"")
    if slash:
        return head + b">" + more
    end = body.rfind(b"</")
    return body[:end] + more + body[end:]


@pytest.mark.parametrize("kind", MAIN)
@pytest.mark.parametrize("harm", [laughs, one_long_entity, outside, deep, blank, many_names])
def test_harm_in_xml_ends_as_a_row(kind: str, harm: Callable[[bytes], bytes]) -> None:
    whole, before = WHOLE[kind](), held()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        main = archive.read(MAIN[kind])
    data = hostile_office.repacked(whole, MAIN[kind], harm(main))
    with ReaderPool(limits=LIMITS) as pool:
        found = pool.sniff(data, name=f"a.{kind}")
        document = pool.read(data, document_type=found)
        probe = pool.probe(data, document_type=found)
        following = pool.read(WRITERS["docx"](Laid(body=("Yours",))), document_type="docx")
    assert found == kind
    assert document.status in {"bomb", "damaged", "too_slow", "no_text", "read", "too_big"}
    assert probe.status in {"bomb", "damaged", "too_slow", "probed", "too_big"}
    if harm in {laughs, one_long_entity, outside}:
        assert (document.status, document.pages) == ("bomb", ())
        assert probe.status == "bomb"
    assert not any("root:" in page.text for page in document.pages)
    assert following.status == "read"
    until(lambda: not held().since(before), "something is held that was not before")
