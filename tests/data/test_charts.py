"""Charts drawn on the server: the drawing says what the table says, and nothing hostile gets in."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.data.plugin import module

charts = module("drawing.charts")
SVG = "{http://www.w3.org/2000/svg}"


def chart(kind: str, *series: Any, **more: Any) -> Any:
    years = more.pop("categories", ("2022", "2023", "2024"))
    given = {"key": "uses", "title": "Uses", "description": "How often.", "categories": years, "series": series}
    return charts.Chart(kind=kind, **given | more)


def series(name: str, *values: float | None, **more: Any) -> Any:
    return charts.Series(name=name, values=values, **more)


def tree(one: Any) -> Any:
    return etree.fromstring(str(charts.drawn(one)).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def bars(one: Any) -> list[Any]:
    return [rect for rect in tree(one).iter(f"{SVG}rect") if rect.get("x")]


def height(rect: Any) -> float:
    return float(rect.get("height").removesuffix("em"))


def test_a_bar_is_as_high_as_its_number_and_nought_has_none() -> None:
    found = bars(chart("bars", series("Requests", 2, 0, 4)))
    assert len(found) == 2
    assert height(found[1]) == pytest.approx(2 * height(found[0]), abs=0.02)
    assert [rect[0].text for rect in found] == ["2022: 2", "2024: 4"]


def test_parts_of_a_stack_stand_on_each_other() -> None:
    found = bars(chart("stacked", series("Given", 1, 2, 3), series("Withheld", 3, 2, 1)))
    tops = {(rect.get("x"), float(rect.get("y").removesuffix("em"))) for rect in found}
    assert len({min(y for x, y in tops if x == left) for left, _ in tops}) == 1
    assert {rect.get("fill") for rect in found} == {None, "url(#uses-p1)"}
    assert (
        tree(chart("stacked", series("a", 1, 1, 1), series("b", 1, 1, 1))).find(f".//{SVG}pattern").get("id")
        == "uses-p1"
    )


def test_a_stack_of_one_part_says_what_it_is() -> None:
    assert [name for name, _ in chart("stacked", series("Overturned", 1, 0, 0)).legend] == ["Overturned"]
    assert chart("bars", series("Requests", 1, 0, 0)).legend == ()


def test_a_line_is_broken_where_there_is_no_number() -> None:
    drawn = tree(chart("lines", series("Share", 10, None, 30, 40), categories=("1", "2", "3", "4"), unit="%"))
    assert len([line for line in drawn.iter(f"{SVG}line") if "line" in line.get("class").split()]) == 1
    assert len([one for one in drawn.iter(f"{SVG}svg") if one.get("class") == "point"]) == 3


def test_a_chart_is_named_and_described_for_those_who_do_not_see_it() -> None:
    drawn = tree(chart("bars", series("Requests", 1, 2, 3)))
    assert drawn.get("role") == "img"
    named = {one.get("id"): one.text for one in drawn.iter(f"{SVG}title", f"{SVG}desc") if one.get("id")}
    assert set(drawn.get("aria-labelledby").split()) == set(named)
    assert named["uses-desc"] == "How often. From 2022 to 2024; the numbers are in the table."


def test_hostile_names_stay_words_and_no_style_or_script_is_written() -> None:
    hostile = '<script>alert(1)</script>"\u202e'
    for kind in ("bars", "lines", "stacked"):
        one = chart(kind, series(hostile, 1, 2), series("b", 1, 2), categories=(hostile, "x"), title=hostile)
        for text in (str(charts.drawn(one)), *map(str, dict(one.legend).values()), str(charts.cell(one.series[0], 0))):
            assert "<script" not in text
            assert "\u202e" not in text
            assert not re.search(r"\s(?:style|on\w+)=", text)


def test_years_on_a_phone_are_fewer_and_the_newest_is_among_them() -> None:
    years = tuple(str(year) for year in range(2008, 2027))
    drawn = tree(chart("bars", series("Requests", *range(19)), categories=years))
    names = [one for one in drawn.iter(f"{SVG}text") if "name" in one.get("class").split()]
    assert len(names) <= 16
    narrow = [one.text for one in names if "spare" not in one.get("class").split()]
    assert len(narrow) <= 7
    assert narrow[-1] == "2026"


@given(st.floats(min_value=0, max_value=10**7), st.booleans())
def test_the_axis_reaches_over_every_number_in_few_whole_steps(highest: float, percent: bool) -> None:
    top, ticks = charts.scale(highest, percent=percent)
    assert top == ticks[-1] >= (min(highest, 100) if percent else highest)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 7
    assert highest < 20 or (highest if not percent else min(highest, 100)) >= 0.75 * top, (
        "little of the height is empty"
    )
    assert percent or all(tick == int(tick) for tick in ticks)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        chart("bars", series("a", 1, 2, 3), key='"><script>')
    with pytest.raises(ValueError, match="3 values"):
        chart("bars", series("a", 1))
    with pytest.raises(ValueError, match="more than 8"):
        chart("bars", *(series(str(number), 1, 2, 3) for number in range(9)))


def test_a_number_of_the_table_leads_on_and_an_empty_one_says_so() -> None:
    one = series("Requests", 1234, None, links=("/a?b=1&c=2", None))
    assert str(charts.cell(one, 0)) == '<a href="/a?b=1&amp;c=2">1,234</a>'
    assert str(charts.cell(one, 1)) == "–"
