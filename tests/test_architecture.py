"""The arrows point one way, and the house rules that a reader relies on hold."""

import ast
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARSERS = sorted((ROOT / "parsers").rglob("*.py"))
SCRAPER = sorted((ROOT / "scraper").rglob("*.py"))
PLUGINS = sorted((ROOT / "data" / "site" / "plugins").rglob("*.py"))

PURE_STANDARD = {
    "ast", "base64", "binascii", "bisect", "calendar", "codecs", "collections", "contextlib", "csv", "dataclasses",
    "datetime", "decimal", "difflib", "email", "enum", "fractions", "functools", "hashlib", "html", "io",
    "itertools", "json", "math", "operator", "posixpath", "quopri", "re", "statistics", "string", "struct",
    "tarfile", "textwrap", "types", "typing", "unicodedata", "urllib", "zipfile", "zlib",
}  # fmt: skip
PURE_LIBRARIES = {
    "PIL",
    "bs4",
    "cssselect",
    "holidays",
    "lxml",
    "olefile",
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "parsers",
}
WITH_REASON = {
    "parsers/law/table.py": {"importlib"},  # reads its own table
    "parsers/letters/confidence.py": {"importlib"},  # likewise
    "parsers/documents/later.py": {"importlib"},  # a child loads only what it needs
    "parsers/documents/probes/probe_painted.py": {"ctypes"},  # pypdfium2 gives coordinates through pointers
    "parsers/documents/probes/probe_pdf.py": {"ctypes"},  # likewise
}
OUTSIDE = {"today", "now", "utcnow", "monotonic", "read_bytes", "write_text", "write_bytes", "connect", "urlopen"}
OUTSIDE_BARE = {"open", "print", "exec", "eval"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").split(".")[0]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_there_is_something_to_look_at() -> None:
    assert len(PARSERS) > 20
    assert len(SCRAPER) > 20


@pytest.mark.parametrize("path", PARSERS, ids=name)
def test_parsers_are_pure(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = PURE_STANDARD | PURE_LIBRARIES | WITH_REASON.get(name(path), set())
    assert set(imported(tree)) <= allowed
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert getattr(node.func, "attr", "") not in OUTSIDE, f"line {node.lineno}"
            assert getattr(node.func, "id", "") not in OUTSIDE_BARE, f"line {node.lineno}"


@pytest.mark.parametrize("path", PARSERS + SCRAPER + PLUGINS, ids=name)
def test_files_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    for function in functions(ast.parse(source)):
        assert (function.end_lineno or 0) - function.lineno < 50, f"{function.name} in line {function.lineno}"


@pytest.mark.parametrize("path", PARSERS + SCRAPER + PLUGINS, ids=name)
def test_no_handler_hides_a_failure(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = "" if node.type is None else ast.unparse(node.type)
            assert caught not in {"", "Exception", "BaseException"}, f"line {node.lineno}"


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in PARSERS + SCRAPER}


def needed(node: ast.AST) -> Iterator[str]:
    """Modules of ours that it imports, inside functions and for types alone too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            names = [f"{child.module}.{alias.name}" for alias in child.names]
            yield from (name if name in MODULES else str(child.module) for name in names)
        else:
            yield from needed(child)


def package(name: str) -> str:
    """``scraper.archive`` of ``scraper.archive.files``; a module beside the packages is one by itself."""
    return ".".join(name.split(".")[:2])


@pytest.mark.parametrize("level", [package, str], ids=["packages", "modules"])
def test_no_imports_go_round_in_a_circle(level: Callable[[str], str]) -> None:
    arrows: dict[str, set[str]] = {}
    for one, path in MODULES.items():
        found = {level(name) for name in needed(ast.parse(path.read_text(encoding="utf-8"))) if name in MODULES}
        arrows.setdefault(level(one), set()).update(found - {level(one)})
    try:
        order = list(TopologicalSorter(arrows).static_order())
    except CycleError as error:
        pytest.fail(f"These import one another; move what they share downwards: {' <- '.join(error.args[1])}")
    if level is package:
        below = ["scraper.errors", "scraper.archive", "scraper.removals", "scraper.storing", "scraper.pipelines"]
        assert sorted(below, key=order.index) == below
