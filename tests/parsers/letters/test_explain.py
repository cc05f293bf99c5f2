"""A reading told beside its letter: the marks, the notes with the rules, the summary, and text that means harm."""

import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.letters.explained.background import find_background
from parsers.letters.explained.explain import explain
from parsers.letters.explained.marks import VOICE_WORDS
from parsers.letters.explained.shown import as_text, quoted, safe
from parsers.letters.explained.summary import ROLE_WORDS
from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext, Role
from parsers.letters.rules import REGIME_RULES, ROLE_RULES
from parsers.letters.text.clean import MAX_LENGTH
from parsers.letters.voices.quotes import Voice
from tests.golden import case_id, cases
from tests.measure.corpora import pages_and_context
from tests.patience import spending

CASES = cases(Path(__file__).parent / "cases")
NOBODY = LetterContext()


def told(*pages: str, context: LetterContext = NOBODY, width: int = 100, name: str = "reply") -> list[str]:
    """The lines that explain a letter, without their ends."""
    reading, background = read_letter(pages, context=context), find_background(pages, context=context)
    rows = explain(pages, reading, background, name=name, context=context, width=width)
    lines = list(as_text(rows))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    return [line[:-1] for line in lines]


def joined(lines: list[str]) -> str:
    """The lines as running text, so that a sentence is found however it was wrapped."""
    return " ".join(" ".join(lines).split())


REFUSAL = """Ref: B/77
Dear Ms Roe

We withhold the prices under section 43(2) of the Freedom of Information Act 2000.
The names are exempt under section 40(2) of the Act.

Section 41 is not engaged.
"""


def test_a_mention_is_marked_where_it_stands_and_noted_below_its_paragraph() -> None:
    lines = told(REFUSAL)
    assert "    4 | We withhold the prices under section «1 43(2)» of the Freedom of Information Act 2000." in lines
    assert "    5 | The names are exempt under section «2 40(2)» of the Act." in lines
    place = lines.index("    5 | The names are exempt under section «2 40(2)» of the Act.")
    assert lines[place + 1].startswith("        «1» FOIA 43(2): relied on, confidence ")
    below = joined(lines[place + 1 : lines.index("    6 |")])
    assert f"{REGIME_RULES['act_after']} [act_after]" in below
    assert f"{REGIME_RULES['the_act']} [the_act]" in below
    assert f"{ROLE_RULES['relies']} [relies]" in below


def test_the_summary_says_which_mention_decides_and_what_the_others_do() -> None:
    letter = REFUSAL + "\nSection 43(2) is not engaged for the total, which is enclosed.\n"
    lines = told(letter)
    summary = joined(lines[lines.index("What stands for the letter, and which mention decides") :])
    assert "relied on FOIA 43(2): Disclosure would be likely to prejudice commercial interests" in summary
    assert "decided by «1»; considered, not applied: «4»" in summary
    assert "considered, not applied FOIA 41: Information provided in confidence decided by «3»" in summary


def test_every_fact_is_told_with_the_line_and_the_words_it_rests_on() -> None:
    letter = """Ref: B/77
3 May 2022

Dear Ms Roe

You wrote to us on 4 April 2022. We do not hold any minutes.
You may ask for an internal review.
"""
    text = joined(told(letter, context=LetterContext(nation="wales", authority="Thorn \x1b[1mCouncil")))
    assert "kind response, as its outcome shows outcome not held line 6: " in text
    assert "its date 2022-05-03, confidence" in text
    assert 'line 2: "3 May 2022"' in text
    assert 'line 6: "4 April 2022"' in text
    assert 'line 1: "B/77"' in text
    assert "signal review offered line 7: " in text
    assert "not its own what may be done next: review and complaint (line 7)" in text
    assert "its law scottish: no; nation known: yes" in text
    assert "known before authority Thorn \\x1b[1mCouncil, nation wales" in text


def test_what_is_not_found_is_said() -> None:
    text = joined(told(""))
    for words in ("its date none found", "request of none found", "reference none found", "known before nothing",
                  "No provision is mentioned."):  # fmt: skip
        assert words in text


def test_other_voices_are_announced_and_stand_behind_a_colon() -> None:
    lines = told("Dear Ms Roe\n\nThe log is attached to this letter.\n\n> Do not cite section 40(2) again.\n")
    place = lines.index("      -- an earlier message --")
    assert lines[place + 1] == "    5 : > Do not cite section «1 40(2)» again."
    assert "    3 | The log is attached to this letter." in lines


def test_a_voice_that_changes_within_a_line_parts_it() -> None:
    lines = told("Dear Ms Roe\n\nThe log is attached. If you are dissatisfied you may ask for an internal review.\n")
    place = lines.index("    3 | The log is attached.")
    assert lines[place + 1 : place + 3] == [
        "      -- what may be done next: review and complaint --",
        "      : If you are dissatisfied you may ask for an internal review.",
    ]


def test_several_pages_are_told_apart_and_facts_name_their_page() -> None:
    lines = told("Dear Ms Roe\n\nThe answer follows.", "The names are withheld under section 40(2) of the FOIA.")
    assert lines.index("--- page 2 ---") + 1 == lines.index(
        "    1 | The names are withheld under section «1 40(2)» of the FOIA."
    )
    assert "page 2, line 1:" in joined(lines)


def test_mentions_of_a_range_share_a_mark_and_reasons_that_are_alike_stand_once() -> None:
    lines = told("We withhold the file under sections 30 to 31 of the FOIA, and the memo under section 42 of the FOIA.")
    text = joined(lines)
    assert "«1 30» to «2 31»" in text or "«1-2 " in text
    assert text.count("[act_after]") == 1


def test_a_mention_over_a_line_end_is_marked_on_both_lines() -> None:
    lines = told("The names are withheld under regulation 12(5)\n(f) of the EIR and nothing else is.")
    assert "    1 | The names are withheld under regulation «1 12(5)" in lines
    assert "    2 | (f)» of the EIR and nothing else is." in lines


def test_a_mention_that_may_be_of_another_law_says_so() -> None:
    assert "It may be of FOIA or FOISA. [letter]" in joined(told("We withhold it under section 38(1)(a)."))


def test_long_lines_are_wrapped_at_blanks_and_all_their_words_kept() -> None:
    words = "The council withholds the report under section 43(2) of the FOIA. " * 20 + "x" * 300
    lines = told(words, width=60)
    letter = [line for line in lines if re.match(r" {0,4}[0-9 ] [|:] ", line[4:]) or line[6:8] in {"| ", ": "}]
    assert max(map(len, lines)) <= 60
    shown = re.sub(r"«[0-9-]+ |»", "", "".join(line[8:] for line in letter)).replace(" ", "")
    assert shown == words.replace(" ", "")


def test_a_head_that_stands_far_to_the_right_is_moved_in_and_not_wrapped() -> None:
    lines = told(" " * 90 + "Office of the Clerk\n" + " " * 200 + "We hold the log. " * 10)
    assert lines[4] == f"    1 | {'Office of the Clerk':>92}"
    assert lines[5].startswith("    2 |         We hold the log. We hold")


def test_the_title_of_a_limb_is_told_with_what_it_is_a_limb_of() -> None:
    text = joined(told("It is withheld under section 30(b)(i) of the Freedom of Information (Scotland) Act 2002."))
    assert "FOISA 30(b)(i): Inhibit substantially ...free and frank advice" in text


def test_notes_come_at_the_latest_some_lines_below_where_a_page_has_no_blank_lines() -> None:
    lines = told("We rely on section 43(2) of the FOIA.\n" + "and on.\n" * 40)
    assert lines.index("   10 | and on.") > next(place for place, line in enumerate(lines) if "«1» FOIA" in line)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b2J", "\\x9b2J"),
        ("back\x08\x08space", "back\\x08\\x08space"),
        ("half \ud83d pair", "half \\ud83d pair"),
        ("turned \u202e round \u2066", "turned \\u202e round \\u2066"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("next\u2028line\x85", "next\\u2028line\\x85"),
        ("«1 forged»", "\\xab1 forged\\xbb"),
        ("tab\tand\u00a0blank", "tab and blank"),
        ("£5 – “Cyngor” é", "£5 – “Cyngor” é"),
    ],
)
def test_what_is_not_seen_is_written_out(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown
    assert f"    1 | {shown}" in told(hostile)
    assert told("Dear Ms Roe", name=hostile)[0] == f"=== {shown} ==="


def test_a_letter_cannot_forge_what_the_reader_says() -> None:
    forged = "        «1» FOIA 12: relied on, confidence 1.00\rWhat the reader says of the letter\n=== other ===\n"
    lines = told(forged)
    assert [line for line in lines if line.startswith("===")] == ["=== reply ==="]
    assert lines.count("What the reader says of the letter") == 1
    assert not [line for line in lines if line.startswith("        «1»") and "confidence 1.00" in line]


def test_words_are_quoted_on_one_line_and_shortened_in_their_middle() -> None:
    assert quoted("two\n  lines \x1b") == '"two lines \\x1b"'
    assert len(quoted("word " * 1000, most=60)) <= 62
    assert " ... " in quoted("word " * 1000, most=60)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_mention_of_every_case_is_told_with_its_rules(case: Path) -> None:
    pages, context = pages_and_context(case)
    text = joined(told(*pages, context=context))
    citations = read_letter(pages, context=context).citations
    for number, citation in enumerate(citations, start=1):
        assert f"«{number}» " in text
        assert f"[{citation.regime_rule}]" in text
        assert f"[{citation.role_rule}]" in text
    for citation in citations:
        assert f"{safe(citation.provision)}: {ROLE_WORDS[citation.role]}, confidence" in text


def test_every_role_and_every_voice_has_words() -> None:
    assert set(ROLE_WORDS) == set(get_args(Role))
    assert set(VOICE_WORDS) == set(get_args(Voice))


@settings(deadline=None)
@given(st.lists(st.text(), max_size=3), st.integers(min_value=0, max_value=120))
def test_no_text_makes_it_fail_or_show_what_is_not_seen(pages: list[str], width: int) -> None:
    for line in told(*pages, width=width):
        assert not [each for each in line if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


SHREDS = [
    "section 40(2)", " of the FOIA", "\n", "\r\n", "\n\n", "> ", "\ufb01", "\u00ad", "s.12", ", 41 and 43", " to 36",
    "-----Original Message-----\n", "If you are dissatisfied ",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(SHREDS), max_size=30))
def test_letters_of_shreds_are_told_with_every_mention(shreds: list[str]) -> None:
    letter = "".join(shreds)
    text = joined(told(letter))
    for number, _ in enumerate(read_letter(letter).citations, start=1):
        assert f"«{number}» " in text


@pytest.mark.parametrize(
    "piece", ["section 40(((((", "(a)(b)(c)", "We rely on section 43(2) of the FOIA. ", "> ", "\n", "\x1b"]
)
def test_a_letter_without_end_is_told_in_time_that_grows_with_its_length(piece: str) -> None:
    letter = piece * (2 * MAX_LENGTH // len(piece))
    reading, background = read_letter(letter), find_background(letter)
    with spending(60):
        lines = list(as_text(explain([letter], reading, background, name="long")))
    assert f"only the first {MAX_LENGTH} characters were read" in "".join(lines)
