"""Draws the charts that the README shows, from the demo archive: ``python -m tests.notebooks.gallery``.

Each is kept as ``notebooks/charts/NAME.svg``, and the part of the README between two markers is made of their words.
The same numbers give the same bytes.
"""

import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

import click

from tests.notebooks.running import NOTEBOOKS, ran

CHARTS = NOTEBOOKS / "charts"
README = NOTEBOOKS.parent / "README.md"
BEGIN, END = "<!-- charts: begin -->\n", "<!-- charts: end -->\n"
GALLERY = {
    "exemptions-grounds": "exemptions",
    "refusals-sectors": "refusals",
    "timeliness-years": "timeliness",
    "same-request-answers": "same_request",
}
"""The charts, in order, and the notebook that draws each."""
_TITLE, _SAID = (re.compile(rf"<dc:{name}>(.*?)</dc:{name}>", re.DOTALL) for name in ("title", "description"))
_MOST = 5


def words_of(svg: str) -> tuple[str, str]:
    """The title of a chart, and what it shows in words."""
    title, said = (unescape(found[1]) if (found := part.search(svg)) else "" for part in (_TITLE, _SAID))
    return title, said


def gallery(charts: Path) -> str:
    """The part of the README: each chart with the first of its numbers in words, and where it was drawn."""
    shown = []
    for name, notebook in GALLERY.items():
        _, said = words_of((charts / f"{name}.svg").read_text(encoding="utf-8"))
        parts = said.replace("[", "(").replace("]", ")").rstrip(".").split("; ")
        more = f"; and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
        shown.append(f"[![{'; '.join(parts[:_MOST])}{more}.](notebooks/charts/{name}.svg)](notebooks/{notebook}.py)\n")
    return "\n" + "\n".join(shown) + "\n"


def with_gallery(readme: str, charts: Path) -> str:
    """``readme`` with the part between its markers made anew."""
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}{gallery(charts)}{END}{rest.partition(END)[2]}"


@click.command()
@click.option("--public", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A demo that is there.")
def renew(public: Path | None) -> None:
    """Draw the charts anew and write them into the README."""
    with tempfile.TemporaryDirectory() as folder:
        if public is None:
            subprocess.run([sys.executable, "-m", "scraper", "demo", "--no-serve"], cwd=folder, check=True)
            public = Path(folder) / "data" / "demo" / "public.db"
        for notebook in set(GALLERY.values()):
            ran(NOTEBOOKS / f"{notebook}.py", charts=Path(folder), WDTK_PUBLIC_DB=str(public))
        CHARTS.mkdir(exist_ok=True)
        for name in GALLERY:
            (CHARTS / f"{name}.svg").write_bytes((Path(folder) / f"{name}.svg").read_bytes())
    README.write_text(with_gallery(README.read_text(encoding="utf-8"), CHARTS), encoding="utf-8")


if __name__ == "__main__":
    renew()
