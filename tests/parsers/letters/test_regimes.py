"""Of which law a mention is: each kind of evidence alone, and where two disagree."""

import pytest

from parsers.letters.records import LetterContext
from tests.parsers.letters.citing import NOTHING_KNOWN, between

ACT = [
    ("Section 21 of the Act, which nobody has named", "FOIA 21 FOIA/FOISA", NOTHING_KNOWN),
    ("Section 21 of the Act, which nobody has named", "FOIA 21", LetterContext(nation="wales")),
    ("Section 40(2) of the Act, which nobody has named", "FOIA 40(2)", NOTHING_KNOWN),
    (
        "Under Section 39 FOIA it falls under the EIR. Regulation 12(4)(d) applies.",
        "FOIA 39; EIR 12(4)(d)",
        NOTHING_KNOWN,
    ),
    (
        "exempt under section 39(2) of FOISA, so the EISRs: regulation 10(4)(d)",
        "FOISA 39(2); EISR 10(4)(d)",
        NOTHING_KNOWN,
    ),
    ("The parking regulations are attached. Regulation 9 sets the fines.", "OTHER reg9", NOTHING_KNOWN),
    ("The parking regulations are attached. The map is withheld: regulation 13.", "EIR 13 EIR/EISR", NOTHING_KNOWN),
    ("section 38 of FOISA", "FOISA 38", NOTHING_KNOWN),
    ("The rates are exempt under section 43(2) of the Act.", "FOIA 43(2)", LetterContext(nation="scotland")),
    ("The notes are exempt under section 30(b)(ii) of the Act.", "FOISA 30(b)(ii)", LetterContext(nation="england")),
    ("The notes are exempt under section 38(1)(b) of the Act.", "FOISA 38(1)(b)", LetterContext(nation="scotland")),
    ("We hold to FOISA here. Section 21 was looked at.", "FOISA 21", LetterContext(nation="uk")),
    ("We hold to FOIA here. Section 21 was looked at.", "FOIA 21", LetterContext(nation="uk")),
    ("Section 21 of the Act, which nobody has named", "FOIA 21 FOIA/FOISA", LetterContext(nation="uk")),
    (
        "We rely on section 27(1), and section 31(1) (law enforcement), of which the diary tells.",
        "FOIA 27(1); FOIA 31(1)",
        NOTHING_KNOWN,
    ),
    (
        "exempt by section 31(3), section 24(2) (national security) and section 23(5)",
        "FOIA 31(3); FOIA 24(2); FOIA 23(5)",
        NOTHING_KNOWN,
    ),
    ("Section 38 of FOISA", "FOISA 38", LetterContext(nation="england")),
    ("section 40(2) of the Freedom of Information Act 2000", "FOIA 40(2)", LetterContext(nation="scotland")),
    (
        "Your request under the Freedom of Information Act: exempt under section 38(1)(b) of the FOI Act",
        "FOISA 38(1)(b) FOISA/FOIA",
        LetterContext(nation="scotland"),
    ),
    (
        "We follow the Freedom of Information (Scotland) Act 2002. It is exempt under section 25(1) of the FOI Act",
        "FOISA 25(1)",
        LetterContext(nation="scotland"),
    ),
    ("Section 10 of the Data Protection Act", "DPA1998 10", LetterContext(request_date="2012-03-01")),
    ("Section 10 of the Data Protection Act", "DPA2018 10", LetterContext(request_date="2020-03-01")),
    ("the Data Protection Act 1998; section 10 of the DPA", "DPA1998 10", NOTHING_KNOWN),
    ("section 10 of the Data Protection Act 1998", "DPA1998 10", LetterContext(request_date="2020-03-01")),
    (
        (
            "The Freedom of Information Act 2000. The Mental Health Act 1983 governs detention. "
            "Section 117 of the Act gives aftercare."
        ),
        "OTHER MHA1983 s117",
        NOTHING_KNOWN,
    ),
    (
        (
            "The Freedom of Information Act 2000. The Data Protection Act 2018 applies. "
            "Names are exempt under section 40(2) of the Act."
        ),
        "FOIA 40(2)",
        NOTHING_KNOWN,
    ),
    (
        "Children Act 1989 assessments. Under section 17 of the Act we explain the refusal.",
        "FOIA 17 FOIA/FOISA",
        NOTHING_KNOWN,
    ),
    (
        "The Licensing Act 2003 was used. Under section 36 of that Act a variation was made.",
        "OTHER LIC2003 s36",
        NOTHING_KNOWN,
    ),
    (
        'Freedom of Information Act 2000 ("the Act"). Licensing Act 2003. Section 36 of the Act is engaged',
        "FOIA 36",
        NOTHING_KNOWN,
    ),
    ("The EIR apply. Regulation 9 of the Regulations", "EIR 9", NOTHING_KNOWN),
    ("Regulation 9 of the Regulations", "EISR 9", LetterContext(nation="scotland")),
    ("Public Contracts Regulations 2015. Regulation 21 of the Regulations", "OTHER PCR2015 reg21", NOTHING_KNOWN),
    ("the 2000 Act, section 44", "FOIA 44", NOTHING_KNOWN),
    ("section 25 of the 2002 Act", "FOISA 25", NOTHING_KNOWN),
    ("the Enterprise Act 2002 ... section 237 of the 2002 Act", "OTHER EA2002 s237", NOTHING_KNOWN),
    ("section 44 of FOIA and section 40 of the Data Protection Act", "FOIA 44; DPA1998 40", NOTHING_KNOWN),
    ("Section 40(2) and the Data Protection Act 2018 protect the names", "FOIA 40(2)", NOTHING_KNOWN),
    ("section 40(2) of FOIA and section 38(1)(b) of FOISA", "FOIA 40(2); FOISA 38(1)(b)", NOTHING_KNOWN),
]
"""An Act named beside the number, and what "the Act" and "the Regulations" point at."""

LABEL_AND_FORM = [
    ("section 38 (personal information)", "FOISA 38", NOTHING_KNOWN),
    ("section 36 (legal privilege and confidentiality)", "FOISA 36", NOTHING_KNOWN),
    ("section 40 (personal information)", "FOIA 40", LetterContext(nation="scotland")),
    ("section 35 - law enforcement", "FOISA 35", NOTHING_KNOWN),
    ("section 36(2)(b)(i)", "FOIA 36(2)(b)(i)", NOTHING_KNOWN),
    ("section 30(b)(ii)", "FOISA 30(b)(ii)", NOTHING_KNOWN),
    ("section 12(5)(e)", "EIR 12(5)(e)", NOTHING_KNOWN),
    ("section 10(5)(e)", "EISR 10(5)(e)", NOTHING_KNOWN),
]
"""The words beside the number, and a form that one law alone has."""

HANDLED = [
    (
        "12(4)(b) is the exception, 12(1)(b) the test",
        "EIR 12(4)(b) EIR/FOIA; EIR 12(1)(b)",
        LetterContext(law_used="eir"),
    ),
    ("under 12(1) we refuse", "FOIA 12(1) FOIA/EIR/FOISA", LetterContext(law_used="foi")),
    ("under 12(1) we refuse", "EIR 12(1) EIR/FOIA", LetterContext(law_used="eir")),
    (
        (
            "Your request has been handled under the Environmental Information Regulations 2004. "
            "The Freedom of Information Act 2000 and the Freedom of Information Act 2000 do not apply. "
            "Refused under 12(1)."
        ),
        "EIR 12(1)",
        NOTHING_KNOWN,
    ),
    (
        (
            "Your request was dealt with under the Freedom of Information Act 2000 and not the EIR. "
            "The EIRs are in our guide. EIRs. Refused under 12(1)."
        ),
        "FOIA 12(1)",
        NOTHING_KNOWN,
    ),
    ("We have not handled it under the EIR but under FOIA. Refused under 12(1).", "FOIA 12(1) FOIA/EIR", NOTHING_KNOWN),
    (
        "This has been considered under the EIR. Section 12(4)(b) applies as it is manifestly unreasonable.",
        "EIR 12(4)(b) EIR/FOIA",
        NOTHING_KNOWN,
    ),
]
"""What the letter says that it was handled under, and what the site says."""

NATION = [
    ("Section 38 of the Freedom of Information (Scotland) Act 2002", "FOISA 38", NOTHING_KNOWN),
    ("regulation 13", "EIR 13 EIR/EISR", NOTHING_KNOWN),
    ("regulation 13", "EISR 13", LetterContext(nation="scotland")),
    ("section 33(1)(b)", "FOISA 33(1)(b)", LetterContext(nation="scotland")),
    ("section 36(1)", "FOIA 36(1)", LetterContext(nation="england")),
    ("section 36(1)", "FOISA 36(1)", LetterContext(nation="scotland")),
    ("section 36(1)", "FOIA 36(1) FOIA/FOISA", NOTHING_KNOWN),
    ("The Freedom of Information Act 2000 applies. section 36(1)", "FOIA 36(1)", LetterContext(nation="england")),
    (
        "The Freedom of Information (Scotland) Act 2002 applies. Section 36(1) is the exemption.",
        "FOISA 36(1)",
        NOTHING_KNOWN,
    ),
    (
        "You may apply to the Scottish Information Commissioner. Section 36(1) is the exemption.",
        "FOISA 36(1)",
        NOTHING_KNOWN,
    ),
    ("Section 36(1) is the exemption.", "FOISA 36(1)", LetterContext(authority="Glen Scottish Ferries Board")),
    ("Section 36(1) is the exemption.", "FOIA 36(1) FOIA/FOISA", LetterContext(authority="Glen Ferries Board")),
    ("Strathmuir Harbour Board, Scotland\n\nSection 36(1) is the exemption.", "FOISA 36(1)", NOTHING_KNOWN),
    (
        "Section 36(1) is the exemption.",
        "FOIA 36(1)",
        LetterContext(nation="england", authority="Scottish Ferries Board"),
    ),
    (
        "Under the Freedom of Information Act 2000, section 36(1) is the exemption.",
        "FOIA 36(1)",
        LetterContext(authority="Scottish Ferries Board"),
    ),
    (
        "Under the Freedom of Information Act 2000. Section 36(1) is the exemption.",
        "FOISA 36(1) FOISA/FOIA",
        LetterContext(nation="scotland"),
    ),
]
"""The nation as known, the Acts that are named, the regulator, the authority's name, the head."""


@pytest.mark.parametrize(("text", "expected", "context"), [*ACT, *LABEL_AND_FORM, *HANDLED, *NATION])
def test_regime(text: str, expected: str, context: LetterContext) -> None:
    assert between(text, context) == expected
