"""Charts over years, drawn here as SVG: no script, no style attributes, and the numbers as a table beside.

Lengths across are shares of the width, so that a chart fits any screen; lengths down and the text are in ``em``, so
that words keep their size. Colours, patterns and fonts are classes of ``charts.css``. A series is told from the others
by its pattern or its dashes as well as by its colour.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from archive_site.texts.marks import safe

Kind = Literal["bars", "lines", "stacked"]
MOST_SERIES = 8
_TOP, _FLOOR, _NAMES = 1.4, 11.4, 12.9
_HEIGHT = 13.6
_NARROW, _WIDE = 7, 16
"""How many names of years fit beside each other on a phone, and on a wide screen."""
_KEY = re.compile(r"[a-z][a-z0-9-]{0,60}")
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of numbers, in the order of the chart's categories; None where there is no number."""

    name: str
    values: tuple[float | None, ...]
    links: tuple[str | None, ...] = ()
    """Where each number of the table leads; none where empty."""
    drawn: bool = True
    """Whether it is drawn, or only stands in the table, as a denominator does."""
    shade: int | None = None
    """The colour and pattern, 0 to 7, where a meaning keeps its own from chart to chart; else by place."""
    words: tuple[str, ...] = ()
    """What the table says in place of the numbers."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What is drawn, and what its table says."""

    key: str
    """Its ``id`` in the page: small letters, digits and hyphens."""
    kind: Kind
    title: str
    description: str
    """What is counted, in a sentence or two; read out in place of the drawing."""
    categories: tuple[str, ...]
    """Names of the years, the oldest first."""
    series: tuple[Series, ...]
    unit: str = ""
    """``%`` for shares."""
    category: str = "Year"
    """What a category is."""

    def __post_init__(self) -> None:
        """Hold it to what can be drawn.

        Raises:
            ValueError: a bad key, a series of another length than the categories, or too many series.
        """
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"the key of a chart is small letters, digits and hyphens, not {self.key!r}")
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError(f"each series of {self.key} needs {len(self.categories)} values")
        if len(self.drawn) > MOST_SERIES:
            raise ValueError(f"{self.key} has more than {MOST_SERIES} series to draw")

    @property
    def drawn(self) -> tuple[Series, ...]:
        """The series that are drawn."""
        return tuple(one for one in self.series if one.drawn)

    @property
    def legend(self) -> tuple[tuple[str, Markup], ...]:
        """Name and sample of each series that is drawn; empty where the title says what the only one is."""
        if len(self.drawn) < 2 and self.kind != "stacked":
            return ()
        return tuple((one.name, _sample(self, index)) for index, one in enumerate(self.drawn))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for one in self.drawn for value in one.values)

    def shade(self, index: int) -> int:
        """The colour and pattern of a drawn series."""
        own = self.drawn[index].shade
        return index if own is None else own


def cell(series: Series, index: int, unit: str = "") -> Markup:
    """A number as the table has it, with its link."""
    value = series.values[index]
    told = series.words[index] if series.words else ("–" if value is None else f"{_number(value)}{unit}")
    link = series.links[index] if series.links else None
    return Markup('<a href="{}">{}</a>').format(link, told) if link else safe(told)


def drawn(chart: Chart) -> Markup:
    """The chart as one SVG element."""
    top, ticks = scale(_highest(chart), percent=chart.unit == "%")
    parts = [
        Markup('<svg class="chart {}" role="img" aria-labelledby="{key}-title {key}-desc" height="{}em">').format(
            chart.kind, _HEIGHT, key=chart.key
        ),
        Markup('<title id="{}-title">{}</title>').format(chart.key, safe(chart.title)),
        Markup('<desc id="{}-desc">{}</desc>').format(chart.key, safe(_said(chart))),
        *_patterns(chart),
        *_grid(ticks, top, chart.unit),
        *_DRAWING[chart.kind](chart, top),
        *_category_names(chart),
    ]
    return Markup("").join([*parts, Markup("</svg>")])


def scale(highest: float, *, percent: bool = False) -> tuple[float, list[float]]:
    """The top of the axis and its ticks, from 0: two to five steps of 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 0:
        highest = 1
    if percent:
        highest = min(highest, 100)
    size = 10.0 ** (len(str(int(highest))) - 1) if highest >= 1 else 0.1
    steps = [step * power for power in (size / 10, size) for step in _STEPS]
    steps = [step for step in steps if step >= 1 or percent]
    step = next((step for step in steps if highest / step <= 5), steps[-1])
    if not percent:
        step = -(-step // 1)
    count = int(-(-highest // step))
    return step * count, [step * number for number in range(count + 1)]


def _highest(chart: Chart) -> float:
    values = [[value or 0 for value in one.values] for one in chart.drawn]
    if chart.kind == "stacked":
        return max((sum(column) for column in zip(*values, strict=True)), default=0)
    return max((value for one in values for value in one), default=0)


def _said(chart: Chart) -> str:
    if not chart.categories:
        return chart.description
    return f"{chart.description} From {chart.categories[0]} to {chart.categories[-1]}; the numbers are in the table."


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def _round(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _down(value: float, top: float) -> float:
    return _FLOOR - (_FLOOR - _TOP) * value / top


def _across(chart: Chart, index: int) -> float:
    """The middle of a category, as a percentage of the width."""
    return (index + 0.5) * 100 / max(1, len(chart.categories))


def _bar_width(chart: Chart) -> float:
    return min(0.7 * 100 / max(1, len(chart.categories)), 8)


def _grid(ticks: Sequence[float], top: float, unit: str) -> Iterator[Markup]:
    for tick in ticks:
        at = _round(_down(tick, top))
        yield Markup('<line class="{}" x1="0" x2="100%" y1="{at}em" y2="{at}em"/>').format(
            "grid" if tick else "floor", at=at
        )
        yield Markup('<text class="tick" x="-0.5em" y="{}em" dy="0.32em">{}{}</text>').format(at, _number(tick), unit)


def _category_names(chart: Chart) -> Iterator[Markup]:
    count = len(chart.categories)
    for index, name in enumerate(chart.categories):
        back = count - 1 - index
        if back % -(-count // _WIDE):
            continue
        spare = "" if back % -(-count // _NARROW) == 0 else " spare"
        yield Markup('<text class="name{}" x="{}%" y="{}em">{}</text>').format(
            spare, _round(_across(chart, index)), _NAMES, safe(name)
        )


def _told(chart: Chart, series: Series, index: int) -> Markup:
    """What is shown where a mouse rests on a bar or a point."""
    name = f"{series.name}, " if chart.legend else ""
    value = _number(series.values[index] or 0)
    return Markup("<title>{}{}: {}{}</title>").format(safe(name), safe(chart.categories[index]), value, chart.unit)


def _bars(chart: Chart, top: float) -> Iterator[Markup]:
    many = len(chart.drawn)
    width = _bar_width(chart) / max(1, many)
    for place, series in enumerate(chart.drawn):
        for index, value in enumerate(series.values):
            left = _across(chart, index) + (place - many / 2) * width
            if value:
                yield _bar(chart, place, index, left, width, _down(value, top), _FLOOR)
            if many == 1 and value is not None:
                yield _on_top(chart, index, value, top)


def _on_top(chart: Chart, index: int, value: float, top: float) -> Markup:
    spare = " spare" if len(chart.categories) > _NARROW + 1 else ""
    return Markup('<text class="value{}" x="{}%" y="{}em">{}{}</text>').format(
        spare, _round(_across(chart, index)), _round(_down(value, top) - 0.35), _number(value), chart.unit
    )


def _stacked(chart: Chart, top: float) -> Iterator[Markup]:
    width = _bar_width(chart)
    below = [0.0] * len(chart.categories)
    for place, series in enumerate(chart.drawn):
        for index, value in enumerate(series.values):
            if not value:
                continue
            high, low = _down(below[index] + value, top), _down(below[index], top)
            below[index] += value
            yield _bar(chart, place, index, _across(chart, index) - width / 2, width, high, low)


def _bar(chart: Chart, place: int, index: int, left: float, width: float, high: float, low: float) -> Markup:
    return Markup('<rect {} x="{}%" y="{}em" width="{}%" height="{}em">{}</rect>').format(
        _fill(chart, place), _round(left), _round(high), _round(width), _round(max(low - high, 0.05)),
        _told(chart, chart.drawn[place], index),
    )  # fmt: skip


def _lines(chart: Chart, top: float) -> Iterator[Markup]:
    for place, series in enumerate(chart.drawn):
        shade, values = chart.shade(place), series.values
        for index in range(1, len(values)):
            before, after = values[index - 1], values[index]
            if before is None or after is None:
                continue
            yield Markup('<line class="line s{}" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>').format(
                shade, _round(_across(chart, index - 1)), _round(_down(before, top)),
                _round(_across(chart, index)), _round(_down(after, top)),
            )  # fmt: skip
        for index, value in enumerate(values):
            if value is not None:
                yield _point(shade, f"{_round(_across(chart, index))}%", f"{_round(_down(value, top))}em",
                             _told(chart, series, index))  # fmt: skip


_DRAWING = {"bars": _bars, "lines": _lines, "stacked": _stacked}
_POINTS = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "M-3.5-3.5h7v7h-7z", "M0-5L5 0L0 5L-5 0z", "M0-5L5 4H-5z",
           "M0 5L5-4H-5z", "M-5-1.5h10v3h-10z", "M-1.5-5h3v10h-3z", "M-4-4L4 4M4-4L-4 4")  # fmt: skip
_PATTERNS = (
    "", "M0 8L8 0M-2 2L2-2M6 10L10 6", "M2 2h2v2h-2zM6 6h2v2h-2z", "M0 2h8M0 6h8", "M0 0L8 8M-2 6L2 10M6-2L10 2",
    "M2 0v8M6 0v8", "M0 0L8 8M8 0L0 8", "M0 4h8M4 0v8",
)  # fmt: skip


def _point(shade: int, x: str, y: str, told: Markup) -> Markup:
    return Markup('<svg x="{}" y="{}" class="point"><path class="s{}" d="{}">{}</path></svg>').format(
        x, y, shade, _POINTS[shade], told
    )


def _fill(chart: Chart, place: int) -> Markup:
    shade = chart.shade(place)
    if not _PATTERNS[shade]:
        return Markup('class="s{}"').format(shade)
    return Markup('fill="url(#{}-p{})"').format(chart.key, shade)


def _patterns(chart: Chart) -> Iterator[Markup]:
    shades = {chart.shade(place) for place in range(len(chart.drawn))} if chart.kind != "lines" else set()
    for shade in sorted(one for one in shades if _PATTERNS[one]):
        yield Markup(
            '<pattern id="{}-p{shade}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect class="s{shade}" width="8" height="8"/><path class="cut" d="{}"/></pattern>'
        ).format(chart.key, _PATTERNS[shade], shade=shade)


def _sample(chart: Chart, place: int) -> Markup:
    """A small piece of a series, for the legend."""
    shade = chart.shade(place)
    if chart.kind == "lines":
        inside = Markup('<line class="line s{}" x1="0" y1="8" x2="32" y2="8"/>{}').format(
            shade, _point(shade, "16", "8", Markup(""))
        )
        return Markup('<svg class="sample" width="32" height="16" aria-hidden="true">{}</svg>').format(inside)
    return Markup('<svg class="sample" width="16" height="16" aria-hidden="true"><rect {} {}/></svg>').format(
        _fill(chart, place), Markup('width="16" height="16"')
    )
