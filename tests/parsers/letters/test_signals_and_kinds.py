"""What kind of letter it is, how the request came out, and what else it does."""

import pytest

from parsers.letters.reading import read_letter, reading_as_json, strongest
from parsers.letters.records import LetterContext, Reading

HEAD = "Ref: A/1234\nDear Ms Hall\n\n"


def read(body: str, context: LetterContext = LetterContext()) -> Reading:  # noqa: B008 - frozen
    return read_letter(HEAD + body, context=context)


KINDS_AND_OUTCOMES = [
    (
        "Your request was received on 3 May 2020 and has been logged. We will respond within 20 working days.",
        "acknowledgement",
        "acknowledgement",
    ),
    ("Could you please clarify which of the two schemes you mean?", "clarification", "clarification"),
    ("We need further time to weigh the public interest and hope to reply by 4 June 2020.", "holding", "other"),
    ("We have transferred your request to the Rivers Agency, which holds it.", "transfer", "transferred"),
    ("Please find attached the list that you asked for.", "response", "disclosed_full"),
    (
        "Please find attached the list. Names are withheld under section 40(2) of the FOIA.",
        "response",
        "disclosed_part",
    ),
    ("The list is withheld under section 43(2) of the FOIA.", "refusal_notice", "withheld"),
    ("The council does not hold the information you requested.", "response", "not_held"),
    ("We neither confirm nor deny that we hold it, by virtue of section 24(2) of the FOIA.", "refusal_notice", "ncnd"),
    (
        "The cost would exceed the limit of 18 hours, so section 12(1) of the FOIA applies.",
        "refusal_notice",
        "cost_limit",
    ),
    (
        "The request is vexatious and is refused under section 14(1) of the FOIA.",
        "refusal_notice",
        "vexatious_or_repeat",
    ),
    ("It is on our website and exempt under section 21 of the FOIA.", "refusal_notice", "accessible_elsewhere"),
    (
        "I have completed the internal review that you requested. I uphold the original decision.",
        "internal_review_outcome",
        "review_upheld",
    ),
    (
        "I have completed the internal review that you requested. Your complaint is upheld and the list is attached.",
        "internal_review_outcome",
        "review_overturned",
    ),
]


@pytest.mark.parametrize(("body", "kind", "outcome"), KINDS_AND_OUTCOMES)
def test_kind_and_outcome(body: str, kind: str, outcome: str) -> None:
    reading = read(body)
    assert (reading.kind, reading.outcome) == (kind, outcome)


def test_an_offer_of_review_does_not_make_a_review() -> None:
    reading = read(
        "The list is withheld under section 43(2) of the FOIA.\n\n"
        "Requests for an internal review should be made within two months of this original decision."
    )
    assert reading.kind == "refusal_notice"


def test_a_refusal_that_is_only_supposed_refuses_nothing() -> None:
    reading = read(
        "We have received your request and will respond within 20 working days. If any of it is exempt under "
        "section 40 of the FOIA we will say so."
    )
    assert reading.kind == "acknowledgement"
    assert [citation.role for citation in reading.citations] == ["possible_future"]


SIGNALS = [
    ("We can neither confirm nor deny that we hold it.", "ncnd", None),
    (
        "On balance the public interest in maintaining the exemption outweighs that in disclosure.",
        "public_interest_test",
        "withhold",
    ),
    (
        "We have concluded that the public interest favours disclosure of the report.",
        "public_interest_test",
        "disclose",
    ),
    ("The qualified person has given her opinion.", "qualified_person", None),
    ("We estimate that it would take 27 hours.", "cost_estimate", "27 hours"),
    ("The cost is estimated to exceed £600.", "cost_estimate", "£600"),
    ("You may wish to narrow the scope of your request.", "advice_offered", None),
    ("The council does not hold this.", "not_held", None),
    ("You have the right to ask for an internal review.", "review_offered", None),
    ("You may then complain to the Information Commissioner.", "regulator_named", "Information Commissioner"),
    (
        "You may then apply to the Scottish Information Commissioner.",
        "regulator_named",
        "Scottish Information Commissioner",
    ),
    ("We are extending the time for our answer until 4 June 2020.", "extended_until", "2020-06-04"),
    ("It has been handled under the Environmental Information Regulations 2004.", "regime_switched", "EIR"),
    ("We are not obliged to confirm or deny whether any complaint was made.", "ncnd", None),
    (
        "The Dean, as our qualified person, is away; the Vice-Chancellor gave her opinion.",
        "qualified_person",
        "Vice-Chancellor",
    ),
    (
        "Reading 900 files at five minutes each is 75 hours, and so well above the limit of 18 hours.",
        "cost_estimate",
        "75 hours",
    ),
    ("It would come to £2,150, and the limit is £450.", "cost_estimate", "£2,150"),
    ("You could confine it to one depot and one year.", "advice_offered", None),
    ("Minutes of the second meeting: not held.", "not_held", None),
    ("We've no records of that kind.", "not_held", None),
    ("Please ask us to reconsider within two months if you disagree.", "review_offered", None),
    ("If you would like this answer reviewed, please write to the Clerk.", "review_offered", None),
    ("You can write to the Solicitor asking for a reconsideration.", "review_offered", None),
    ("Section 12 applies. At four minutes a page that comes to 212 hours.", "cost_estimate", "212 hours"),
    ("Nothing is recorded about that.", "not_held", None),
    ("Under section 16 we have looked at whether a smaller request could be met.", "advice_offered", None),
    ("You could then turn to the Commissioner.", "regulator_named", "Information Commissioner"),
    ("We need longer to answer, and a decision will be made by 3 August 2020.", "extended_until", "2020-08-03"),
    ("They are environmental information, and FOIA does not apply.", "regime_switched", "EIR"),
    (
        "It is withheld under section 43(2) of the FOIA. The interest in it is outdone: the next tender weighs more.",
        "public_interest_test",
        "withhold",
    ),
]


@pytest.mark.parametrize(("sentence", "name", "value"), SIGNALS)
def test_signal_with_its_value_and_its_words(sentence: str, name: str, value: str | None) -> None:
    found = {signal.name: signal for signal in read(sentence).signals}
    assert found[name].value == value  # type: ignore[index]  # a name that is no SignalName must fail here
    assert found[name].evidence.quote in HEAD + sentence  # type: ignore[index]  # as above


NO_SIGNALS = [
    ("It should not be inferred whether the information is or is not held.", "not_held"),
    (
        "We must consider whether the public interest in disclosure outweighs that in withholding.",
        "public_interest_test",
    ),
    ("> You do not hold it, you say, and I want an internal review.", "not_held"),
    ("Section 40 is absolute, so that no public interest test is needed; it is withheld.", "public_interest_test"),
    ("In general a request that would take more than 18 hours may be refused.", "cost_estimate"),
    ("Our spending above 500 pounds is listed each month.", "cost_estimate"),
    ("The Commissioner found against another council last year.", "regulator_named"),
    ("> You do not hold it, you say, and I want an internal review.", "review_offered"),
    ("There was no opinion of a qualified person at that time.", "qualified_person"),
    ("It will be dealt with under the FOIA or the Environmental Information Regulations.", "regime_switched"),
    ("The fee paid to the designer (\u00a391,000) was published.", "cost_estimate"),
]


@pytest.mark.parametrize(("sentence", "name"), NO_SIGNALS)
def test_no_signal(sentence: str, name: str) -> None:
    assert name not in {signal.name for signal in read(sentence).signals}


def test_the_strongest_role_stands_for_the_letter() -> None:
    citations = read(
        "Section 43(2) of the FOIA might apply. We considered it, and section 43(2) of the FOIA is engaged; the prices "
        "are withheld."
    ).citations
    assert {citation.role for citation in citations} == {"possible_future", "relied_on"}
    assert strongest(citations)["FOIA", "43(2)"].role == "relied_on"


def test_pages_are_named_only_where_there_are_several() -> None:
    one = reading_as_json(read_letter("Withheld under section 43(2) of the FOIA."), id="a")
    two = reading_as_json(read_letter(["Dear Ms Hall", "Withheld under section 43(2) of the FOIA."]), id="a")
    assert one["citations"][0].keys() == {"regime", "provision", "role", "quote", "start", "end", "confidence"}  # type: ignore[index]
    assert two["citations"][0]["page"] == 2  # type: ignore[index]


def test_json_has_the_prescribed_fields_in_order() -> None:
    assert list(reading_as_json(read_letter("Hello"), id="letter-1")) == [
        "id", "kind", "letter_date", "request_date", "references", "citations", "outcome", "signals", "parser_version",
    ]  # fmt: skip


def test_the_nation_of_the_authority_decides_between_two_acts() -> None:
    sentence = "The advice is exempt under section 36(1)."
    assert read(sentence).citations[0].regime == "FOIA"
    assert read(sentence, LetterContext(nation="scotland")).citations[0].regime == "FOISA"


def test_a_letter_that_names_no_act_says_between_which_it_hangs() -> None:
    assert read("The advice is exempt under section 36(1).").citations[0].candidates == ("FOIA", "FOISA")
    assert read("Under the FOIA the advice is exempt: section 36(1).").citations[0].candidates == ()


def test_in_a_message_that_goes_out_nothing_is_the_authoritys() -> None:
    reading = read("You withheld it under section 43(2) of the FOIA.", LetterContext(direction="outgoing"))
    assert [citation.role for citation in reading.citations] == ["requester_quotation"]
    assert (reading.kind, reading.outcome, reading.signals) == ("other", "other", ())


def test_the_day_of_the_request_chooses_the_data_protection_act() -> None:
    sentence = "Section 10 of the Data Protection Act matters here."
    assert read(sentence, LetterContext(request_date="2015-03-01")).citations[0].regime == "DPA1998"
    assert read(sentence, LetterContext(request_date="2021-03-01")).citations[0].regime == "DPA2018"


def test_the_sentence_is_the_evidence_and_the_printed_words_have_their_own_place() -> None:
    text = "The names are withheld under sections 40(2) and 38(1)(a) of the FOIA. Nothing else is."
    for citation in read_letter(text).citations:
        assert citation.evidence.quote == text.removesuffix(" Nothing else is.")
        assert citation.printed_start is not None
        assert text[citation.printed_start :].startswith(citation.printed)
    assert [citation.printed for citation in read_letter(text).citations] == ["40(2)", "38(1)(a)"]
