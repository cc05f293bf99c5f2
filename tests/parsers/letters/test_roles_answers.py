"""Grounds in answers that follow, or stand among, the words of the request; and what becomes of them later on."""

import pytest

from tests.parsers.letters.judged import standing

AMONG_THE_REQUEST = [
    (
        (
            "Dear A\n\nYou asked for the rota:\n\n1. Rota for May\n2. Names of drivers\n\n1 is attached. 2 is refused, "
            "s.40(2)."
        ),
        "40(2)",
    ),
    ("Request\nPlease send me the report on the ward.\n\nReply\nWithheld under section 43(2).", "43(2)"),
    (
        ("You asked:\nHow many dogs?\nWhose are they?\n\nForty. The second would be personal data: section 40(2)."),
        "40(2)",
    ),
    ("Questions\n1. How many? Four.\n2. Who? Exempt, section 40(2).", "40(2)"),
    (
        ("You asked the following:\n1. How many dogs do you have?\nFour.\n2. Who keeps them?\nExempt: s.40(2) FOIA."),
        "40(2)",
    ),
    (
        ("Your request of 3 May:\n\nAll e-mails about kennels.\n\nTwo of the e-mails are caught by section 42(1)."),
        "42(1)",
    ),
    ("You asked for the following:\n(a) rota - enclosed\n(b) names - not given (s.40(2))\n(c) cost - s.12", "12"),
    ("Request: the tender of Platt Ltd\nDecision: refused\nExemption: s.43(2)\n", "43(2)"),
    (
        ("You asked for:\n\nThe dog rota, with names.\n\nRota attached. Names out: personal data (section 40(2))."),
        "40(2)",
    ),
]
LISTS = [
    ("Dear A\n\nThere is no doubt that section 43(2) applies.", "43(2)"),
    ("Dear A\n\nNo part of it can be released because of section 42(1).", "42(1)"),
    ("Dear A\n\nThe Board will not, under section 35(1)(a), part with drafts.", "35(1)(a)"),
    ("Dear A\n\nAs we may not breach confidence, section 41(1) applies.", "41(1)"),
    ("Dear A\n\nThe price could be used by rivals, hence section 43(2).", "43(2)"),
    ("Dear A\n\nDisclosure might endanger staff, which engages section 38(1)(b).", "38(1)(b)"),
    (
        (
            "We cannot answer parts 2 and 5, for these reasons:\n\u2022 part 2 - s12, about 200 hours\n\u2022 part 5 - "
            "s43(2)"
        ),
        "12",
    ),
    ("These apply to the file:\n- s.26(1)(b)\n- s.27(1)(a)\nThese do not:\n- s.35(1)(a)", "27(1)(a)"),
    ("Key to the codes in the blanks:\n\nA - s.40(2) living people\nB - s.31(1)(a) police methods\n", "31(1)(a)"),
    ("Part   First answer   Review\n1      s.12           Overturned\n2      s.43(2)        Upheld\n", "43(2)"),
    ("Section 14(1) does not oblige a public authority to answer a vexatious request. We refuse yours.", "14(1)"),
    ("It is withheld under s24(1) and, to the extent that section 24(1) is not engaged, under s31(1)(a).", "31(1)(a)"),
    ("Not all of the report is exempt under section 36(2)(c): the last chapter is.", "36(2)(c)"),
]
WEIGHED = [
    (
        (
            "Dear A\n\nThe table is exempt under section 22(1). I asked myself if it was in the public interest to "
            "release it now. The public interest is better served by waiting."
        ),
        "22(1)",
    ),
    (
        (
            "Dear A\n\nSection 21 - accessible elsewhere\n\nThe rota for May is on our web site and may be read "
            "there.\n\nWeighing the interests\n\nReasons in favour of release    Reasons against\nOpenness"
            "                         Candour\n\nThe other rotas are exempt under section 43(2)."
        ),
        "21",
    ),
]
LEFT = [
    ("Section 43(2) was ruled out at an early stage.", "43(2)"),
    ("We have waived section 12(1).", "12(1)"),
    ("The exemption in section 30(1)(a) is of no avail.", "30(1)(a)"),
    ("Despite section 40(2) the director's name is given.", "40(2)"),
    ("Section 24(1) is inapplicable.", "24(1)"),
    ("The information falls outside section 40(2).", "40(2)"),
    ("We are unable to rely on section 41(1).", "41(1)"),
    ("Although section 12(1) would have allowed us to refuse, we have answered.", "12(1)"),
    ("None of it engages section 31(1)(a).", "31(1)(a)"),
    ("Far from being exempt under section 41(1), the letter was published.", "41(1)"),
    ("These apply to the file:\n- s.26(1)(b)\nThese do not:\n- s.35(1)(a)", "35(1)(a)"),
    ("Part   First answer   Review\n1      s.12           Overturned\n2      s.43(2)        Upheld\n", "12"),
    ("Sections 43(2) and 41 were cited for the lease. We now find that section 41 does not apply.", "41"),
    ("Our letter of 8 May gave section 38 as the reason. That was a slip of the pen.", "38"),
    ("The operator asked that it be withheld under section 43. We were not persuaded. It is attached.", "43"),
    ("Names are out (s.40(2)).\n\nSection 41\n\nThe reviewer did not agree that this exemption was engaged.", "41"),
    ("A similar request of yours in 2017 was refused under section 12. This time the answer is below.", "12"),
    ("The Commissioner found that section 43(2) was not engaged. The lease is enclosed.", "43(2)"),
    ("Section 41 was put to us by the agent but adds nothing. The lease is enclosed.", "41"),
    ("If section 27 does turn out to be engaged we may write again.", "27"),
    ("They would be sections 21 and 22. None was used, and all the leases are on the disc.", "22"),
    ("Eleven requests were refused under section 14(1) in that time.", "14(1)"),
]


@pytest.mark.parametrize(("text", "provision"), AMONG_THE_REQUEST + LISTS + WEIGHED)
def test_relied_on(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on"


@pytest.mark.parametrize(("text", "provision"), LEFT)
def test_not_relied_on(text: str, provision: str) -> None:
    assert standing(text, provision) not in {"relied_on", "relied_on_ncnd", "not cited"}
