"""The printed forms of a citation: the words that introduce it, its number and levels, and what joins a list.

Every pattern here is matched at a known place, has bounded repeats, and never looks further than a few words.
"""

import re
from typing import Literal

Joiner = Literal["first", "list", "range"]

# Letters that scanners take for digits, tried only inside what is already a citation.
OCR_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "b": "8", "z": "2", "g": "6"})

_UNITS = (
    "day|days|working|calendar|hour|hours|hrs|minute|minutes|week|weeks|month|months|year|years|page|pages|"
    "people|persons|"
    "staff|pupils|cases|records|documents|files|emails|e-mails|requests|complaints|incidents|officers|per|"
    "percent|million|"
    "billion|thousand|january|february|march|april|june|july|august|september|october|november|december|jan|"
    "feb|mar|"
    "apr|jun|jul|aug|sep|sept|oct|nov|dec|st|nd|rd|th|am|pm|km|miles|metres|m|kg|mb|gb|tb|others|different|separate|"
    "further|more"
)
SPLIT_NUMBER = re.compile(r"([1-9]) ([0-9])(?=[ ]{0,2}\()")
"""``4 0 (2)``: the digits of a number as a scanner parts them."""
BARE_DOTTED = re.compile(r"(?P<number>[1-9][0-9])\.[0-9]{1,2}\.[a-z](?:\.[ivx]{1,4})?(?![\w%]|\.[\w])")
NUMBER = re.compile(r"([0-9]{1,3})([a-z]{1,2}(?![a-z0-9]))?(?![0-9])")
OCR_NUMBER = re.compile(r"[0-9olisbzg|]{1,3}(?=[ ]?[(\[{][ ]?[0-9a-z])")
ORDINAL = frozenset({"st", "nd", "rd", "th", "am", "pm", "km", "kg", "m", "k", "x", "p"})
LEVEL = re.compile(
    r"[ ]{0,3}(?:\n[ ]{0,60})?[(\[{<][ ]{0,3}(?P<x>[0-9]{1,2}[ ]?[a-z]{0,2}|[a-z]{1,2}|[ivx]{1,5})[ ]{0,3}[)\]}>]"
)
_INNER = r"(?:[0-9]{1,2}[a-z]?|[a-z]{1,2}|[ivx]{1,5})"
_INNER_JOINT = r"[ ]?(?:-|,[ ]?(?:and|or)[ ]|[,/&]|(?<=[ ])(?:and|or|to)(?=[ ]))[ ]?"
OPEN_LIST = re.compile(rf"[ ]{{0,3}}[(\[{{][ ]?(?P<x>{_INNER})(?=(?:{_INNER_JOINT}{_INNER}){{1,8}}[ ]?[)\]}}])")
LAST_OPEN = re.compile(r"[(\[{][ ]?[0-9a-z]{1,5}$")
INSIDE = re.compile(
    r"[ ]?(?:(?P<range>-|(?<=[ ])to(?=[ ]))|,[ ]?(?:and|or)[ ]|[,/&]|(?<=[ ])(?:and|or)(?=[ ]))[ ]?"
    rf"(?P<x>{_INNER})(?P<close>[ ]?[)\]}}])?"
)
UNCLOSED = re.compile(
    r"[ ]{0,2}[(\[{][ ]{0,2}(?P<x>[0-9]{1,2}[a-z]?|[b-hj-z]|[ivx]{2,4}|"
    r"[ai](?=[ ]?(?:[.,;:\n]|$|(?:of|and|or|under)\b)))"
    r"(?=[ .,;:\n]|$)(?![ ](?:of (?:which|these|them|whom|"
    r"the [0-9])|in|per|%|years|were|are|x)\b)"
)
UNOPENED = re.compile(r"[ ]?(?P<x>[0-9]{1,2}[a-z]?)[)\]}]")
DOTTED = re.compile(r"\.(?P<x>[0-9]{1,2}[a-z]?|[a-z]|[ivx]{1,4})(?![0-9a-z%]|\.[0-9]{2})")
SPACED = re.compile(rf"[ ](?P<x>[0-9]{{1,2}}[a-z]?)(?=[(.,;:)\n ]|$)(?![ ]?%|[ ](?:{_UNITS})\b)")
NEW_PARAGRAPH = re.compile(
    r"[ ]{0,3}\n[ ]{0,60}\([0-9a-z]{1,3}\)[ ]{1,3}(?!(?:of|and|or|to|under|in|appl[a-z]{1,4}|foia?)\b)[a-z]"
)
"""``(1) Any information ...`` on a line of its own: a paragraph that begins, and no level of the number above it."""
NEXT_SECTION = re.compile(
    r"[ \n]{1,40}(?:was|were|is|are)?[ ]?(?:under|by|in)[ \n]{1,40}(?:sections?|s\.|regulations?|reg)"
)
"""``(3) under section 36``: the item of a list of requests, and no level of the section before."""
GLUED = re.compile(r"(?P<x>[a-z]|[ivx]{1,4})(?![a-z0-9])|[ ](?P<z>[b-hj-z])(?=[ .,;)\n]|$)")
LEVEL_NOUN = re.compile(
    r"[, \n]{1,40}(?:sub[- ]?sections?|sub[- ]?paragraphs?|paragraphs?|paras?\.?|limbs?|parts?)[ \n]{1,40}"
    r"(?:\((?P<x>[0-9]{1,2}[a-z]?|[a-z]|[ivx]{1,4})\)|(?P<y>[0-9]{1,2}[a-z]?|[a-z](?=[ .,;)\n]))(?![0-9a-z]))"
)
INVERTED = re.compile(
    r"(?:sub[- ]?sections?|sub[- ]?paragraphs?|paragraphs?|paras?\.?|limbs?)[ \n]{1,40}"
    r"(?P<levels>(?:\([0-9a-z]{1,5}\)){1,4})(?P<more>(?:[ ](?:and|or|"
    r"&)[ ]\([0-9a-z]{1,5}\)){0,3})[ \n]{1,40}of[ \n]{1,40}$"
)
BARE_LEVELS = re.compile(r"\(([0-9a-z]{1,5})\)")
LABEL = re.compile(
    r"[ ]{0,3}\n?[ ]{0,60}[(\[](?!which|as |not |see |and |or |if |where |because|"
    r"that )(?P<words>[a-z][^()\[\]\n]{2,90}(?:\n[^()\[\]\n]{1,90})?)[)\]]"
)
DASH_LABEL = re.compile(r"[ ]{0,3}[-:][ ]{1,3}(?P<words>[a-z][^\n]{2,90})")
SEPARATOR = re.compile(
    r"[ \n]{0,60}(?:(?P<range>-{1,2}|(?:to|through|hyd at|i)(?=[ \n(]))|[,;/&+][ \n]{0,60}(?:(?:and/or|and|or|ac|"
    r"a|neu)\b|&)?|"
    r"(?:and/or|and|or|as well as|together with|along with|plus|ac|a|neu)\b)[ \n]{0,60}(?:also[ \n])?"
)
VIRTUE = re.compile(
    r"[ \n]{0,60}(?:by virtue of|read with|in conjunction with|via|by way of)[ \n]{1,60}(?=[0-9]{1,2}[a-z]?\()"
)
AGAIN = re.compile(
    r"(?:under[ \n]{1,60}|the[ ]|of[ ])?(?P<noun>sections?|sect?s?|ss|s|regulations?|regs?|r|articles?|arts?|"
    r"adran|rheoliad)"
    r"\.?[ \n]{0,60}(?=[(]?[0-9])"
)
TAIL_NOUN = re.compile(r"(?:sub[- ]?sections?|sub[- ]?paragraphs?|paragraphs?|paras?\.?)[ \n]{1,40}(?=\()")
UNIT_AFTER = re.compile(
    rf"[ \n]{{0,3}}(?:%|(?:{_UNITS})\b|may(?=,? (?:19|20)[0-9]{{2}}|[.,;\n]|$))|"
    rf"[:/][0-9]|\.[0-9]|-[0-9]{{3}}|(?!(?:of|or|and|is)\b)[a-z]{{2}}"
)
ENDS_LIST = re.compile(
    r"[ ]{2,60}|\t|\||[ \n]{0,60}(?:[.,;:)\]&(]|$|-|(?:may|might|can|could|cannot|will|should|must|had|"
    r"isn't|being|of|and|or|to|under|in|apply|applies|applied|has|have|are|is|were|was|from|as|"
    r"because|which|for|exemptions?|exceptions?|foia?|foisa|eirs?|the|do|does|would|above|below|freedom|but|both|"
    r"respectively|i|ac?|o|o'r|neu|yn|y|fod)\b)|"
    r"[ ](?:[a-z&'-]{2,14}[ ]){0,2}(?:agreements?|contributions?|obligations?|funds?|monies|"
    r"officers?|notices?|grants?|approvals?|assaults?|searche?s?|inspections?|enquir(?:y|ies)|deeds?|receipts|forms?|"
    r"orders?|warrants?|wounding|gbh|abh|aftercare|firearms?|shotguns?|dispersal|reports?|planning|stops?|offences?)\b"
)
POSTCODE_AFTER = re.compile(r"[ ]?[0-9][a-z]{2}(?![a-z0-9])")
OF_SECTION = re.compile(r"[ \n]{1,40}of[ \n]{1,40}(?:the[ ])?(?:section|regulation|article|schedule|s\.|reg)")
SCHEDULE_TAIL = re.compile(
    r"(?P<number>[0-9]{1,2}[a-z]?)(?![0-9])"
    r"(?:[, \n]{1,40}(?:part|pt)\.?[ ](?P<part>[0-9]{1,2}|[ivx]{1,4})(?![a-z0-9]))?"
    r"(?:[, \n]{1,40}(?:paragraphs?|paras?|"
    r"conditions?)\.?[ \n]{0,40}\(?(?P<para>[0-9]{1,3}[a-z]?)\)?(?P<levels>(?:\([0-9a-z]{1,4}\)){0,4}))?"
)
SCHEDULE_IS = re.compile(
    r"[ \n]{1,40}(?:is|applies|relied on is):?[ \n]{1,40}(?:(?:condition|paragraph|number)[ ])?"
    r"(?P<para>[0-9]{1,2})(?P<levels>(?:\([0-9a-z]{1,4}\)){0,4})(?![0-9])"
)
SCHEDULE_HEAD = re.compile(
    r"(?:(?:paragraph|para\.?|condition)[ ](?P<para>[0-9]{1,3}[a-z]?)(?P<levels>(?:\([0-9a-z]{1,4}\)){0,4})"
    r"(?:,[ \n]{1,40}|[ \n]{1,40}(?:of|in|to)[ \n]{1,40}))?"
    r"(?:(?<![a-z])part[ ](?P<part>[0-9]{1,2}|[ivx]{1,4})[ \n]{1,40}(?:of|in)[ \n]{1,40}(?:the[ ])?)?$"
)


def normal_level(printed: str) -> str:
    """A level as the table has it: ``3a`` is ``3A``, ``E`` is ``e`` (rule R6)."""
    bare = printed.replace(" ", "")
    return bare.upper() if bare[:1].isdigit() else bare.lower()
