"""Every way in which letters print a provision, one row each; the law notes list them in the same order."""

import pytest

from parsers.letters.records import LetterContext
from tests.parsers.letters.citing import cited

SCOTLAND = LetterContext(nation="scotland")


FORMS = [
    ("The information is exempt under section 40(2) of the Freedom of Information Act 2000.", "FOIA 40(2)"),
    ("exempt under SECTION 40(2) of the Freedom of Information Act 2000.", "FOIA 40(2)"),
    ("withheld under s40(2) FOIA", "FOIA 40(2)"),
    ("withheld under s.40(2) of FOIA", "FOIA 40(2)"),
    ("withheld under s. 40(2) FOIA", "FOIA 40(2)"),
    ("withheld under S40(2).", "FOIA 40(2)"),
    ("withheld under S.40 (2) FOIA", "FOIA 40(2)"),
    ("withheld under S 40(2) of the Act", "FOIA 40(2)"),
    ("refused under Sec 21 FOIA", "FOIA 21"),
    ("refused under Sec. 21 FOIA", "FOIA 21"),
    ("refused under Sect. 21 FOIA", "FOIA 21"),
    ("refused under § 21 FOIA", "FOIA 21"),
    ("Exemption applied: S(40)", "FOIA 40"),
    ("Exemption applied: S(22A)", "FOIA 22A"),
    ("Refused (s21)", "FOIA 21"),
    ("Refused (s14(1))", "FOIA 14(1)"),
    ("exempt under ss.31 and 43 FOIA", "FOIA 31; FOIA 43"),
    ("exempt under ss 31 & 43", "FOIA 31; FOIA 43"),
    ("exempt under s's 31 and 43", "FOIA 31; FOIA 43"),
    ("exempt under sections 31 and 43", "FOIA 31; FOIA 43"),
    ("refused under Section 12 (1) of the Freedom of Information Act 2000.", "FOIA 12(1)"),
    ("refused under Section 31 (1)(a)(b) of the Freedom of Information Act 2000.", "FOIA 31(1)(a); FOIA 31(1)(b)"),
    ("exempt under section 33 1(b) of FOISA", "FOISA 33(1)(b)"),
    ("exempt under s31(1)a FOIA", "FOIA 31(1)(a)"),
    ("exempt under s.31.1.a", "FOIA 31(1)(a)"),
    ("exempt under section 36.2.b.i", "FOIA 36(2)(b)(i)"),
    ("exempt under s40 2 of FOIA", "FOIA 40(2)"),
    ("exempt under s40.2", "FOIA 40(2)"),
    ("exempt under section 30(b)(1) of FOISA", "FOISA 30(b)(i)"),
    ("exempt under Section 40 subsection 2 of the Freedom of Information Act 2000.", "FOIA 40(2)"),
    ("exempt under subsection (2) of section 40 of the Freedom of Information Act 2000.", "FOIA 40(2)"),
    ("exempt under paragraph (a) of section 31(1) of the Freedom of Information Act 2000.", "FOIA 31(1)(a)"),
    ("exempt under section 40(2)(a)(i) of the Freedom of Information Act 2000.", "FOIA 40(2)(a)"),
    ("the condition in Section 40(3A)(a) is met, so the names are exempt", "FOIA 40(3A)(a)"),
    ("exempt under 40(2) by virtue of 40(3)(a)(i)", "FOIA 40(2); FOIA 40(3)(a)(i)"),
    ("exempt under section 40(2) & 40(3A)(a)", "FOIA 40(2); FOIA 40(3A)(a)"),
    ("exempt under s.40(2)-(3A)", "FOIA 40(2); FOIA 40(3A)"),
    ("exempt under section 31(1)(g) by virtue of 31(2)(c)", "FOIA 31(1)(g); FOIA 31(2)(c)"),
    ("exempt under section 31(1)(g)/(2)(c)", "FOIA 31(1)(g); FOIA 31(2)(c)"),
    ("exempt under section 44(1)(a) by virtue of section 23(1) CRCA 2005", "FOIA 44(1)(a); OTHER CRCA2005 s23(1)"),
    ("Exemption 40 applies", "FOIA 40"),
    ("Exemption: S43", "FOIA 43"),
    ("the section 40 exemption applies", "FOIA 40"),
    ("the s36 exemption is engaged", "FOIA 36"),
    ("this is exempt (s.22)", "FOIA 22"),
    ("\n31(1)(a) (Law enforcement)\n", "FOIA 31(1)(a)"),
    ("\n40(2) - Personal information\n", "FOIA 40(2)"),
    ("Section 31 - Law Enforcement\n", "FOIA 31"),
    ("s.43 (commercial interests)", "FOIA 43"),
    ("FOIA s.14(1)", "FOIA 14(1)"),
    ("FOI Act section 14", "FOIA 14"),
    ("section 14 FOIA", "FOIA 14"),
    ("The Freedom of Information Act 2000 applies. s14 of the Act", "FOIA 14"),
    ("section 38(1)(b) of FOISA", "FOISA 38(1)(b)"),
    ("s.38(1)(b) FOI(S)A", "FOISA 38(1)(b)"),
    ("Under the Freedom of Information (Scotland) Act 2002, Section 38(1)(b) of the Act applies", "FOISA 38(1)(b)"),
    ("Regulation 12(5)(e) applies", "EIR 12(5)(e)"),
    ("Reg. 12(4)(b) applies", "EIR 12(4)(b)"),
    ("reg 12(4)(b)", "EIR 12(4)(b)"),
    ("r12(4)(a)", "EIR 12(4)(a)"),
    ("r.12(5)(b)", "EIR 12(5)(b)"),
    ("EIR 12(5)(b)", "EIR 12(5)(b)"),
    ("the exception at 12(5)(b) applies", "EIR 12(5)(b)"),
    ("the 12(4)(d) exception", "EIR 12(4)(d)"),
    ("the exceptions 12(4)(e) and 12(5)(e)", "EIR 12(4)(e); EIR 12(5)(e)"),
    ("section 12(5)(b) of the EIR", "EIR 12(5)(b)"),
    ("Section 12(4)(b) EIR", "EIR 12(4)(b)"),
    ("exempt under regulation 40(2)", "FOIA 40(2)"),
    ("withheld under Regulation 43", "FOIA 43"),
    ("Article 5(1)(a) of the UK GDPR", "UKGDPR 5(1)(a)"),
    ("GDPR Art 6(1)(f)", "UKGDPR 6(1)(f)"),
    ("Article 6.1(f) GDPR", "UKGDPR 6(1)(f)"),
    ("Art. 6(1) f of the GDPR", "UKGDPR 6(1)(f)"),
    ("Schedule 1, Part I of the Data Protection Act 1998", "DPA1998 Sch.1 Pt.I"),
    ("Schedule 2, condition 6 of the Data Protection Act 1998", "DPA1998 Sch.2 para.6"),
    (
        "Under the Data Protection Act 1998 the condition in Schedule 2 is condition 6(1).",
        "DPA1998 Sch.2 para.6(1)",
    ),
    ("paragraph 6(1) of Schedule 2 to the Data Protection Act 1998", "DPA1998 Sch.2 para.6(1)"),
]
"""The noun, the number and its levels."""

LISTS = [
    ("Sections 23(1), 31 (1) and 43(2) FOIA", "FOIA 23(1); FOIA 31(1); FOIA 43(2)"),
    ("Section 36(2)(a) and (b)", "FOIA 36(2)(a); FOIA 36(2)(b)"),
    ("s.36(2)(b)(i) & (ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section 36(2)(b)(i)/(ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section 36(2)(b)(i)(ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section 36(2)(b)(i) and (ii) and (c)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii); FOIA 36(2)(c)"),
    ("section 27(1)(a), (c) & (d) and (2)", "FOIA 27(1)(a); FOIA 27(1)(c); FOIA 27(1)(d); FOIA 27(2)"),
    ("sections 31(1)(a)-(c)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(c)"),
    ("section 31(1)(a) to (c)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(c)"),
    ("section 31(1)(a)–(c)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(c)"),
    ("regulation 12(4)(a) to (e)", "EIR 12(4)(a); EIR 12(4)(b); EIR 12(4)(c); EIR 12(4)(d); EIR 12(4)(e)"),
    ("sections 21 to 44 of the Act", "FOIA 21-44"),
    ("s.30(1)(a)(i)-(ii)", "FOIA 30(1)(a)(i); FOIA 30(1)(a)(ii)"),
    ("s12(1)/(2)", "FOIA 12(1); FOIA 12(2)"),
    ("section 12(1) and/or (2)", "FOIA 12(1); FOIA 12(2)"),
    ("sections 24(2), 30(3), 31(3) and 40(5)", "FOIA 24(2); FOIA 30(3); FOIA 31(3); FOIA 40(5)"),
    ("section 30(b)(i) &(ii) of FOISA", "FOISA 30(b)(i); FOISA 30(b)(ii)"),
    ("section 30(b)(i) and (b)(ii) of FOISA", "FOISA 30(b)(i); FOISA 30(b)(ii)"),
    ("section 31(1)(i) FOIA", "FOIA 31(1)(i)"),
    ("section 36(ii)(b)(i)", "FOIA 36(2)(b)(i)"),
    ("section 40(3a)(a)", "FOIA 40(3A)(a)"),
    ("section 11(1a)", "FOIA 11(1A)"),
    ("section 37(1)(AA)", "FOIA 37(1)(aa)"),
    ("S22a applies", "FOIA 22A"),
    ("regulation 12(5)(E)", "EIR 12(5)(e)"),
    ("section 40(2)1 of FOIA", "FOIA 40(2)"),
]
"""Lists, ranges and continuations."""

DAMAGE = [
    ("exempt under section\n40(2) of FOIA", "FOIA 40(2)"),
    ("> exempt under section\n> 40(2) of FOIA", "FOIA 40(2)"),
    ("exempt under sec-\ntion 40(2) of FOIA", "FOIA 40(2)"),
    ("exempt under section 40\n(2) of FOIA", "FOIA 40(2)"),
    ("exempt under section 31(1)\n(a) of FOIA", "FOIA 31(1)(a)"),
    ("exempt under section 40 ( 2 ) of FOIA", "FOIA 40(2)"),
    ("exempt under section 31(1)( a ) of FOIA", "FOIA 31(1)(a)"),
    ("exempt under section 40(2) of FOIA", "FOIA 40(2)"),
    ("exempt under sec­tion 40(2) of FOIA", "FOIA 40(2)"),
    ("exempt under sectlon 4O(2) of FOIA", "FOIA 40(2)"),
    ("exempt under section 3l(1)(a) of FOIA", "FOIA 31(1)(a)"),
    ("exempt under section l2(1) of FOIA", "FOIA 12(1)"),
    ("exempt under $.40(2) of FOIA", "FOIA 40(2)"),
    ("exempt under $43(2) of FOIA", "FOIA 43(2)"),
    ("exempt under section 40(Z) of FOIA", "FOIA 40(2)"),
    ("exempt under s.4l of FOIA", "FOIA 41"),
    ("exempt under section 3I(1) of FOIA", "FOIA 31(1)"),
    ("exempt under scction 40(2)", "FOIA 40(2)"),
    ("exempt under sectiou 43", "FOIA 43"),
    ("exempt under sect1on 40(2)", "FOIA 40(2)"),
    ("exempt under secton 40(2)", "FOIA 40(2)"),
    ("exempt under seciton 40(2)", "FOIA 40(2)"),
    ("exempt under sction 40(2)", "FOIA 40(2)"),
    ("exempt under section 40{2) FOIA", "FOIA 40(2)"),
    ("exempt under section 40[2] FOIA", "FOIA 40(2)"),
    ("exempt under section 40(2} FOIA", "FOIA 40(2)"),
    ("exempt under section 40(2 of FOIA", "FOIA 40(2)"),
    ("exempt under section 40 2) of FOIA", "FOIA 40(2)"),
    ("exempt under section 40<2> of FOIA", "FOIA 40(2)"),
    ("section 36(2)(b)(i)&amp;(ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section&#32;40&#40;2&#41; of FOIA", "FOIA 40(2)"),
    ("[s40(2)]", "FOIA 40(2)"),
    ("S.40(2)\nS.40(2)\nS.43(2)", "FOIA 40(2); FOIA 40(2); FOIA 43(2)"),
]
"""What wrapping, PDF extraction and scanning do to a citation."""

WELSH = [
    ("adran 40(2) o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 40(2)"),
    ("Mae'r wybodaeth wedi'i heithrio dan adrannau 31 a 43", "FOIA 31; FOIA 43"),
    ("eithriad a.40(2) o'r Ddeddf", "FOIA 40(2)"),
    ("eithriad a40", "FOIA 40"),
    ("Rheoliad 12(5)(e) o'r Rheoliadau Gwybodaeth Amgylcheddol 2004", "EIR 12(5)(e)"),
    ("Erthygl 6(1)(f) GDPR", "UKGDPR 6(1)(f)"),
]
"""Letters in Welsh."""

PLURALS_AND_PARTS = [
    ("Sections 40 and 43", "FOIA 40; FOIA 43"),
    ("ss.30 and 31", "FOIA 30; FOIA 31"),
    ("sections 31(1)(a) and 43(2)", "FOIA 31(1)(a); FOIA 43(2)"),
    ("s.40(2) and (3A)(a)", "FOIA 40(2); FOIA 40(3A)(a)"),
    ("Section 14 of my letter", ""),
]
"""Strings on which simple patterns lose a half or the whole."""

COLLISIONS = [
    ("withheld under section 10(5)(e)", "EISR 10(5)(e)", SCOTLAND),
    ("the exception in regulation 10(5)(e) applies", "EISR 10(5)(e)", LetterContext()),
    ("section 30(b)(i) applies", "FOISA 30(b)(i)", LetterContext()),
    ("section 36(1) applies", "FOISA 36(1)", SCOTLAND),
    ("section 36(1) applies", "FOIA 36(1)", LetterContext()),
    ("exempt under section 38 (personal information)", "FOISA 38", LetterContext()),
    ("exempt under section 38 (health and safety)", "FOIA 38", LetterContext()),
    ("regulation 10(4)(b) of the EISRs", "EISR 10(4)(b)", LetterContext()),
    ("regulation 11(2) of the Environmental Information (Scotland) Regulations 2004", "EISR 11(2)", LetterContext()),
    ("section 25(1) applies", "FOISA 25(1)", SCOTLAND),
]
"""Numbers that several regimes have."""

FALSE_FRIENDS = [
    ("a section 106 agreement with the developer", "OTHER TCPA1990 s106"),
    ("the Section 151 Officer", "OTHER LGA1972 s151"),
    ("served with a section 21 notice", "OTHER HA1988 s21"),
    ("a section 8 notice was served on the tenant", "OTHER HA1988 s8"),
    ("the section 20 consultation with leaseholders", "OTHER LTA1985 s20"),
    ("a section 47 enquiry under child protection", "OTHER CHA1989 s47"),
    ("section 117 aftercare", "OTHER MHA1983 s117"),
    ("detained under section 136", "OTHER MHA1983 s136"),
    ("a section 42 enquiry", "OTHER CARE2014 s42"),
    ("section 60 stop and search", "OTHER CJPOA1994 s60"),
    ("section 35 dispersal order", "OTHER ASBCPA2014 s35"),
    ("section 18 wounding", "OTHER OAPA1861 s18"),
    ("a section 172 notice sent to the keeper", "OTHER RTA1988 s172"),
    ("issued a section 114 notice", "OTHER LGFA1988 s114"),
    ("a section 38 agreement for adoption of the road", "OTHER HIA1980 s38"),
    ("section 31 grant", "OTHER LGA2003 s31"),
    ("a section 75 agreement", "OTHER NHSA2006 s75"),
    ("section 12 approved doctor", "OTHER MHA1983 s12"),
    ("see Section 4 of the form", ""),
    ("Section 40 of the contract", ""),
    ("see section 12 below", ""),
    ("There is more about the team in section 4.", ""),
    ("as required in section 16.", "FOIA 16"),
    ("Section 2 of your letter", ""),
    ("FOI 40-2", ""),
    ("FOI-2021-12345", ""),
    ("Ref: 31/1", ""),
    ("IR 36.2", ""),
    ("FS50282532 EA/2010/0167 FOI/18/03161", ""),
    ("EIR 2004, FOIA 2000 and DPA 2018", ""),
    ("40 (2 of which) were refused", ""),
    ("12 (4) and 31 (1%)", ""),
    ("section 2 of 4", ""),
    ("in S1 to S6 and S4", ""),
    ("lives in Sheffield, S10 2TN and S40 2AB", ""),
    ("12 sec response, Sec. of State", ""),
    ("5 U.S.C. 552(b)(6)", ""),
    ("SI 2004/3244 and 2004 No. 3391", ""),
    ("section 40 applies to 20 working days and section 12 and 24 hours", "FOIA 40; FOIA 12"),
    ("Section 18 of the Equality Act 2010", "OTHER EQA2010 s18"),
    ("section 12 of the Fraud Act 2006", "OTHER FRA2006 s12"),
    ("Part 36 offer under CPR 31", ""),
    ("Schedule 12A, Part 1, paragraph 3 of the Local Government Act 1972", "OTHER LGA1972 Sch.12A Pt.1 para.3"),
    ("Article 8 of the Human Rights Act", "OTHER ECHR1950 art8"),
    ("section 1(1)(a) of FOIA and section 17 FOIA", "FOIA 1(1)(a); FOIA 17"),
]
"""Other Acts, places in documents, references, postcodes, counts."""


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms(text: str, expected: str) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists(text: str, expected: str) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(("text", "expected"), DAMAGE)
def test_damage(text: str, expected: str) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(("text", "expected"), WELSH)
def test_welsh(text: str, expected: str) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(("text", "expected"), PLURALS_AND_PARTS)
def test_plurals_and_parts(text: str, expected: str) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(("text", "expected", "context"), COLLISIONS)
def test_collisions(text: str, expected: str, context: LetterContext) -> None:
    assert cited(text, context) == expected


@pytest.mark.parametrize(("text", "expected"), FALSE_FRIENDS)
def test_false_friends(text: str, expected: str) -> None:
    assert cited(text) == expected
