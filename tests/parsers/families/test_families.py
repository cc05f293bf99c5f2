"""What a family is: nearly the same words, whoever is named, whatever the order, and no further than from one text."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.families import (
    PARAGRAPHS,
    REQUESTS,
    Mention,
    Rule,
    Runs,
    band_keys,
    families,
    likeness,
    paragraph_runs,
    reasons,
    request_runs,
    split,
    waves,
)
from parsers.families.grouping import LEADERS, Alike, link
from parsers.families.minhash import signature
from tests.patience import spending

LEVY = """Dear {body},

Under the {law} please could you tell me:

1. How much {body} paid into the apprenticeship levy in each of the last three financial years
2. How much of that was never spent and expired
3. How many apprentices were taken on, by age and by level

I first asked on {day}. Please send the figures as a spreadsheet where that is possible.

{farewell},

{name}
"""
ALLOTMENTS = """Dear {body},

I should like to know how long the waiting list for an allotment is at present at each site, what the rent of a full
plot is, how many plots have stood empty for more than a year, and who decides to whom they are let.

Yours faithfully,

{name}
"""
BODIES = ("Wychwold District Council", "NHS Glenfarrow", "Brackenshire Constabulary", "Cyngor Sir Bryngarw", "DHC")
LAWS = (
    "Freedom of Information Act 2000",
    "Freedom of Information (Scotland) Act 2002",
    "FOI Act",
    "Environmental Information Regulations 2004",
)
DAYS = ("3 March 2024", "March 14, 2021", "01/02/2023", "the 21st of June", "2020-11-30")
NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12).map(str.title)
WORDS = st.lists(
    st.sampled_from([f"{a}{b}ing" for a in "bcdfglmnprst" for b in ("a", "e", "i", "o", "u")]), min_size=40
)


def asked(text: str, body: str, **given_: str) -> Runs:
    told = {"law": LAWS[0], "day": DAYS[0], "farewell": "Yours faithfully", "name": "Zed Featherstone", **given_}
    return request_runs(text.format(body=body, **told), [body])


@given(body=st.sampled_from(BODIES), law=st.sampled_from(LAWS), day=st.sampled_from(DAYS), name=st.tuples(NAMES, NAMES))
def test_the_same_text_with_other_names_is_one_family(body: str, law: str, day: str, name: tuple[str, str]) -> None:
    usual = asked(LEVY, BODIES[0])
    other = asked(LEVY, body, law=law, day=day, name=" ".join(name), farewell="Kind regards")
    assert likeness(usual, other) > 0.9
    found = families({1: usual, 2: other, 3: asked(ALLOTMENTS, body)}, REQUESTS)
    assert [set(family.members) for family in found] == [{1, 2}]


def test_unrelated_requests_are_of_no_family() -> None:
    assert likeness(asked(LEVY, BODIES[0]), asked(ALLOTMENTS, BODIES[0])) < 0.05
    assert families({1: asked(LEVY, BODIES[0]), 2: asked(ALLOTMENTS, BODIES[0])}, REQUESTS) == []


@given(one=WORDS, other=WORDS)
def test_texts_without_words_in_common_are_of_no_family(one: list[str], other: list[str]) -> None:
    texts = {1: request_runs(" ".join(one)), 2: request_runs(" ".join(f"x{word}" for word in other))}
    assert families(texts, REQUESTS) == []


@given(words=WORDS, order=st.permutations(range(6)), changes=st.lists(st.integers(0, 39), max_size=6))
def test_the_order_of_the_texts_does_not_matter(words: list[str], order: list[int], changes: list[int]) -> None:
    texts = {number: request_runs(changed(words, changes[:number])) for number in range(6)}
    shuffled = {number: texts[number] for number in order}
    assert families(shuffled, REQUESTS) == families(texts, REQUESTS)


def changed(words: Sequence[str], places: Sequence[int]) -> str:
    return " ".join("changed" if place in places else word for place, word in enumerate(words))


@settings(max_examples=50)
@given(words=WORDS, step=st.integers(1, 6))
def test_a_chain_of_small_changes_does_not_lead_further_than_the_cap(words: list[str], step: int) -> None:
    """Each text has ``step`` more words changed than the one before: near its neighbours, far from the first."""
    chain = {
        number: request_runs(" ".join([f"word{place}" for place in range(number * step)] + words[number * step :]))
        for number in range(12)
    }
    rule = Rule(alike=0.5, kept=0.4, fewest=5)
    found = families(chain, rule)
    assert sum(len(family.members) for family in found) == len({n for family in found for n in family.members})
    for family in found:
        usual = chain[family.representative]
        assert family.representative in family.members
        for number, told in family.members.items():
            assert told == pytest.approx(likeness(usual, chain[number]))
            assert told >= rule.kept


def test_what_a_chain_leads_too_far_is_a_family_of_its_own() -> None:
    words = [f"word{number}" for number in range(60)]
    far = {
        n: frozenset(request_runs(" ".join(words[: 60 - 5 * n] + [f"new{k}" for k in range(5 * n)]))) for n in range(9)
    }
    found = list(split(list(far), far.__getitem__, {}, Rule(alike=0.7, kept=0.6, fewest=5)))
    assert len(found) > 1
    assert sorted(number for family in found for number in family.members) == list(far)


def test_a_bucket_of_unlike_texts_costs_no_more_than_a_few_comparisons_each() -> None:
    fetched: list[int] = []

    def runs_of(number: int) -> Runs:
        fetched.append(number)
        return frozenset({number})

    link(range(500), runs_of, Alike(), REQUESTS)
    assert len(fetched) <= 2 * LEADERS * 500


@given(words=WORDS)
def test_signatures_agree_about_as_often_as_texts_are_alike(words: list[str]) -> None:
    one, other = request_runs(" ".join(words)), request_runs(" ".join([*words, "and", "one", "sentence", "more"]))
    agree = sum(a == b for a, b in zip(signature(one), signature(other), strict=True)) / 64
    assert abs(agree - likeness(one, other)) < 0.35
    assert band_keys(one) == band_keys(frozenset(one))


def test_a_text_without_words_has_no_signature() -> None:
    with pytest.raises(ValueError, match="without words"):
        band_keys(frozenset())


def test_requests_in_the_same_words_a_year_apart_are_two_waves() -> None:
    days = [("2024-03-01", 1), ("2025-03-02", 5), ("2024-05-20", 2), ("2024-08-01", 3), (None, 4), ("no day", 6)]
    assert waves(days) == [[4, 6, 1, 2, 3], [5]]
    assert waves([]) == []


LETTER = """Section 40(2) - Personal data

We are withholding the names of junior staff under section 40(2) of the Freedom of Information Act 2000, since they are
the personal data of people other than you.

They would not expect Wychwold District Council to publish them to the world, and we can see no lawful basis for it.

If you are unhappy with the way in which your request was handled you may ask for an internal review of it by writing.

This paragraph comes after the rights of review and gives no reasons, though it is long enough to be a paragraph.
"""


def mention(quote: str, *, relied_on: bool = True, statute: bool = False) -> Mention:
    return Mention(id=quote, start=LETTER.index(quote), relied_on=relied_on, statute=statute)


def test_reasons_are_the_paragraph_with_the_ground_and_those_after_until_the_rights_of_review() -> None:
    found = list(reasons(LETTER, [mention("Section 40(2)"), mention("We are withholding")]))
    assert [one.number for one in found] == [2, 3]
    assert [LETTER[one.start : one.start + 4] for one in found] == ["We a", "They"]
    assert {one.mention for one in found} == {"We are withholding"}


def test_what_is_only_mentioned_gives_no_reasons_and_statute_is_passed_over() -> None:
    assert list(reasons(LETTER, [mention("We are withholding", relied_on=False)])) == []
    found = list(
        reasons(LETTER, [mention("Section 40(2)"), mention("We are withholding", relied_on=False, statute=True)])
    )
    assert [one.number for one in found] == [3]


def test_reasons_that_name_another_provision_of_another_body_are_alike() -> None:
    one = "We withhold the pricing under section 43(2) as a rival that knew it could undercut the Trust's own supplier."
    other = one.replace("section 43(2)", "regulation 12(5)(e)").replace("Trust", "Council")
    assert likeness(paragraph_runs(one, ["X Trust"]), paragraph_runs(other)) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        "\n" * 1_000_000,
        "> " * 500_000,
        "the the " * 125_000,
        "section 40(2)(a) and (b) " * 40_000,
        "[name] 1/2/3 https://x " * 40_000,
        "foi a1" * 170_000,
        "dear " * 200_000,
        "\N{RIGHT-TO-LEFT OVERRIDE}\0" * 500_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_message_of_a_megabyte_of_one_thing_takes_no_time(hostile: str) -> None:
    with spending(20):
        runs = [request_runs(hostile, ["word", "a"]), paragraph_runs(hostile, ["the"])]
        list(reasons(hostile, [Mention(id="1", start=0, relied_on=True)]))
    assert len(families(dict(enumerate(runs)), REQUESTS)) <= 1


def test_short_texts_say_too_little() -> None:
    runs = request_runs("Please send me a copy of the contract")
    assert families({1: runs, 2: runs}, REQUESTS) == []
    assert len(re.findall(r"\w+", "Please send me a copy of the contract")) - 2 < min(
        REQUESTS.fewest, PARAGRAPHS.fewest
    )
