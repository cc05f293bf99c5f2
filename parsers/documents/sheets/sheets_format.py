"""Numbers as a spreadsheet shows them: percentages, money, dates, times, by the codes of their formats.

The codes are those of ECMA-376 part 1, 18.8.31, which the older and the binary formats share. What a code asks for
beyond them (fractions, conditions, calendars) is shown as a plain number. Days follow the order of the United
Kingdom where a format leaves it to the reader's machine.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite

GENERAL = "General"
TEXTS = 3
"""The section of a format that is for texts, counted from 0."""
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0;-£#,##0", 6: "£#,##0;-£#,##0",
    7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;-£#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "£#,##0;-£#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "£#,##0.00;-£#,##0.00;-",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Names of errors by the numbers that binary formats keep."""
LONGEST_CODE = 255
MOST_DECIMALS = 30
LAST_DAY = 2_958_466
"""The day after 31 December 9999."""
FROM_1904 = 1_462
"""Days between the two ways of counting."""
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)'
    r"|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h{1,2}|m{1,2}|s{1,2})\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<noon>AM/PM|A/P)|(?P<general>General)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?(?:E[+-][0#?]+)?|\.[0#?]+)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<text>@)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"[<>=]")
DAY_FORMS = {"d": "{0.day}", "dd": "{0:%d}", "ddd": "{0:%a}"}
MONTH_FORMS = {"m": "{0.month}", "mm": "{0:%m}", "mmm": "{0:%b}"}


@dataclass(frozen=True)
class _Section:
    """One part of a code: what it shows of a positive number, a negative one, nought, or a text."""

    tokens: tuple[tuple[str, str], ...]

    @property
    def is_date(self) -> bool:
        return any(kind in {"date", "elapsed"} for kind, _ in self.tokens)

    @property
    def is_plain(self) -> bool:
        """Whether it asks for what is not known here."""
        conditional = any(kind == "bracket" and CONDITION.search(text) for kind, text in self.tokens)
        fraction = any(kind == "sign" and text == "/" for kind, text in self.tokens) and not self.is_date
        several = sum(kind == "digits" for kind, _ in self.tokens) > 1 and not self.is_date
        return conditional or fraction or several or any(kind == "general" for kind, _ in self.tokens)


def shown(value: float, code: str = GENERAL, *, from_1904: bool = False) -> str:
    """The number as its format shows it; ``from_1904`` is how days are counted in files of old Macintoshes."""
    if not isfinite(value):
        return "#NUM!"
    sections = _sections(code[:LONGEST_CODE])
    if any(section.is_plain for section in sections):
        return general(value)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if not section.tokens:
        return ""
    return _day(value, section, from_1904=from_1904) if section.is_date else _number(value, section)


def hides_text(code: str) -> bool:
    """Whether cells in this format show nothing of a text, as with ``;;;``: its fourth section is for texts."""
    sections = _sections(code[:LONGEST_CODE])
    return len(sections) > TEXTS and not sections[TEXTS].tokens


def general(value: float) -> str:
    """A number without a format of its own."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.11G}" if abs(value) < 1e-5 else f"{value:.11g}"


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in TOKEN.finditer(code):
        kind = match.lastgroup or "sign"
        text = match[kind]
        if kind == "sign" and text == ";":
            sections.append([])
        elif kind == "space":
            sections[-1].append(("quoted", " "))
        elif kind != "fill":
            sections[-1].append((kind, text))
    return tuple(_Section(tuple(_minutes_told(section))) for section in sections)


def _minutes_told(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``m`` is a minute after hours and before seconds, and a month elsewhere."""
    timed = [n for n, (kind, _) in enumerate(tokens) if kind in {"date", "elapsed"}]
    told = list(tokens)
    for order, n in enumerate(timed):
        kind, text = tokens[n]
        if kind != "date" or text[0] not in "mM" or len(text) > 2:
            continue
        before = [tokens[other][1][0].lower() for other in timed[:order]]
        after = [tokens[other][1][0].lower() for other in timed[order + 1 :]]
        if before[-1:] == ["h"] or after[:1] == ["s"]:
            told[n] = ("date", "n" * len(text))
    return told


def _number(value: float, section: _Section) -> str:
    percents = sum(text.count("%") for kind, text in section.tokens if kind == "sign")
    scaled = abs(Decimal(repr(value))).scaleb(2 * min(percents, 3))
    parts = [_digits(scaled, text) if kind == "digits" else _literal(kind, text) for kind, text in section.tokens]
    rounds_to_nought = not any(character in "123456789" for part in parts for character in part)
    return ("-" if value < 0 and not rounds_to_nought else "") + "".join(parts).strip()


def _literal(kind: str, text: str) -> str:
    return text if kind in {"quoted", "escaped", "money", "sign"} else ""


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, rest = pattern.partition(".")
    if "E" in pattern.upper():
        places = len(re.sub("[Ee].*", "", rest))
        return f"{float(value):.{min(places, MOST_DECIMALS)}E}"
    thousands = len(whole) - len(whole.rstrip(","))
    value = value.scaleb(-3 * min(thousands, 5))
    rounded = value.quantize(Decimal(1).scaleb(-min(len(rest), MOST_DECIMALS)), context=EXACT)
    before, _, decimals = f"{rounded:f}".partition(".")
    least = rest.count("0")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    if "," in whole.rstrip(","):
        before = f"{int(before):,}"
    before = "" if before == "0" and "0" not in whole else before.zfill(whole.count("0"))
    return f"{before}.{decimals}" if decimals else before


def _day(value: float, section: _Section, *, from_1904: bool) -> str:
    if not 0 <= value < LAST_DAY - FROM_1904 * from_1904:
        return general(value)
    moment = _moment(value, from_1904=from_1904)
    by_noon = any(kind == "noon" for kind, _ in section.tokens)
    parts = []
    for kind, text in section.tokens:
        if kind == "date":
            parts.append(_date_part(moment, text.lower(), by_noon=by_noon))
        elif kind == "elapsed":
            parts.append(str(int(round(value * 86_400) // {"h": 3600, "m": 60, "s": 1}[text[0].lower()])))
        elif kind == "noon":
            parts.append(f"{moment:%p}")
        else:
            parts.append(_literal(kind, text))
    return "".join(parts).strip()


def _moment(value: float, *, from_1904: bool) -> datetime:
    """The time that a number of days stands for: 60 is 29 February 1900, which never was."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)  # noqa: DTZ001 - as written
    seconds = min(round(value * 86_400), (LAST_DAY - FROM_1904 * from_1904) * 86_400 - 1)
    return start + timedelta(seconds=seconds)


def _date_part(moment: datetime, text: str, *, by_noon: bool) -> str:
    letter, long = text[0], len(text) > 1
    if letter == "y":
        return f"{moment:%Y}".zfill(4) if len(text) > 2 else f"{moment:%y}"
    if letter == "m":
        return MONTH_FORMS.get(text, "{0:%B}").format(moment)
    if letter == "d":
        return DAY_FORMS.get(text, "{0:%A}").format(moment)
    if letter == "h":
        hour = (moment.hour % 12 or 12) if by_noon else moment.hour
        return f"{hour:02}" if long else str(hour)
    number = moment.minute if letter == "n" else moment.second
    return f"{number:02}" if long else str(number)
