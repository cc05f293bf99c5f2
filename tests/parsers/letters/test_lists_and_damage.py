"""Lists, ranges, tables and damaged text in other words than the first tables of printed forms, and Welsh."""

import pytest

from tests.parsers.letters.citing import cited

FORMS = [
    ("We refuse this under SECTION 43(2) of the Freedom of Information Act 2000.", "FOIA 43(2)"),
    ("It is withheld under S. 43 (2) FOIA.", "FOIA 43(2)"),
    ("S 30(1)(a)(i) FOIA applies.", "FOIA 30(1)(a)(i)"),
    ("Reason for refusal: S(31)", "FOIA 31"),
    ("Reason: (s22)", "FOIA 22"),
    ("Refused (s12(2))", "FOIA 12(2)"),
    ("We rely on s's 24 and 27 here, which exempt it", "FOIA 24; FOIA 27"),
    ("section 25 1(a) of FOISA", "FOISA 25(1)"),
    ("s30(b)(2) FOISA", "FOISA 30(b)(ii)"),
    ("we applied s38(1)b FOIA", "FOIA 38(1)(b)"),
    ("36.2.c is engaged and the information exempt", "FOIA 36(2)(c)"),
    ("section 43.2", "FOIA 43(2)"),
    ("section 40.2% of cases", ""),
    ("section 12.5 hours", ""),
    ("Section 43 subsection 2 of the Act applies", "FOIA 43(2)"),
    ("Under subsections (1) and (2) of section 14", "FOIA 14(1); FOIA 14(2)"),
    ("sub-section (2) of s.40", "FOIA 40(2)"),
    ("limb (b) of section 36(2)", "FOIA 36(2)(b)"),
    ("paragraphs (a) and (c) of section 31(1)", "FOIA 31(1)(a); FOIA 31(1)(c)"),
    ("Section 40(2)(b)(ii) of FOIA", "FOIA 40(2)(b)"),
    ("the second condition, section 40(3B), applies", "FOIA 40(3B)"),
    ("40(2) with 40(3)(b) is the exemption", "FOIA 40(2); FOIA 40(3)(b)"),
    ("section 31(1)(g) in conjunction with section 31(2)(c)", "FOIA 31(1)(g); FOIA 31(2)(c)"),
    (
        "Section 44 of FOIA together with section 123 of the Social Security Administration Act 1992",
        "FOIA 44; OTHER SSAA1992 s123",
    ),
    ("Exemption 43 has been used", "FOIA 43"),
    ("information is exempt (s41)", "FOIA 41"),
    ("\n43(2) - Commercial interests\nThe prices are withheld.\n", "FOIA 43(2)"),
    ("\n36(2)(c) (Prejudice to effective conduct of public affairs)\n", "FOIA 36(2)(c)"),
    ("R12(5)(c) EIR", "EIR 12(5)(c)"),
    ("EIRs 13(1)", "EIR 13(1)"),
    ("the exception under 12(5)(f)", "EIR 12(5)(f)"),
    ("under regulation 42 the advice is exempt", "FOIA 42"),
    ("Article 4(1) of the General Data Protection Regulation", "UKGDPR 4(1)"),
    (
        "the first data protection principle in Schedule 1 to the Data Protection Act 1998",
        "DPA1998 Sch.1 Pt.I para.1; DPA1998 Sch.1",
    ),
    ("disclosure would breach Principle 1 of the Data Protection Act 1998", "DPA1998 Sch.1 Pt.I para.1"),
    ("contrary to the second principle of the DPA 1998", "DPA1998 Sch.1 Pt.I para.2"),
    ("the first principle of good administration", ""),
    ("the first data protection principle of the Data Protection Act 2018", ""),
    ("Part I of Schedule 1 to the Data Protection Act 1998", "DPA1998 Sch.1 Pt.I"),
    ("We rely on 31(1)(a)/(b) for the routes.", "FOIA 31(1)(a); FOIA 31(1)(b)"),
    ("Section 43 is relied on. The first answer also said 43(2).", "FOIA 43; FOIA 43(2)"),
    ("The other ground was 43(2), which we leave aside.", "FOIA 43(2)"),
    ("Clause 31(1)(a) of the lease and paragraph 36(2)(b) of the guide", ""),
    ("12(5) months on average, and 31(2) of 40", ""),
]
"""The noun, the number and its levels."""

LISTS = [
    ("Sections 21, 22 (1) and 42(1) FOIA", "FOIA 21; FOIA 22(1); FOIA 42(1)"),
    ("Section 31(1)(a), (b) and (g)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(g)"),
    ("s36(2)(b)(i)&(ii), (c)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii); FOIA 36(2)(c)"),
    ("s.36(2)(b)(i-ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section 36(2)(b)(i and ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("section 31(1)(a, b & c)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(c)"),
    ("section 31(1)(a-c) and 40(2)", "FOIA 31(1)(a); FOIA 31(1)(b); FOIA 31(1)(c); FOIA 40(2)"),
    ("section 40(2)/(3)", "FOIA 40(2); FOIA 40(3)"),
    ("regulation 12(5)(a) through (c)", "EIR 12(5)(a); EIR 12(5)(b); EIR 12(5)(c)"),
    ("Sections 21-44 list exemptions", "FOIA 21-44"),
    ("sections 30 to 32", "FOIA 30; FOIA 31; FOIA 32"),
    ("12(4)(d) and/or (e) exception", "EIR 12(4)(d); EIR 12(4)(e)"),
    (
        "sections 23(5), 24(2), 30(3), 40(5B)(a)(i) and 44(2)",
        "FOIA 23(5); FOIA 24(2); FOIA 30(3); FOIA 40(5B)(a)(i); FOIA 44(2)",
    ),
    ("section 30(c) and 33(1)(b) FOISA", "FOISA 30(c); FOISA 33(1)(b)"),
    ("s30(1)(a)(b)(c)", "FOIA 30(1)(a); FOIA 30(1)(b); FOIA 30(1)(c)"),
    ("section 31(2)(i)", "FOIA 31(2)(i)"),
    ("section 36(2)(b)(i) / (2)(c)", "FOIA 36(2)(b)(i); FOIA 36(2)(c)"),
    ("regulation 13(2a)(A)", "EIR 13(2A)(a)"),
    ("section 37(1)(Ab)", "FOIA 37(1)(ab)"),
    ("section 43(2)12 of the Act", "FOIA 43(2)"),
    ("Item (1) falls under section 43(2), (3) under section 40(2).", "FOIA 43(2); FOIA 40(2)"),
    ("withheld: section 40(2);\n(b) the rent of the surgery", "FOIA 40(2)"),
    ("covered by section 40(2) (a teacher's leave)", "FOIA 40(2)"),
    ("Section 43\n(1) Information is exempt information if it constitutes a trade secret.", "FOIA 43"),
]
"""Lists, ranges and continuations, and what only looks like one."""

DAMAGE = [
    ("s 4 0 (2) of FOIA", "FOIA 40(2)"),
    ("section 4 0 ( 2 ) of FOIA", "FOIA 40(2)"),
    ("section 3 1 (1) (a) FOIA", "FOIA 31(1)(a)"),
    ("section\u00a043\u2009(2) FOIA", "FOIA 43(2)"),
    ("section\u200b 43(2) FOIA", "FOIA 43(2)"),
    ("section 36(2)(b)(i) \u2013 (ii)", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("> refused under sec-\n> tion 43(2) FOIA", "FOIA 43(2)"),
    ("section 43 \n (2) of FOIA", "FOIA 43(2)"),
    ("section 31 (1)\n\n(a) is the next point", "FOIA 31(1)"),
    ("sectlon 3O(1)(a)", "FOIA 30(1)(a)"),
    ("section 2l of FOIA", "FOIA 21"),
    ("section 4I of FOIA", "FOIA 41"),
    ("sectjon 43 FOIA", "FOIA 43"),
    ("Sectio 43 FOIA", "FOIA 43"),
    ("section Z2(1) of FOIA", "FOIA 22(1)"),
    ("section 3B of FOIA", "FOIA 38"),
    ("section 3G(2)(c) of FOIA", "FOIA 36(2)(c)"),
    ("section 3S(1)(a) FOIA", "FOIA 35(1)(a)"),
    ("s . 43 [2] FOIA", "FOIA 43(2)"),
    ("section 36 ( 2 ) ( c .", "FOIA 36(2)(c)"),
    ("section 43 (2 FOIA", "FOIA 43(2)"),
    ("section 43<2> FOIA", "FOIA 43(2)"),
    ("at the fire station 41 and in session 12 of the course", ""),
    ("Document | Section | Applied to\nMinutes | 43(2) | prices\nLetter | 40(2) | names", "FOIA 43(2); FOIA 40(2)"),
    ("Document\tExemption\nMinutes\t42(1)\nLetter\t40(2)", "FOIA 42(1); FOIA 40(2)"),
    ("Topic           Ground\nSea talks       27(4)\nHarbour dues    29(2)", "FOIA 27(4); FOIA 29(2)"),
    ("Exemption: S43    agents' tariffs", "FOIA 43"),
    ("[Redacted S.40(2)]", "FOIA 40(2)"),
]
"""What wrapping, tables, PDF extraction and scanning do to a citation."""

WELSH = [
    ("mae'r wybodaeth wedi'i heithrio o dan adran 43(2) o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 43(2)"),
    ("Yn unol ag Adran 40 o'r Ddeddf Rhyddid Gwybodaeth", "FOIA 40"),
    ("adrannau 40(2) a 43(2) Deddf Rhyddid Gwybodaeth 2000", "FOIA 40(2); FOIA 43(2)"),
    ("eithriad o dan a.43 o Ddeddf Rhyddid Gwybodaeth", "FOIA 43"),
    ("adrannau 30 i 32 o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 30; FOIA 31; FOIA 32"),
    ("Ddeddf Rhyddid Gwybodaeth 2000: adran 30 ac adran 31", "FOIA 30; FOIA 31"),
    ("Rheoliad 12(4)(d) o Reoliadau Gwybodaeth Amgylcheddol 2004", "EIR 12(4)(d)"),
    ("rheoliadau 12(4)(d) a 12(5)(f) o'r Rheoliadau Gwybodaeth Amgylcheddol", "EIR 12(4)(d); EIR 12(5)(f)"),
    ("Erthygl 6(1)(e) o GDPR y DU", "UKGDPR 6(1)(e)"),
    ("adran 10 Deddf Diogelu Data 2018", "DPA2018 10"),
    ("Adran 36(2)(b)(i) a (ii) o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 36(2)(b)(i); FOIA 36(2)(b)(ii)"),
    ("Adran 12(1) neu (2) o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 12(1); FOIA 12(2)"),
    ("adran 12 neu 14 o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA 12; FOIA 14"),
]
"""Letters in Welsh."""


@pytest.mark.parametrize(("text", "expected"), [*FORMS, *LISTS, *DAMAGE, *WELSH])
def test_what_is_cited(text: str, expected: str) -> None:
    assert cited(text) == expected
