"""The rules by which the reader decides of which law a mention is and what it does there, each in a sentence.

The names are closed vocabularies: a rule that a reader module gives and that is not listed here does not pass mypy.
A new rule is a name in ``RegimeRule`` or ``RoleRule`` and its sentence in the table below. The sentence says what the
reader saw, so that somebody with the letter in hand can check it; it does not say what followed from it.
"""

from collections.abc import Mapping
from typing import Literal

RegimeRule = Literal[
    "act_after",
    "act_before",
    "the_act",
    "that_act",
    "the_regulations",
    "noun_names_regime",
    "schedule_of_data_protection_act",
    "human_rights_near",
    "article",
    "label",
    "form",
    "nation",
    "letter",
    "noun_slip",
    "false_friend",
    "named_before",
    "not_in_information_law",
    "no_act_named",
]
"""What decided of which law a mention is, in about the order in which the rules are asked."""

RoleRule = Literal[
    "other_act",
    "voice_earlier_message",
    "voice_request",
    "voice_topic",
    "voice_footer",
    "voice_rights",
    "voice_statute",
    "data_protection_supports",
    "no_act_named",
    "heading_of_statute",
    "read_with_a_ground",
    "review_rights",
    "not_a_ground",
    "requester_first_person",
    "requester_argues",
    "other_requests_counted",
    "withdrawn",
    "negated",
    "considered_and_dismissed",
    "denied_below_heading",
    "public_interest_for_disclosure",
    "paired_with_section_18",
    "public_interest_still_open",
    "possible",
    "if_it_were_held",
    "if_asked_again",
    "neither_confirm_nor_deny",
    "guidance",
    "complaint_restated",
    "earlier_decision_upheld",
    "earlier_decision_overturned",
    "earlier_decision_restated",
    "earlier_answer_recalled",
    "regulator_recalled",
    "claimed_in_a_holding_letter",
    "letter_does_not_answer",
    "redaction_stamp",
    "exception_for_what_is_not_held",
    "heading_in_a_refusal",
    "heading",
    "relies",
    "described_in_a_refusal",
    "described",
    "named_in_an_answer",
    "withdrawn_below",
    "only_ground_of_a_refusal",
]
"""What decided the role of a mention, in the order in which the rules are asked."""

REGIME_RULES: Mapping[RegimeRule, str] = {
    "act_after": "The Act or the Regulations are named right after the number or its heading.",
    "act_before": "The Act or the Regulations are named right before the number.",
    "the_act": (
        'The words beside the number are "the Act": the one that the letter defines so, else the one named last before '
        "that has such a section, else the Act on freedom of information of the nation."
    ),
    "that_act": 'The words beside the number are "that Act": the one named last before.',
    "the_regulations": (
        'The words beside the number are "the Regulations": those named last before that have such a regulation, else '
        "the environmental regulations of the nation."
    ),
    "noun_names_regime": "The word before the number is itself the name of a law, as in FOIA 40(2).",
    "schedule_of_data_protection_act": (
        "It is a schedule, and the letter names a Data Protection Act or a principle of one: the Act of the year "
        "printed, else the one in force on the day of the request."
    ),
    "human_rights_near": "It is an article, and human rights are named close by.",
    "article": "It is an article that the UK GDPR has, or the letter names the GDPR.",
    "label": "Words beside the number are in the title that the section has in this law only.",
    "form": "No Act is named beside it; of the laws on information only this one has the number in this form.",
    "nation": "No Act is named beside it, several laws have the number, and the letter is written under Scottish law.",
    "letter": (
        "No Act is named beside it, several laws have the number, and this is the one that the rest of the letter "
        "points to."
    ),
    "noun_slip": (
        "The law that the words point to has no such number, and this one has: the writer took the wrong word."
    ),
    "false_friend": "Number and words beside it are those of a well-known section of an Act outside information law.",
    "named_before": (
        "No Act is named beside it, but the letter has cited the number of this law before, or cites another section "
        "of it in the same sentence."
    ),
    "not_in_information_law": "No Act is named beside it, and no law on information has the number.",
    "no_act_named": "No Act is named beside it, and the number alone does not say which law it is of.",
}
"""Why a mention is taken to be of its law."""

ROLE_RULES: Mapping[RoleRule, str] = {
    "other_act": "It is of an Act outside information law, which is no ground by itself.",
    "voice_earlier_message": "It stands in an earlier message that is quoted below or behind > marks.",
    "voice_request": "It stands in the requester's own words, as they were sent or as the authority repeats them.",
    "voice_topic": "It stands in the title of the letter, or in words that only say what the request is about.",
    "voice_footer": "It stands in a disclaimer or another text that goes under every letter.",
    "voice_rights": "It stands in what the letter says about asking for a review or complaining.",
    "voice_statute": "It stands in a passage that repeats the words of the Act.",
    "data_protection_supports": (
        "It is of data protection law, which supports an exemption for personal data and is never the ground itself."
    ),
    "no_act_named": "It is not known of which law it is, so nothing can be said of what it does.",
    "heading_of_statute": "It is a heading, and the words of the Act follow below it.",
    "read_with_a_ground": "It belongs to a section that is a ground, and its clause withholds something by it.",
    "review_rights": "It is no ground for refusing, and its sentence is about the right to a review or to complain.",
    "not_a_ground": "It is no ground for refusing: it is about rights, duties, time, fees or procedure.",
    "requester_first_person": "Its sentence is in the requester's first person.",
    "requester_argues": "Its clause tells what the requester argued, asked or said.",
    "other_requests_counted": "It stands beside the number of requests in which it was used.",
    "withdrawn": "Its clause says that the authority no longer relies on it.",
    "negated": "Its clause says that it does not apply, or doubts that it does.",
    "considered_and_dismissed": "Its sentence says that it was considered and not applied.",
    "denied_below_heading": "It is a heading, and the sentence below it says that it does not apply, or no longer.",
    "public_interest_for_disclosure": (
        "It is subject to the public interest test, and the letter finds the public interest to be in disclosure."
    ),
    "paired_with_section_18": (
        "Its sentence says that it would apply if the information were held, and the letter relies on section 18 of "
        "the Scottish Act to say neither that it is nor that it is not."
    ),
    "public_interest_still_open": "The letter puts its decision off while the public interest is weighed.",
    "possible": "Its clause says that it may, might or could apply.",
    "if_it_were_held": "Its sentence says what would follow if the information were held.",
    "if_asked_again": "Its clause says what would follow if the request were changed, narrowed or made again.",
    "neither_confirm_nor_deny": "Its sentence says that it is neither confirmed nor denied whether anything is held.",
    "guidance": "Its sentence is general guidance, with nothing about this request.",
    "complaint_restated": "The letter is a review, and the sentence repeats what the requester complained about.",
    "earlier_decision_upheld": (
        "The letter is a review that stands by the first answer, and the sentence tells what the first answer had "
        "decided."
    ),
    "earlier_decision_overturned": (
        "The letter is a review that goes back on the first answer, and the sentence tells what the first answer had "
        "decided."
    ),
    "earlier_decision_restated": "The letter is a review, and the sentence tells what the first answer had decided.",
    "earlier_answer_recalled": "Its sentence recalls in the past tense how another request, or this one, was answered "
    "before.",
    "regulator_recalled": "Its clause tells what the Commissioner or a tribunal found.",
    "claimed_in_a_holding_letter": (
        "The letter puts its decision off, and the sentence claims an exemption that is subject to the public interest "
        "test."
    ),
    "letter_does_not_answer": "The letter decides nothing yet: it acknowledges, asks back, puts off or passes on.",
    "redaction_stamp": "It stands in square brackets, as a mark where words were taken out of a released page.",
    "exception_for_what_is_not_held": (
        "It is the exception for information that is not held, and the letter says that something is not held."
    ),
    "heading_in_a_refusal": "It is a heading, and the letter or the words below it refuse something.",
    "heading": "It is a heading, and nothing below it or in the letter refuses anything.",
    "relies": "Its sentence says that information is exempt, withheld or refused by it, or that it applies.",
    "described_in_a_refusal": (
        "No words in its sentence say that it is applied, but the letter refuses something in its own voice."
    ),
    "described": "Its sentence tells what it is about, and the letter refuses nothing.",
    "named_in_an_answer": "It is named in an answer, with no words that say what it does there.",
    "withdrawn_below": (
        "Its sentence tells in the past tense that it was relied on, and words farther down take it back or deny it."
    ),
    "only_ground_of_a_refusal": (
        "The letter refuses in so many words and says of no ground that it applies; this is the first that it tells of."
    ),
}
"""Why a mention is taken to do what its role says."""
