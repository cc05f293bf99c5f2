"""Charts that can be printed: labels beside what they name, colours that everybody can tell apart, bars from zero.

``bars``, ``stacked``, ``years`` and ``grid`` draw one kind each, with a title that says the question, a note that says
what is counted, and at the foot what the archive covers. Each gives a ``Chart``: change its ``axes``, then ``show`` it.
"""

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil
from pathlib import Path
from textwrap import fill, shorten

import matplotlib as mpl
import numpy as np
import pandas as pd
from IPython import get_ipython
from IPython.display import Image, display
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator, PercentFormatter
from matplotlib.typing import ColorType
from reading import Archive

WIDTH, FOOT = 8.4, 0.5
"""Of a chart, in inches: how wide it is, and how much is kept below what is drawn."""
FEW = 10
"""A share of fewer requests than this is drawn pale."""
QUIET, BLUE, SKY, ORANGE, SAND, GREY, PALE = "#595959", "#0b5c8f", "#7cc4ea", "#b84a08", "#f2c14e", "#7a7a7a", "#cfcfcf"
TINTS = LinearSegmentedColormap.from_list("tints", ["#ffffff", "#9ecae1", BLUE])

Kinds = Mapping[str, tuple[str, str]]
"""The columns that a bar is divided among, in order: the words and the colour of each."""
OUTCOMES: Kinds = {
    "granted_in_full": ("granted in full", BLUE),
    "partially_withheld": ("withheld in part", SKY),
    "fully_withheld": ("withheld in full", ORANGE),
    "not_held": ("not held", SAND),
    "not_yet_answered": ("not answered", GREY),
    "other": ("anything else", PALE),
}
"""Where requests stand, by ``requests.outcome_class``."""
TIMES: Kinds = {
    "in_time": ("in time", BLUE),
    "permitted_extension": ("within a permitted extension", SKY),
    "late": ("late", ORANGE),
    "overdue": ("no answer, overdue", "#6b2400"),
    "open": ("not due yet", SAND),
    "on_hold": ("on hold", PALE),
    "not_known": ("not known", GREY),
}
"""How they stand in time, by ``requests.timing``: the lines of the official statistics."""

mpl.rcParams.update(
    {
        "font.size": 9, "xtick.color": QUIET, "axes.edgecolor": QUIET, "axes.linewidth": 0.8, "axes.axisbelow": True,
        "axes.spines.top": False, "axes.spines.right": False, "text.parse_math": False, "svg.hashsalt": "wdtk-archive",
        "svg.fonttype": "none",
    }
)  # fmt: skip


@dataclass
class Chart:
    """A figure with its axes, and in words what it shows."""

    figure: Figure
    axes: Axes
    title: str
    said: list[str] = field(default_factory=list)

    @property
    def alt(self) -> str:
        """The chart for whoever cannot see it."""
        return f"{self.title} {'; '.join(self.said) or 'There is nothing to count'}."

    def show(self, name: str) -> None:
        """Show it in the notebook; where ``WDTK_CHARTS`` names a folder, keep it there as ``name.svg``."""
        if not self.said:
            self.axes.set_axis_off()
            self.axes.text(0, 0.5, "There is nothing here to count.", transform=self.axes.transAxes)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            if folder := os.environ.get("WDTK_CHARTS"):
                told = {"Date": None, "Title": self.title, "Description": self.alt}
                self.figure.savefig(Path(folder) / f"{name}.svg", metadata=told)
            if get_ipython() is not None:
                drawn = BytesIO()
                self.figure.savefig(drawn, dpi=144)
                display(Image(drawn.getvalue(), width=int(WIDTH * 96), alt=self.alt))


def bars(
    archive: Archive,
    title: str,
    note: str,
    names: Sequence[str],
    counts: Sequence[int],
    of: Sequence[int] | None = None,
    *,
    shares: bool = False,
    unit: str = "",
) -> Chart:
    """A bar for each name, with its count and what that is a count ``of``; with ``shares`` as long as its share.

    ``unit`` stands behind numbers that are no counts, such as %. A name that begins with "all" is drawn in grey.
    """
    chart = _chart(archive, title, note, height=0.27 * max(2, len(names)))
    percent = (
        [100 * count / whole if whole else 0.0 for count, whole in zip(counts, of, strict=True)]
        if of is not None
        else []
    )
    lengths = percent if shares else list(counts)
    labels = [f"{count:,}{unit}" for count in counts]
    if of is not None:
        labels = [
            f"{label} of {whole:,} ({share:.0f}%)" for label, whole, share in zip(labels, of, percent, strict=True)
        ]
    colours = [GREY if str(name).startswith("all ") else BLUE for name in names]
    drawn = chart.axes.barh(range(len(lengths)), lengths, color=colours, height=0.74)
    chart.axes.bar_label(drawn, labels=labels, padding=4)
    longest = max(map(len, labels), default=0)
    chart.axes.set_xlim(0, max([1e-9, *lengths]) * (1.02 + 0.021 * longest))
    _rows(chart, [_name(name) for name in names])
    chart.said = [f"{name}: {label}" for name, label in zip(names, labels, strict=True)]
    return chart


def stacked(archive: Archive, title: str, note: str, counts: pd.DataFrame, kinds: Kinds) -> Chart:
    """A bar of full length for each row of ``counts``, divided among the columns that ``kinds`` names, in its order."""
    kinds = {kind: told for kind, told in kinds.items() if kind in counts and counts[kind].sum()}
    counts = counts.loc[counts[list(kinds)].sum(axis="columns") > 0, list(kinds)].astype(int)
    names, wholes = [str(name) for name in counts.index], counts.sum(axis="columns").to_numpy()
    chart = _chart(archive, title, note, height=0.27 * max(2, len(names)) + 0.4)
    left = 0 * wholes
    for kind, (words, colour) in kinds.items():
        shares = 100 * counts[kind].to_numpy() / wholes
        drawn = chart.axes.barh(
            range(len(names)), shares, left=left, color=colour, edgecolor="white", height=0.84, label=words
        )
        labels = [f"{count:,}" for count in counts[kind]]
        fitting = [label if share > 1.2 * len(label) else "" for label, share in zip(labels, shares, strict=True)]
        chart.axes.bar_label(drawn, labels=fitting, label_type="center", color=_on(colour), fontsize=8)
        left = left + shares
    _key(chart, kinds)
    chart.axes.set_xlim(0, 100)
    _rows(chart, [f"{_name(name)} ({whole:,})" for name, whole in zip(names, wholes, strict=True)])
    for name, whole, row in zip(names, wholes, counts.to_numpy(), strict=True):
        parts = [f"{count:,} {words}" for count, (words, _) in zip(row, kinds.values(), strict=True) if count]
        chart.said.append(f"{name}: of {whole:,}, {', '.join(parts)}")
    return chart


def years(archive: Archive, title: str, note: str, counts: pd.DataFrame, of: pd.DataFrame) -> Chart:
    """Small charts to one scale: for each column of ``counts`` the shares by year; ``of`` has the wholes alike."""
    down = max(1, ceil(len(counts.columns) / 3))
    note += f" Pale: years with fewer than {FEW} of these requests."
    chart = _chart(archive, title, note, height=1.3 * down, grid=(down, 3))
    shares = (100 * counts / of.where(of > 0)).astype(float).fillna(0)
    panels = chart.figure.axes
    for name, axes in zip(shares.columns, panels, strict=False):
        axes.bar(shares.index, shares[name], color=[BLUE if n >= FEW else SKY for n in of[name]], width=0.8)
        axes.set_title(shorten(str(name), 40, placeholder="…"), loc="left", fontsize=8.5)
        axes.set_ylim(0, max([1.0, *shares.max()]) * 1.05)
        axes.yaxis.set_major_locator(MaxNLocator(3))
        axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.tick_params(labelsize=7.5)
        highest = f", {shares[name].max():.0f}% in its highest year, {shares[name].idxmax()}" if len(shares) else ""
        chart.said.append(f"{name}: {int(counts[name].sum()):,} of {int(of[name].sum()):,}{highest}")
    for axes in panels[max(1, len(shares.columns)) :]:
        axes.set_visible(False)
    return chart


def grid(archive: Archive, title: str, note: str, counts: pd.DataFrame, of: pd.DataFrame) -> Chart:
    """A table whose cells are the darker, the larger a share each of ``counts`` is of its whole in ``of``."""
    parts, wholes = counts.to_numpy(dtype=int), of.to_numpy(dtype=int)
    long = bool(parts.size) and len(f"{wholes.max():,}") > 40 / parts.shape[1]
    chart = _chart(archive, title, note, height=(0.4 if long else 0.3) * max(2, len(counts)) + 0.45)
    if not parts.size:
        return chart
    shares = parts / wholes.clip(min=1)
    shares = shares / max(0.01, shares.max())
    chart.axes.pcolormesh(shares, cmap=TINTS, vmin=0, vmax=1, edgecolors="white", linewidth=1)
    for (row, column), count in np.ndenumerate(parts):
        words = f"{count:,} of {wholes[row, column]:,}" if count else "–" if wholes[row, column] else ""
        lines = words.replace(" of", "\nof") if long else words
        ink = _on(TINTS(shares[row, column]))
        chart.axes.text(column + 0.5, row + 0.5, lines, ha="center", va="center", fontsize=8, color=ink)
        chart.said += [f"{counts.index[row]}, {counts.columns[column]}: {words}"] if count else []
    chart.axes.set_xticks(np.arange(parts.shape[1]) + 0.5, [fill(str(kind), 15) for kind in counts.columns], fontsize=8)
    chart.axes.set_yticks(np.arange(len(parts)) + 0.5, [_name(name) for name in counts.index])
    chart.axes.invert_yaxis()
    chart.axes.xaxis.tick_top()
    chart.axes.tick_params(length=0, colors="black")
    chart.axes.spines[:].set_visible(False)
    return chart


def _chart(archive: Archive, title: str, note: str, *, height: float, grid: tuple[int, int] = (1, 1)) -> Chart:
    note = fill(note, 138)
    head = 0.62 + 0.16 * note.count("\n")
    whole = head + height + FOOT
    layout = ConstrainedLayoutEngine(rect=(0.01, FOOT / whole, 0.98, height / whole), h_pad=0.03, w_pad=0.03)
    figure = Figure(figsize=(WIDTH, whole), layout=layout, facecolor="white")
    figure.text(0.012, 1 - 0.08 / whole, title, va="top", fontsize=12, fontweight="bold")
    figure.text(0.012, 1 - 0.32 / whole, note, va="top", fontsize=8.5, color=QUIET)
    figure.text(0.012, 0.08 / whole, archive.foot(), va="bottom", fontsize=7, color=QUIET, linespacing=1.4)
    return Chart(figure, figure.subplots(*grid, sharex=True, sharey=True, squeeze=False)[0][0], title)


def _rows(chart: Chart, names: Sequence[str]) -> None:
    chart.axes.set_yticks(range(len(names)), names)
    chart.axes.set_ylim(len(names) - 0.4, -0.6)
    chart.axes.tick_params(axis="y", length=0)
    chart.axes.xaxis.set_visible(False)
    chart.axes.spines["bottom"].set_visible(False)


def _key(chart: Chart, kinds: Kinds) -> None:
    lines = ceil(sum(len(words) + 5 for words, _ in kinds.values()) / 95)
    if kinds:
        chart.axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=ceil(len(kinds) / lines), frameon=False, borderpad=0,
            handlelength=1, handleheight=1, handletextpad=0.4, columnspacing=1.4,
        )  # fmt: skip


def _name(name: object) -> str:
    shown = "".join(letter for letter in str(name) if letter.isprintable())
    return shorten(shown, 52, placeholder="…")


def _on(colour: ColorType) -> str:
    red, green, blue = to_rgb(colour)
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"
