"""The chart of the record: how figures grow with the archive, and how much of each limit is used. The same record gives
the same bytes. It stands on a ground of its own, so that it is readable on light pages and on dark ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from tests.bench.archives import short
from tests.bench.figures import SIZED, Figure
from tests.bench.record import Record
from tests.bench.words import TITLES, number

WIDTH, MARGIN = 880, 24
PANEL_WIDTH, PANEL_HEIGHT, ACROSS = 208, 176, 4
ROW, NAMES = 19, 380
INK, QUIET, GROUND, LINE, BLUE, PALE, ORANGE = (
    "#1a1a1a",
    "#595959",
    "#ffffff",
    "#8c8c8c",
    "#0b5c8f",
    "#7cc4ea",
    "#b84a08",
)
MOST_SHARE = 1.5
"""A bar of more than that much of its limit is cut, and its number says how much it is."""
Pick = Callable[[Figure], bool]
Value = Callable[[Figure], float | None]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A bar for each size: the largest ``value`` of the figures that are picked; ``limit`` is a line across."""

    title: str
    unit: str
    pick: Pick
    value: Value
    limit: float | None = None


def _ratio(figure: Figure) -> float | None:
    return figure.ratio


def _ours(figure: Figure) -> float | None:
    return figure.ours


def _named(part: str, *names: str) -> Pick:
    return lambda figure: figure.part == part and figure.what in names


def _slowest(part: str) -> Pick:
    return lambda figure: figure.part == part and figure.how == "warm, 95th percentile" and figure.limit is not None


PANELS: tuple[Panel, ...] = (
    Panel(
        title="Full build", unit="times plain SQL", limit=2.0,
        pick=_named("publishing", "full build, by the processor"), value=_ratio,
    ),
    Panel(
        title="Renewal of one in 100", unit="of a full build", limit=0.1,
        pick=_named("publishing", "renewal, one request in a hundred changed"), value=_ratio,
    ),
    Panel(title="The slowest page, warm", unit="ms, 95 in 100", limit=150.0, pick=_slowest("site"), value=_ours),
    Panel(title="The slowest search, warm", unit="ms, 95 in 100", limit=300.0, pick=_slowest("search"), value=_ours),
    Panel(
        title="Memory at its most", unit="MB", limit=500.0,
        pick=lambda figure: figure.part == "memory" and figure.unit == "MB", value=_ours,
    ),
    Panel(
        title="Writing rows", unit="of executemany", pick=_named("writes", "rows written by the processor"),
        value=_ratio,
    ),
    Panel(
        title="Export as Parquet", unit="times plain SELECT", pick=_named("export", "export as parquet"),
        value=_ratio,
    ),
    Panel(
        title="public.db", unit="bytes a request", pick=_named("memory", "public.db, of a request"), value=_ours,
    ),
)  # fmt: skip


def chart(record: Record) -> str:
    """The chart as SVG."""
    drawn: list[str] = []
    panels = [(panel, bars) for panel in PANELS if (bars := _bars(panel, record.figures))]
    top = 56.0
    if panels:
        drawn.append(_text(MARGIN, top, "How it grows with the requests in the archive", weight="bold", size=14))
        top += 14
    for place, (panel, bars) in enumerate(panels):
        left = MARGIN + (place % ACROSS) * PANEL_WIDTH
        drawn += _panel(panel, bars, left, top + (place // ACROSS) * PANEL_HEIGHT)
    top += -(-len(panels) // ACROSS) * PANEL_HEIGHT + 24
    used = [(figure, share) for figure in record.figures if (share := _share(figure)) is not None]
    if used:
        drawn.append(_text(MARGIN, top, "How much of its limit is used by what has no size", weight="bold", size=14))
        drawn += _shares(used, top + 12)
        top += 24 + ROW * len(used)
    return _whole(drawn, top + MARGIN, said(record))


def said(record: Record) -> str:
    """The chart in words."""
    told = []
    for panel in PANELS:
        bars = _bars(panel, record.figures)
        if bars:
            limit = f" (limit {panel.limit:g})" if panel.limit else ""
            each = ", ".join(f"{number(value)} at {size:,}" for size, value in bars)
            told.append(f"{panel.title}, {panel.unit}{limit}: {each}")
    return "Speed and memory by the requests in the archive. " + ("; ".join(told) or "Nothing was measured") + "."


def _bars(panel: Panel, figures: Sequence[Figure]) -> list[tuple[int, float]]:
    found: dict[int, float] = {}
    for figure in figures:
        value = panel.value(figure) if panel.pick(figure) else None
        if value is not None and figure.size:
            found[figure.size] = max(found.get(figure.size, 0.0), value)
    return sorted(found.items())


def _share(figure: Figure) -> float | None:
    """How much of its limit a figure uses: 1 is at it, whichever side it bounds."""
    if figure.limit is None or figure.part in SIZED:
        return None
    measured = figure.ratio if figure.of == "ratio" else figure.ours
    if measured is None:
        return None
    if figure.bound == "most":
        used = measured / figure.limit
    else:
        used = figure.limit / measured if measured else 10 * MOST_SHARE
    return used if used == used else None  # noqa: PLR0124 - what is not a number is not itself


def _panel(panel: Panel, bars: list[tuple[int, float]], left: float, top: float) -> Iterator[str]:
    yield _text(left, top + 16, panel.title, weight="bold")
    yield _text(left, top + 31, panel.unit + (f", limit {panel.limit:g}" if panel.limit else ""), fill=QUIET, size=11)
    floor, height = top + 140, 84.0
    most = max([value for _, value in bars] + [panel.limit or 0.0]) or 1.0
    for place, (size, value) in enumerate(bars):
        x, tall = left + 6 + place * 56, height * value / most
        over = panel.limit is not None and value > panel.limit
        yield _box(x, floor - tall, 44, tall, ORANGE if over else BLUE)
        yield _text(x + 22, floor + 15, short(size), size=11, anchor="middle", fill=QUIET)
    yield _stroke(left, floor, left + 178, floor, LINE)
    if panel.limit:
        y = floor - height * panel.limit / most
        yield _stroke(left, y, left + 178, y, INK, dash="4 3")
    for place, (_, value) in enumerate(bars):
        yield _text(left + 28 + place * 56, floor - height * value / most - 4, number(value), size=11, anchor="middle")


def _shares(used: Sequence[tuple[Figure, float]], top: float) -> Iterator[str]:
    left = MARGIN + NAMES
    scale = (WIDTH - MARGIN - left - 60) / MOST_SHARE
    for place, (figure, share) in enumerate(used):
        y = top + place * ROW
        name = shorten(f"{TITLES[figure.part].split(',')[0]}: {figure.what}", 68, placeholder="…")
        yield _text(left - 8, y + 13, name, size=11, anchor="end")
        long = scale * min(share, MOST_SHARE)
        yield _box(left, y + 3, max(1.0, long), ROW - 6, BLUE if share <= 1 else ORANGE)
        yield _text(left + max(long, scale if share <= 1 and share > 0.8 else 0) + 5, y + 13, f"{share:.0%}", size=11)
    yield _stroke(left + scale, top, left + scale, top + ROW * len(used), INK, dash="4 3")


def _whole(drawn: Sequence[str], height: float, words: str) -> str:
    title = "Measured beside a reference, and beside its limit"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-labelledby="title words" '
        'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="12">'
    )
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" rx="8" fill="{GROUND}"/>'
    told = [f'<title id="title">{title}</title>', f'<desc id="words">{escape(words)}</desc>']
    heading = _text(MARGIN, 30, f"{title}: orange is what misses it", weight="bold", size=16)
    return "\n".join([head, *told, ground, heading, *drawn, "</svg>\n"])


def _text(
    x: float, y: float, words: str, *, size: int = 12, weight: str = "normal", fill: str = INK, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}" paint-order="stroke" stroke="{GROUND}" stroke-width="3">{escape(words)}</text>'
    )


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'
