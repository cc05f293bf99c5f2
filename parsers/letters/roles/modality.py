"""Whether the words around a provision say only that it may come to apply: under a condition, later, or perhaps.

As in ``polarity``, the words are those of the clause before the provision and after it, in lower case and with single
blanks.
"""

import re

from parsers.letters.roles.polarity import DEPENDENT, OWN_WORDS

_ASKED_AGAIN = re.compile(
    r"\b(?:if|should|unless|were you|were there|were we|were it|had|in the event|a (?:new|further|fresh|refined|"
    r"narrower|second|later|smaller|"
    r"revised) request|any (?:new|further|fresh|refined|later|future) requests?|another request|such a request|until "
    r"then|"
    r"failing that|otherwise)\b|^a request (?:for|about|limited to|confined to)\b"
)
_PERHAPS_BEFORE = re.compile(
    r"\b(?:possible|conceivable|arguable|arguably|conceivably|possibly|perhaps|potentially|a chance|not impossible|"
    r"cannot rule out|"
    r"cannot exclude|not rule out|remains open|wonder|to see(?! that)) ?(?:that|"
    r"whether|if|also|,|the|exempt|under|application|"
    r"of|by|"
    r"exemptions?|exceptions?|in|at|claim|for)*[^,;.]{0,30}$|\b(?:efallai|gallai|gellid|gallant)\b[^,;.]{0,60}$|"
    r"\bthere (?:is|was|may be|might be) (?:an argument|a case) (?:that|for)[^,;.]{0,30}$|"
    r"\b(?:might|could|may)(?: also| well| then)?(?: have)?(?: been)? (?:argued|claimed|relied on|cited|made|applied|"
    r"engaged|used|said|put)"
    r"(?: to be exempt| out| forward)?(?: under| by| on| for)?[^;.]{0,25}$|"
    r"\b(?:not yet|yet to|still to|still) (?:decid\w+|consider\w*|determin\w+|establish\w*|assess\w*|know) (?:if|"
    r"whether)[^,;.]{0,50}$|"
    r"\b(?:considering|deciding|assessing|determining|checking) (?:if|whether)[^,;.]{0,50}$|"
    r"\b(?:would|could|might|may|shall|will) (?:then |also |still |first |have to |need to |probably |have )*(?:look "
    r"at|consider|"
    r"turn to|think about|weigh|test|check|rely on|apply|use|invoke|claim)[^,;.]{0,50}$"
)
_PERHAPS_AFTER = re.compile(
    r"^(?: ?, ?|[^;,.]{0,40}?(?:,[^,;]{0,60},)? ?)\b(?:may|might|could) (?:well |also |then |still |yet |even |"
    r"therefore |possibly )*(?!not\b)"
    r"(?:be|apply|have|need|prevent|cover|come|bite|help|catch|arise|engage|become|let|allow|enable|entitle|stand|"
    r"require|"
    r"play|extend|fall)\b"
)
_WOULD_AFTER = re.compile(
    r"^(?: ?, ?|[^;,.]{0,40}?(?:,[^,;]{0,60},)? ?)\b(?:would|will|could) (?:well |also |then |still |probably |again |"
    r"almost |certainly |"
    r"likely |in all likelihood |very )*(?!not\b)(?:have|apply|be engaged|be relied|be considered|be used|be applied|"
    r"be claimed|"
    r"be the|be open|have been|be available|be likely|need|cover|come|prevent|catch|bite|arise|let|allow|enable|"
    r"entitle|permit|exempt|"
    r"protect|be looked|be thought|stand|fall|fail|take)\b"
)
_WOULD_BE = re.compile(r"\b(?:they|these|those|it) would (?:then |probably )?be$")
_WOULD_BEFORE = re.compile(
    r"\b(?:would|could|might|will)(?: [a-z]+){0,3} (?:fall|be exempt|be covered|be caught|be withheld|be refused|be "
    r"redacted|be excepted|"
    r"attract|come|apply|engage|be protected|rely|need to rely|have to rely|refuse|withhold)\b[^;.]{0,50}$"
)
_WOULD_HAVE = re.compile(
    r"\b(?:would|could|might) (?:[a-z]+ ){0,3}have (?:[a-z]+ )?(?:been|fallen|applied|attracted|engaged|relied|"
    r"refused|withheld|"
    r"come)\b[^;.]{0,50}$"
)
_IF = re.compile(r"\b(?:if|should|unless)(?: the (?:exemption|exception) (?:in|at|under|of|provided by))?$")
_WOULD_HAVE_AFTER = re.compile(
    r"^[^;,.]{0,40}?\bwould (?:also |then |still |probably )*have (?:been|applied|come|covered|caught|fallen|allowed|"
    r"entitled|permitted|let|justified)\b"
)
_LETS = re.compile(
    r"^[^;,.]{0,30}?\b(?:would|could|might|may) (?:also |then )?(?:let|allow|enable|entitle|permit) us\b"
)


_TO_BE_TOLD = re.compile(r"\b(?:let you know|tell you|inform you|advise you|decide|decided)\b[^.;]{0,60}\bwhether$")
_MIGHT_HAVE = re.compile(r"^[^.;]{0,40}?\b(?:might|could|would|may) have (?:been|applied)\b")


_LIKELY_THAT = re.compile(r"\b(?:likely|probable) that(?: the (?:exemption|exception) (?:in|at|under))?$")
_WOULD = re.compile(r"^[^;,.]{0,30}?\bwould (?:also |then )?(?:apply|be engaged|be relevant|come in)\b")
_IF_YOU = re.compile(r"^,? if you (?:were to|did|should)\b")


def had_it_been(after: str) -> bool:
    """Whether what follows a provision says that it might have applied, which is to say that it does not."""
    return _MIGHT_HAVE.match(after) is not None


def possible(before: str, after: str, sentence_before: str) -> bool:
    """Whether a provision between these words of its clause is said only to be one that may come to apply."""
    own = after[OWN_WORDS.match(after).end() :]  # type: ignore[union-attr] # the pattern matches nothing too
    if before.endswith("had"):
        return False
    cut = DEPENDENT.search(own)
    own = own[: cut.start()] if cut else own
    if _PERHAPS_BEFORE.search(before) and (
        (" would " not in f" {before[-90:]} " and " will " not in f" {before[-90:]} ")
        or _ASKED_AGAIN.search(sentence_before)
    ):
        return True
    if _IF.search(before) or _TO_BE_TOLD.search(before) or _WOULD_BE.search(before) or _WOULD_HAVE_AFTER.match(own):
        return True
    if _WOULD_HAVE.search(before) or (_WOULD_BEFORE.search(before) and _ASKED_AGAIN.search(sentence_before)):
        return True
    if _PERHAPS_AFTER.match(own) or _LETS.match(own) or _IF_YOU.match(after):
        return True
    likely = _LIKELY_THAT.search(before) is not None and _WOULD.match(own) is not None
    return likely or (_WOULD_AFTER.match(own) is not None and _ASKED_AGAIN.search(sentence_before) is not None)
