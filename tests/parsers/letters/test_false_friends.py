"""What looks like a citation of information law and is none: each in two surroundings or more."""

import pytest

from tests.parsers.letters.citing import cited

OTHER_ACTS = [
    ("the section 106 agreement was signed last May", "OTHER TCPA1990 s106"),
    ("S106 contributions received from the developer", "OTHER TCPA1990 s106"),
    ("s.106 funds held for play areas", "OTHER TCPA1990 s106"),
    ("advice of the S.151 officer", "OTHER LGA1972 s151"),
    ("the Section 151 (Chief Finance) Officer has signed", "OTHER LGA1972 s151"),
    ("the landlord served a section 21 notice on you", "OTHER HA1988 s21"),
    ("how many no fault evictions under section 21 did tenants report", "OTHER HA1988 s21"),
    ("the landlord relied on a section 8 notice", "OTHER HA1988 s8"),
    ("possession under section 8 for arrears by the landlord", "OTHER HA1988 s8"),
    ("leaseholders were sent a s.20 notice", "OTHER LTA1985 s20"),
    ("section 20 consultation on the roof works", "OTHER LTA1985 s20"),
    ("children accommodated under section 20 are looked after children", "OTHER CHA1989 s20"),
    ("a child in need under section 17", "OTHER CHA1989 s17"),
    ("section 17 assessments of children in need", "OTHER CHA1989 s17"),
    ("a section 47 enquiry was opened", "OTHER CHA1989 s47"),
    ("section 47 investigations by children's social care", "OTHER CHA1989 s47"),
    ("a care order under section 31 was made", "OTHER CHA1989 s31"),
    ("section 31 care proceedings issued for 12 children", "OTHER CHA1989 s31"),
    ("section 117 aftercare funding", "OTHER MHA1983 s117"),
    ("patients entitled to after-care under section 117", "OTHER MHA1983 s117"),
    ("detained under section 136 by officers", "OTHER MHA1983 s136"),
    ("number of section 135 warrants and section 136 detentions", "OTHER MHA1983 s135; OTHER MHA1983 s136"),
    ("detained under section 2 or section 3 on the ward", "OTHER MHA1983 s2; OTHER MHA1983 s3"),
    ("patients on section 17 leave", "OTHER MHA1983 s17"),
    ("a section 42 enquiry began", "OTHER CARE2014 s42"),
    ("safeguarding adults concerns leading to section 42", "OTHER CARE2014 s42"),
    ("section 60 stop and search powers", "OTHER CJPOA1994 s60"),
    ("a section 60 authorisation was in place", "OTHER CJPOA1994 s60"),
    ("section 44 stop and searches fell last year", "OTHER TA2000 s44"),
    ("a section 35 dispersal order", "OTHER ASBCPA2014 s35"),
    ("section 34 dispersal authorisations were granted in the town", "OTHER ASBCPA2014 s34"),
    ("section 18 wounding offences", "OTHER OAPA1861 s18"),
    ("section 20 GBH and section 47 ABH", "OTHER OAPA1861 s20; OTHER OAPA1861 s47"),
    ("charged with a section 18 assault (grievous bodily harm)", "OTHER OAPA1861 s18"),
    ("s.39 assault on an officer", "OTHER CJA1988 s39"),
    ("common assault contrary to section 39", "OTHER CJA1988 s39"),
    ("section 5 firearms", "OTHER FIA1968 s5"),
    ("possession of a prohibited weapon, section 5", "OTHER FIA1968 s5"),
    ("a section 5 public order offence", "OTHER POA1986 s5"),
    ("section 4A public order, causing harassment", "OTHER POA1986 s4A"),
    ("section 1 firearm certificates", "OTHER FIA1968 s1"),
    ("section 2 shotgun certificates on issue", "OTHER FIA1968 s2"),
    ("a section 172 notice to the keeper", "OTHER RTA1988 s172"),
    ("failing to name the driver (s.172)", "OTHER RTA1988 s172"),
    ("section 165 seizures of uninsured vehicles", "OTHER RTA1988 s165"),
    ("the section 114 notice issued by the finance director", "OTHER LGFA1988 s114"),
    ("S114 report to full council on a balanced budget", "OTHER LGFA1988 s114"),
    ("a section 38 agreement for the estate roads", "OTHER HIA1980 s38"),
    ("roads adopted under a s38 and a section 278 agreement", "OTHER HIA1980 s38; OTHER HIA1980 s278"),
    ("section 278 works on the highway", "OTHER HIA1980 s278"),
    ("S31 grant from the department", "OTHER LGA2003 s31"),
    ("paid as a ring-fenced section 31 grant", "OTHER LGA2003 s31"),
    ("a section 75 agreement with the ICB", "OTHER NHSA2006 s75"),
    ("pooled budget under section 75 with the CCG", "OTHER NHSA2006 s75"),
    ("section 11 audit of safeguarding partners", "OTHER CHA2004 s11"),
    ("section 251 approval for confidential patient data", "OTHER NHSA2006 s251"),
    ("a section 12 approved doctor", "OTHER MHA1983 s12"),
    ("assessment by two section 12(2) doctors", "OTHER MHA1983 s12(2)"),
    ("we meet Regulation 12 (safe care and treatment) after the CQC visit", "OTHER HSCARR2014 reg12"),
    ("breach of Regulation 13 found by the CQC", "OTHER HSCARR2014 reg13"),
    ("exempt report under Schedule 12A, Part 1, paragraph 3", "OTHER LGA1972 Sch.12A Pt.1 para.3"),
    ("my Article 8 right to private life", "OTHER ECHR1950 art8"),
]
"""Sections and regulations of other Acts that letters print without naming the Act."""

NAMED = [
    ("section 28 of the Local Government Act 1988 was repealed", "OTHER LGA1988 s28"),
    ("known as Section 28 of the Care Act 2014", "OTHER CARE2014 s28"),
    ("stops made under section 44 of the Terrorism Act 2000", "OTHER TA2000 s44"),
    ("stop and search under section 1 PACE", "OTHER PACE1984 s1"),
    ("searches under s.1 of PACE", "OTHER PACE1984 s1"),
    ("section 12 RTA", "OTHER RTA1988 s12"),
    ("TUPE Regulation 13 consultation", "OTHER TUPE2006 reg13"),
    ("regulation 14 of the CDM Regulations", "OTHER CDMR2015 reg14"),
    (
        "exempt under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
        "OTHER LGA1972 Sch.12A Pt.1 para.3",
    ),
    ("withheld under Exemption 7(C) of the US Freedom of Information Act", "OTHER US Freedom of Information Act s7(c)"),
    ("section 37(1) of the Freedom of Information Act 2014", "OTHER Freedom of Information Act 2014 s37(1)"),
    ("Section 8(1)(j) of the Right to Information Act 2005", "OTHER Right to Information Act 2005 s8(1)(j)"),
    ("Article 10 of the European Convention on Human Rights", "OTHER ECHR1950 art10"),
    ("Article 8 ECHR", "OTHER ECHR1950 art8"),
    (
        (
            "The Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004 set this. "
            "Regulation 3(2) of the Fees Regulations"
        ),
        "OTHER FEES2004 reg3(2)",
    ),
    (
        "regulation 4(3) of the Freedom of Information and Data Protection (Appropriate Limit & Fees) Regulations 2004",
        "OTHER FEES2004 reg4(3)",
    ),
    ("section 12 of the Charities Act 2011", "OTHER CHAR2011 s12"),
    ("section 6 of the Burial Grounds Act 1979", "OTHER Burial Grounds Act 1979 s6"),
    ("section 6 of the Burial Grounds Act", "OTHER Burial Grounds Act s6"),
    ("under section 35 of the Town Improvement Clauses Act 1847", "OTHER Town Improvement Clauses Act 1847 s35"),
    ("section 21 of the Housing Act", "OTHER Housing Act s21"),
    (
        "Housing Act 1996, s.184. A decision under section 184 of the Housing Act",
        "OTHER HA1996 s184; OTHER HA1996 s184",
    ),
]
"""Provisions of Acts that the letter names."""

NOT_CITATIONS = [
    ("Section 12 of the Code of Practice", ""),
    ("Part 8 claim and a Part 36 offer under CPR 31", ""),
    ("disclosure under CPR 31.16", ""),
    ("Section 4 of the form", ""),
    ("see Section 2 of your letter", ""),
    ("see section 12 below", ""),
    ("Section 40 of the contract sets it out", ""),
    ("as shown in section 31 of the attached report", ""),
    ("our ref FOI 40-2", ""),
    ("FOI-2021-12345", ""),
    ("Ref: 31/1", ""),
    ("IR 36.2", ""),
    ("FS50282532 and EA/2010/0167", ""),
    ("FOI/18/03161", ""),
    ("EIR 2004 and FOIA 2000 and DPA 2018", ""),
    ("s2000", ""),
    ("40 (2 of which were late)", ""),
    ("12 (4) and 31 (1%) were", ""),
    ("section 2 of 4", ""),
    ("12(5) cases", ""),
    ("pupils in S1-S6", ""),
    ("an S4 pupil", ""),
    ("stored in the S3 bucket", ""),
    ("a response time of 12 sec", ""),
    ("the Sec. of State agreed", ""),
    ("R12 refrigerant", ""),
    ("rev r12 of the drawing", ""),
    ("5 U.S.C. 552(b)(6) and Exemption 6", ""),
    ("SI 2004/3244 and 2004 No. 3391", ""),
]
"""Places in documents, references, counts, names and measures."""

NEAR_MISSES = [
    (
        "withheld under section 43(2) of FOIA: the viability appraisal for the section 106 obligations",
        "FOIA 43(2); OTHER TCPA1990 s106",
    ),
    ("the section 45 Code of Practice", "FOIA 45"),
    ("the Code of Practice issued under section 45 of the Act", "FOIA 45"),
    ("apply to the Information Commissioner under section 50 of FOIA", "FOIA 50"),
    ("Article 10 of the GDPR on criminal convictions", "UKGDPR 10"),
    ("a section 29 form under the Data Protection Act 1998", "DPA1998 29"),
    ("Data Protection Act section 29 form", "DPA1998 29"),
    ("the Freedom of Information Act 2000 (the Act). Section 8 of that Act", "FOIA 8"),
]
"""What is a citation of information law after all, beside words of other law."""


@pytest.mark.parametrize(("text", "expected"), [*OTHER_ACTS, *NAMED, *NOT_CITATIONS, *NEAR_MISSES])
def test_false_friends(text: str, expected: str) -> None:
    assert cited(text) == expected
