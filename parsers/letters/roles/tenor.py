"""What a letter says as a whole that colours every provision in it: that a public interest test is still open, that a
review stands by the first answer or goes back on it, or that the letter tells how often grounds were used.
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from parsers.letters.text.phrases import Phrases, Words

_PIT_OPEN = Phrases(
    "need|needs|needed longer|more_time to consider|weigh|assess|decide ...60 public_interest|balance",
    "further|more|additional|extra|longer time|days|period|opportunity ...140 public_interest|balance_of|"
    "where_the_balance",
    "extend|extended|extending|extension|extends ...160 public_interest|balance_of",
    "not_yet|yet_to|still_to|still_considering|still_weighing|still_being ...90 public_interest|balance_of|"
    "balance_lies",
    "public interest ...100 not_yet|still_to|still_being|still_under|yet_to|further_time|more_time|extend*|extension|"
    "under_consideration|"
    "is_ongoing|"
    "continues|unfinished|incomplete|not_been_completed|has_not_been_reached",
    "continue|continuing|need_time|require_time|more_time {3} consider|weigh|assess|determine|balance ...60 "
    "public_interest",
    "hope|aim|expect|intend ...80 public_interest|balance ...80 by",
)
_DONE = Phrases(
    "favours|favoured|favour withholding|maintaining|non-disclosure|disclosure|release|disclosing|the_exemption",
    "on balance",
    "decline|declines|declining|decided not_to|to",
    "test|exercise|interest ...60 done|carried_out|conducted|completed|performed|undertaken",
    "outweigh|outweighs|outweighed",
    "balance|interest ...40 lies|favours|falls ...40 withholding|maintaining|exemption|exception|disclosure|disclosing",
)
_UPHOLDS = Phrases(
    "uphold|upheld|upholds|upholding [in_full] [the] [our] original|initial|first|earlier|council's|trust's|"
    "department's|"
    "decision|response|refusal|reply|answer|application|position|use",
    "uphold|upheld|upholds it|this|that|in_full",
    "decision|response|refusal|reply|answer|exemption|exemptions|exception is|are|was|were|be|has_been|should_be "
    "upheld|"
    "maintained|confirmed|correct|affirmed",
    "confirm|confirms|confirming|affirm|affirms|endorse|endorses|maintain|maintains|stand_by|stands_by|agree_with|"
    "agrees_with "
    "[the] [that] [our] original|initial|first|earlier|decision|response|refusal|reply|position|answer",
    "correctly|rightly|properly|appropriately applied|refused|withheld|relied|used|engaged|handled|dealt",
    "was|were|is right|correct|entitled|justified|reasonable to|in apply|withhold|refuse|rely|applying|withholding|"
    "refusing|relying",
    "dismiss|dismisses|dismissed|reject|rejects|rejected your|the complaint|appeal",
    "your complaint|appeal is|was|has_been not_upheld|dismissed|rejected",
    "do|does|did|cannot|can not uphold your|the_complaint",
    "see|find|found|is|have|there_is no reason|grounds|basis|cause to|for change|overturn|alter|depart|disturb|reverse",
    "original decision|response|refusal stands|remains",
)
_OVERTURNS = Phrases(
    "overturn|overturned|overturns|overturning|reverse|reversed|reverses|quash|set_aside|substitute|substitutes|"
    "substituted",
    "withdraw|withdraws|withdrawn|no_longer",
    "wrongly|incorrectly|wrong|incorrect|in_error|mistaken|misapplied|unjustified",
    "should not have been|withheld|applied|relied|refused",
    "part|partly|partially uphold|upheld|upholds|overturn",
    "uphold|upheld|upholds in_part|partly|partially|your_complaint",
    "complaint|appeal is|was|has_been|be upheld|partly|partially",
    "instead",
    "rather than",
    "vary|varies|varied|modify|modifies|modified|amend|amended|replace|replaced|replaces",
    "can|may|should|will now be disclosed|released|provided|sent|have",
    "is|are now disclosed|released|enclosed|attached|provided",
    "not|n't upheld|uphold|engaged|maintained|satisfied|persuaded|convinced|agree|accept",
)
_REFUSES = Phrases(
    "we|i|council|trust|board|department|force|university|authority|service|agency "
    "[are|am|have|must|therefore|will|also|hereby] "
    "refuse|refuses|refusing|refused|decline|declines|declining|withhold|withholds|withholding|withheld",
    "this {5} refusal",
    "request|information is|are|has_been|have_been [therefore|also|being] refused|withheld",
)
_NOTICE = Phrases(
    "commissioner's decision|view is|that", "commissioner has [therefore] decided|concluded|found", "decision notice"
)
_KEEPS = Phrases(
    "cannot|can't|unable_to|not_able_to|will_not|won't|may_not [be] give|given|send|sent|share|shared|let_you|hand|"
    "supply|"
    "supplied|publish|show|shown|tell|open|make",
    "held|keep|keeping|kept|hold|holding back",
    "shall|will|do|does|did|can not {1} tell|give|send|share|name|show|let|say|hand|part_with",
    "won't|shan't|can't|don't tell|give|send|share|name|show|let|say|hand",
    "resolved|decided|agreed|determined not to",
    "blanked|taken|blacked|left|crossed out",
)
_HANDLED = Phrases(
    "number|numbers|total|how_many|breakdown|proportion|percentage|statistics|figures|list|table {6} requests|refusals|"
    "exemptions|exceptions|responses|decisions|refused|grounds",
    "requests|refusals were|have_been|was refused|rejected|withheld|declined|handled|received",
    "received|refused|handled|answered {3} requests",
    "exemption|exemptions|exception|exceptions|ground|grounds {3} used|applied|cited|relied|engaged {2} in|number|"
    "times|#",
    "number of times|requests|refusals|cases|occasions",
)
_REVISITS = Phrases(
    "i|we|panel|reviewer|i_therefore|we_therefore|council|trust|board [have|has|therefore|now|also] uphold|upheld|"
    "upholds|overturn|"
    "overturned|overturns",
    "outcome|result of {2} review|reconsideration",
    "review of response|decision|our_response|our_decision|the_decision",
    "requirement|request for review|reconsideration ...60 was|of|dated|received",
    "looked at {3} again",
    "have|has reconsidered",
    "reconsideration of our|the",
    "review decision|reference|ref|outcome|conclusion|findings|panel|response",
    "original decision:|response:|reply:|answer:",
)
_COUNT = (
    r"(?:[ ]?\([a-z ,'-]{0,60}\))?(?:[ ]?-?[ ][a-z ,'-]{0,60}?)?"
    r"(?:[ ]{2,}|[ ]?[:=|][ ]*|[ ]-[ ]|\.{2,}[ ]?|[ ]\()[0-9]{1,4}(?:[ ](?:times|requests?|cases?|occasions?|"
    r"refusals?))?\)?[ .;,]*(?=\n|$)"
)
COUNT = re.compile(_COUNT.replace("(?:[ ]{2,}|", "(?:[ ]|"))
"""How often a section was used, on the line of the section: its name, a blank or a colon, and a number."""
OTHERS = re.compile(
    r"\b(?:[0-9][0-9,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|some|no|most|few|"
    r"other) "
    r"(?:[a-z]+ ){0,2}(?:requests?|cases|refusals|applications)\b(?! (?:you|that you|from you))[^.;]{0,20}\b(?:was|"
    r"were|had been|have been|refused|relied|rested|cited|invoked)"
    r"\b[^.;]{0,60}$|"
    r"^(?:some |several |many |most )?other (?:public )?(?:councils|authorities|trusts|forces|departments|universities|"
    r"bodies|boards) (?:(?:have|had|also|sometimes|often) )*(?:refus|rel[iy]|us|appl|with|cit)[a-z]+\b[^.;]{0,60}$"
)
"""The words before a ground by which other requests were refused, here or elsewhere."""
USED_IN = re.compile(
    r"^(?:[ ]?\([^)]{0,60}\))? (?:(?:was|were|is|has been|had been|used|applied|cited|relied on|relied upon|invoked|"
    r"engaged|"
    r"only) )*(?:in|on|for|to) (?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no)"
    r"(?: [a-z]+)?(?: (?:cases?|times|occasions?|requests?|instances?|repl(?:y|ies)))?[.,; ]|"
    r"^ (?:was|were|is|has been) (?:only )?(?:used|applied|cited|relied on|invoked|engaged) (?:[0-9]+|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve) (?:times|occasions)\b"
)
"""How often it was used, in a sentence that goes on so after the section."""
_COUNTED = re.compile(
    r"(?:^|\n)[^\n]{0,30}?(?:\b(?:sections?|ss?\.?|regulations?|"
    r"regs?\.?)[ ]?)?\b[0-9]{1,2}[a-z]?(?:[ ]?\([0-9a-z]{1,4}\)){0,3}" + _COUNT
)
"""A line that gives a section and how often it was used."""
_SEVERAL = 2
_POINTED_AT = (
    r"(?:that|this|those|these|either|both|any)[ \n](?:(?:of|other|second|further|alternative|additional)[ \n]){0,2}"
    r"(?:(?:these|those)[ \n])?(?:exemptions?|exceptions?|grounds?)\b"
)
_GIVES_UP = re.compile(
    r"\b(?:no longer|(?:do|does) not now)[ \n](?:rely|relies|relying|depend|depends|insist|insists)[ \n](?:up)?on[ \n]"
    rf"{_POINTED_AT}|"
    rf"\b(?:withdraws?|withdrew|withdrawing|abandons?|abandoned|drops?|dropped)[ \n](?:our[ \n]reliance[ \n]on[ \n])?"
    rf"{_POINTED_AT}|"
    rf"\b{_POINTED_AT}[ \n](?:is|are|has[ \n]been|have[ \n]been)[ \n](?:(?:also|therefore|accordingly|likewise|now)"
    r"[ \n]){0,2}(?:withdrawn|abandoned|dropped|no longer relied on)\b"
)
_GIVING_UP = ("no longer", "not now", "withdr", "abandon", "drop")
"""One of these a letter must have to give up a ground: quickly seen, where the pattern is slow."""
_SEVERAL_OF = re.compile(r"\b(?:those|these|both|either)\b|\b(?:exemptions|exceptions|grounds)\b")


_ASKS_BACK = re.compile(
    r"\bbefore we can\b|\bif we (?:do not|don't) hear\b|\bunless we hear\b|\bwe need to know\b|\bwe will close "
    r"(?:it|your)\b"
)
_ASKING = ("before we can", "if we do", "unless we hear", "we need to know", "we will close")
"""How the words begin; quickly seen, where the pattern is slow."""


@dataclass(frozen=True, kw_only=True)
class Tenor:
    """What a letter says as a whole; each is looked for when it is first asked for."""

    own: Words
    """The words of the authority's own voice."""
    words: Words
    """Those of all voices."""

    @functools.cached_property
    def weighing(self) -> bool:
        """A public interest test is still open, and none is closed."""
        return _PIT_OPEN.search(self.own) is not None and _DONE.search(self.own) is None

    @property
    def upholds(self) -> bool:
        """It stands by an earlier decision and goes back on nothing."""
        return self._stands_by and not self._goes_back

    @property
    def overturns(self) -> bool:
        """It goes back on an earlier decision and stands by nothing."""
        return self._goes_back and not self._stands_by

    @functools.cached_property
    def _stands_by(self) -> bool:
        return _UPHOLDS.search(self.own) is not None

    @functools.cached_property
    def _goes_back(self) -> bool:
        return _OVERTURNS.search(self.own) is not None

    @functools.cached_property
    def counts(self) -> bool:
        """It tells how often grounds were used in answering requests."""
        return _HANDLED.search(self.words) is not None and _several(self.own.text)

    @functools.cached_property
    def revisits(self) -> bool:
        """It looks again at an earlier decision."""
        return _REVISITS.search(self.own) is not None

    @functools.cached_property
    def refuses(self) -> bool:
        """It says in so many words that it refuses or withholds."""
        return _REFUSES.search(self.own) is not None

    @functools.cached_property
    def notice(self) -> bool:
        """It is a regulator's notice, which records what an authority claimed and whether it was right."""
        return _NOTICE.search(self.words) is not None and "complainant" in self.words.text

    @functools.cached_property
    def keeps(self) -> bool:
        """It says somewhere that something cannot be given."""
        return _KEEPS.search(self.own) is not None

    @functools.cached_property
    def gives_up(self) -> Literal["", "one", "all"]:
        """Whether it gives up a ground, or grounds, that it names by no number: ``that exemption is withdrawn``."""
        return _gives_up(self.own.text)

    @functools.cached_property
    def waits(self) -> bool:
        """It waits for what the requester has to say: what would be refused is not refused yet."""
        return any(said in self.own.text for said in _ASKING) and _ASKS_BACK.search(self.own.text) is not None


def _gives_up(text: str) -> Literal["", "one", "all"]:
    found = _GIVES_UP.search(text) if any(verb in text for verb in _GIVING_UP) else None
    if found is None:
        return ""
    return "all" if found[0].rstrip().endswith("s") or _SEVERAL_OF.search(found[0]) else "one"


def _several(text: str) -> bool:
    found = _COUNTED.finditer(text)
    return sum(1 for _, _ in zip(found, range(_SEVERAL), strict=False)) == _SEVERAL
