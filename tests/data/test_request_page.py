"""The page of one request: order, evidence, what is hidden, and that nothing a letter says becomes markup."""

from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import Sample
from tests.data.threads import HOSTILE_TEXT, sample

REPLACED = "\ufffd"


def test_messages_stand_in_the_order_of_the_thread(site: Site) -> None:
    page = site.page("/request/201")
    assert [one.get("id") for one in page.cssselect("article.message")] == [
        "outgoing-7", "incoming-8", "outgoing-9", "incoming-10",
    ]  # fmt: skip
    assert [words(one) for one in page.cssselect("article h3")] == [
        "The requester wrote", "Department for Weights and Measures wrote",
        "The requester wrote", "Department for Weights and Measures wrote",
    ]  # fmt: skip
    assert page.cssselect("article time")[1].get("datetime") == "2023-06-29T16:00:00+01:00"


def test_a_slug_leads_to_the_request(site: Site) -> None:
    answer = site.get("/request/parking_fines")
    assert (answer.status_code, answer.headers["location"]) == (302, "/request/101")


def facts(page: html.HtmlElement) -> dict[str, str]:
    """What came of the request, as the head of its page lists it."""
    names, values = (map(words, page.cssselect(f".facts {tag}")) for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def test_the_head_says_what_was_asked_of_whom_and_what_came_of_it(site: Site) -> None:
    page = site.page("/request/101")
    lead = "Asked of Ashwick Borough Council on 1 March 2023, under the Freedom of Information Act 2000."
    assert words(page.cssselect(".lead")[0]) == lead
    assert words(page.cssselect(".asked")[0]) == "Please tell me who patrols Mill Lane."
    found = facts(page)
    assert found["Outcome, as read"] == "Withheld (from this letter)"
    assert found["Requester’s label"] == "Refused"
    assert found["Side by side"] == "The two agree. Why both are shown"
    assert found["Authority’s reference"] == "ABC/2023/17"


def test_the_columns_of_a_request_are_its_clock_where_nothing_more_is_known(site: Site) -> None:
    page = site.page("/request/101")
    assert [words(one) for one in page.cssselect(".timeline li")] == [
        "1 March 2023 Asked", "29 March 2023 Last day for an answer", "12 April 2023 Answered",
    ]  # fmt: skip
    assert words(page.cssselect(".verdict.late")[0]) == "Late: 28 working days"


def clocked() -> Sample:
    """The sample with the clock of one request told in full, and a family that it belongs to."""
    made = sample()
    made.add("clocks", request_id=201, regime="FOIA", school=0, received_on="2023-06-01", started_on="2023-06-01",
             first_due_on="2023-06-29", due_on="2023-07-13", due_at_latest="2023-07-13", answered_on="2023-06-29",
             working_days=20, timing="permitted_extension", timing_reason="Answered <i>within</i> it.")  # fmt: skip
    steps = [
        ("received", "2023-06-01", "2023-06-29", "FOIA 10(1)", "outgoing-7", None),
        ("extended", "2023-06-20", "2023-07-13", "FOIA 10(3)", "incoming-8", "incoming-8/citation/1"),
        ("answered", "2023-07-20", "2023-07-13", None, "incoming-8", None),
        ("a_new_step", "2023-07-21", None, None, None, None),
    ]
    for number, (step, day, due, law, message, citation) in enumerate(steps, 1):
        made.add("clock_steps", id=f"request/201/step/{number}", request_id=201, position=number, step=step, day=day,
                 due_on=due, law=law, says="So it is.", message_id=message, citation_id=citation)  # fmt: skip
    assert made.find("reviews", request_id=201)["working_days"] == 21
    for key, kind, title in (("round-robin-201", "round_robin", "Minutes"), ("template-1", "template", "We <b>hold")):
        made.add("families", id=key, kind=kind, size=2, authorities=12, requests=2, representative="outgoing-7",
                 title=title, batches=0)  # fmt: skip
        made.add("family_members", id=f"{key}/outgoing-7", family_id=key, request_id=201, authority_id=2,
                 message_id="outgoing-7", page=1, start=0, end=5, likeness=1.0)  # fmt: skip
    made.find("requests", id=201).update(label_agrees=0)
    return made


def test_the_clock_shows_what_moved_it_and_leads_to_what_says_so(site_of: Any) -> None:
    page = site_of(clocked()).page("/request/201")
    assert [words(one) for one in page.cssselect(".timeline li")] == [
        "1 June 2023 Asked",
        "20 June 2023 More time is taken now due 13 July 2023 (FOIA s.10(3))",
        "20 July 2023 Answered",
        "21 July 2023 a new step",
    ]
    assert [one.get("class") for one in page.cssselect(".timeline li")] == ["done", "stop", "late", "done"]
    assert [one.get("href") for one in page.cssselect(".timeline a")] == [
        "#outgoing-7", "/citation/incoming-8/citation/1", "#incoming-8",
    ]  # fmt: skip
    assert words(page.cssselect(".verdict")[0]).startswith("In time, within an extension")
    assert "Internal review: the refusal was overturned, after 21 working days." in words(page)
    assert "Answered <i>within</i> it." in words(page)


def test_two_views_that_differ_are_said_to(site_of: Any) -> None:
    assert facts(site_of(clocked()).page("/request/201"))["Side by side"].startswith("The two differ")


def test_families_of_a_request_and_of_its_letters_are_linked(site_of: Any) -> None:
    page = site_of(clocked()).page("/request/201")
    found = {one.get("href"): words(one) for one in page.cssselect(".head a[href^='/family/']")}
    assert found["/family/round-robin-201"] == "see their answers side by side"
    assert found["/family/template-1"] == "We <b>hold"


def test_grounds_relied_on_lead_to_their_sentence_with_its_words(site: Site) -> None:
    ground = site.page("/request/101").cssselect(".head .provisions-read li")[0]
    assert ground.cssselect("a")[0].get("href") == "/citation/attachment-1/citation/1"
    assert words(ground.cssselect("q")[0]) == "exempt under section 40(2)"


def test_messages_lead_to_their_neighbours_and_are_listed_beside(site: Site) -> None:
    page = site.page("/request/201")
    jumps = [[one.get("href") for one in jump.cssselect("a")][:-2] for jump in page.cssselect(".jumps")]
    assert jumps == [
        ["#incoming-8"], ["#outgoing-7", "#outgoing-9"], ["#incoming-8", "#incoming-10"], ["#outgoing-9"],
    ]  # fmt: skip
    index = [one.get("href") for one in page.cssselect("nav.thread-side ol a")]
    assert index == ["#outgoing-7", "#incoming-8", "#outgoing-9", "#incoming-10"]


def test_long_quoted_mail_is_folded_and_open_where_something_in_it_is_relied_on(site_of: Any) -> None:
    made = sample()
    quoted = "".join(f"> line {number}\n" for number in range(1, 9))
    made.message("incoming-51", 103, f"Here it is.\n\nYou wrote:\n{quoted}", sent="2024-02-08T11:00:00+00:00")
    mail = f"Yes.\n\n-----Original Message-----\nFrom: you\nSent: then\n\nIt is under section 22 of the Act.\n{quoted}"
    made.message("incoming-52", 103, mail, sent="2024-02-09T11:00:00+00:00")
    made.reading("incoming-52", kind="refusal_notice", outcome="withheld")
    made.cite("incoming-52", "under section 22", "FOIA 22", "relied_on")
    page = site_of(made).page("/request/103")
    folds = page.cssselect("article details.quoted")
    assert [words(fold.cssselect("summary")[0]) for fold in folds] == ["Quoted mail, 8 lines", "Quoted mail, 13 lines"]
    assert [fold.get("open") is not None for fold in folds] == [False, True]
    assert "You wrote:" not in words(folds[0])
    assert folds[1].cssselect("mark.relied")


def test_a_citation_is_marked_where_it_stands_and_says_its_role(site: Site) -> None:
    page = site.page("/request/101")
    marks = [(words(one), one.get("class"), one.get("id")) for one in page.cssselect(".leaf mark")]
    assert marks == [
        ("exempt under section 40(2)", "cite relied", "citation-attachment-1-1"),
        ("section 43(2)", "cite mentioned", "citation-attachment-1-2"),
        ("Section 40(2)", "cite mentioned", "citation-attachment-1-3"),
        ("under section 40(2)", "cite relied", "citation-attachment-1-4"),
    ]
    notes = page.cssselect(".leaf .cite-note")
    assert [words(one) for one in notes] == [
        "FOIA s.40(2) relied on", "FOIA s.43(2) considered, not applied", "FOIA s.40(2) standard wording",
        "FOIA s.40(2) relied on",
    ]  # fmt: skip
    row = site.page(notes[0].get("href"))
    assert "exempt under section 40(2)" in words(row)


def test_only_pages_with_something_relied_on_are_unfolded(site: Site, site_of: Any) -> None:
    assert [leaf.get("open") is not None for leaf in site.page("/request/101").cssselect(".leaf")] == [True, True]
    made = sample()
    made.message("incoming-50", 103, "See the file.", sent="2024-02-08T11:00:00+00:00")
    made.attachment("attachment-50", "incoming-50", ["The library opens at nine."])
    page = site_of(made).page("/request/103")
    assert [leaf.get("open") for leaf in page.cssselect(".leaf")] == [None]


@pytest.mark.parametrize("citation", ["attachment-1/citation/4", "incoming-8/citation/1", "incoming-21/citation/2"])
def test_the_lasting_address_of_a_citation_leads_to_its_mark(site: Site, citation: str) -> None:
    target = site.get(f"/citation/{citation}").headers["location"]
    path, _, anchor = target.partition("#")
    assert site.page(path).xpath("//*[@id=$anchor]", anchor=unquote(anchor))


@pytest.mark.parametrize("place", ["incoming-8", "attachment-1", "attachment-1/2", "incoming-23/4"])
def test_the_lasting_address_of_a_place_leads_to_it(site: Site, place: str) -> None:
    path, _, anchor = site.get(f"/place/{place}").headers["location"].partition("#")
    assert site.page(path).xpath("//*[@id=$anchor]", anchor=unquote(anchor))


def test_hostile_words_stay_words(site: Site) -> None:
    answer = site.get("/request/110")
    page = site.page("/request/110")
    assert "<script" not in answer.text
    assert "onerror=alert" not in answer.text.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    shown = page.xpath("//article[@id='incoming-21']//div[contains(@class,'thread-text')]")[0]
    for note in shown.cssselect(".cite-note"):
        note.drop_tree()
    expected = HOSTILE_TEXT.replace("\u202e", REPLACED).replace("\u202c", REPLACED).replace("\x07", REPLACED)
    assert shown.text_content() == expected
    assert shown.get("dir") == "auto"
    assert "<script>alert(1)</script>" in words(page.cssselect("h1")[0])
    assert facts(page)["Requester’s label"] == "<b>Odd</b>"
    assert words(page.cssselect(".asked")[0]) == "javascript:alert(1) http://spam.invalid/"


def test_overlapping_citations_share_a_mark_and_false_places_are_left_out(site: Site) -> None:
    page = site.page("/request/110")
    marks = page.xpath("//article[@id='incoming-21']//mark")
    assert [words(one) for one in marks] == ["sections 31(1)(a) and 43(2) of the Act", '& on "quoted" <b>bold</b>']
    assert page.xpath("//*[@id='citation-incoming-21-2']")
    assert not page.xpath("//*[@id='citation-incoming-21-4' or @id='citation-incoming-21-5']")
    notes = [words(one) for one in page.xpath("//article[@id='incoming-21']//a[contains(@class,'cite-note')]")]
    assert notes == ["FOIA s.31(1)(a) relied on", "FOIA s.43(2) relied on", "FOIA s.1(1) procedure"]


def test_what_is_hidden_erased_held_back_or_unread_says_so(site: Site) -> None:
    said = [words(one) for one in site.page("/request/110").cssselect(".said")]
    gone = "A file (attachment-3) was taken down (erased at the source) and was first missed on 5 January 2026."
    assert said == [
        f"{gone} What it said is no longer shown here.",
        "Hidden at the source, which says: “It held <i>personal</i> details.”",
        (
            "Held back: a new spreadsheet waits some time, as it can hold data that nobody meant to send. Its text is "
            "not shown, searched or counted here."
        ),
        "This file is erased at the source.",
        "No words were read in it. It holds <images> only.",
        (
            "Held back: this file has hidden columns, hidden sheets and the data behind a pivot table. Its text is "
            "not shown, searched or counted here."
        ),
    ]


def test_every_message_and_file_links_to_its_source_and_to_nothing_that_runs(site: Site) -> None:
    page = site.page("/request/101")
    sources = [one.get("href") for one in page.cssselect("article a") if words(one) == "source"]
    assert sources == [
        "https://source.invalid/request/request_101#outgoing-1",
        "https://source.invalid/request/101/attach/attachment-1.pdf",
        "https://source.invalid/request/request_101#incoming-2",
    ]
    hrefs = [one.get("href") for one in site.page("/request/110").cssselect("a")]
    assert [href for href in hrefs if "javascript" in href] == []


def test_a_request_that_is_not_there_helps_on(site: Site) -> None:
    page = site.page("/request/99999", status=404)
    assert words(page.cssselect("h1")[0]) == "This is not in the archive"
    assert page.cssselect("form[role=search] input[name=q]")
    requests = ("/request/nobody_asked_this", "/request/1%27%20or%201=1", f"/request/{'9' * 40}")
    for path in (*requests, "/place/incoming-999", "/citation/incoming-999/citation/1", "/request/101/incoming-999"):
        assert site.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nowhere", "/public/nothing", "/public/requests/5"])
def test_an_address_that_is_nothing_is_answered_without_talk_of_databases(site: Site, path: str) -> None:
    page = site.page(path, status=404)
    assert "Nothing on this site has this address" in page.text_content()
    assert "not found" not in page.text_content()


def test_a_request_that_was_taken_down_says_when(site: Site) -> None:
    page = site.page("/request/666", status=404)
    assert words(page.cssselect("h1")[0]) == "This was taken down"
    assert "Since 2 January 2026 it is hidden at the source" in words(page)


def test_a_ground_is_quoted_by_a_sentence_and_not_by_the_heading_above_it() -> None:
    told = {"regime": "FOIA", "provision": "36(2)(b)", "role": "relied_on", "relied_on": 1}
    heading = {"id": "1", "quote": "Section 36 \u2013 Public affairs", "role_rule": "heading_in_a_refusal", **told}
    sentence = {"id": "2", "quote": "We rely on section 36(2)(b).", "role_rule": "relies", **told}
    uses = module("requests.thread").uses
    for rows, said in (([heading, sentence], sentence), ([sentence, heading], sentence), ([heading], heading)):
        (use,) = uses(rows, relied_on=True)
        assert (use.first, use.quote, use.times) == (said["id"], said["quote"], len(rows))
