"""Which Acts a letter names, in any dress, and that whatever is cited of them can be written and read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.law.provision import Provision
from parsers.law.table import OtherAct, other_acts
from parsers.letters.laws.acts import find_acts
from parsers.letters.reading import read_letter
from parsers.letters.text.clean import prepare
from tests.patience import spending


def named(text: str) -> list[str]:
    return [act.code or act.regime or act.how for act in find_acts(prepare([text]))]


DATED = [act for act in other_acts() if act.name.endswith(act.code[-4:])]


@pytest.mark.parametrize("act", DATED, ids=lambda act: act.code)
def test_every_listed_act_is_known_by_its_name(act: OtherAct) -> None:
    name, code = act.name, act.code
    assert named(f"It was done under section 4 of the {name}.") == [code]
    assert named(f"SEE THE {name.upper()}") == [code]
    assert named(f"as the {name.replace(' ', chr(10), 1)} says") == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Freedom of Information Act 2000", ["FOIA"]),
        ("the Freedom Of Information Act (2000)", ["FOIA"]),
        ("the Freedom of lnformation Act 2000", ["FOIA"]),
        ("the Freedom of Infomation Act, 2000", ["FOIA"]),
        ("F.O.I.A. and FoI Act", ["FOIA", "FOIA"]),
        ("Freedom of Information (Scotland) Act 2002, FOISA, FOI(S)A", ["FOISA", "FOISA", "FOISA"]),
        ("Freedom of Information Scotland Act 2002", ["FOISA"]),
        ("the Environmental Information Regulations 2004 (EIRs)", ["EIR", "EIR"]),
        ("the Enviromental Information Regs 2004", ["EIR"]),
        ("the Environmental Information (Scotland) Regulations 2004, EISRs, EI(S)R", ["EISR", "EISR", "EISR"]),
        ("the Data Protection Act 1998, the DPA 2018 and the UK GDPR", ["DPA1998", "DPA2018", "UKGDPR"]),
        ("Ddeddf Rhyddid Gwybodaeth 2000 a Deddf Diogelu Data 2018", ["FOIA", "DPA2018"]),
        ("Rheoliadau Gwybodaeth Amgylcheddol 2004", ["EIR"]),
        ("Ddeddf Gofal Plant 2006", ["Ddeddf Gofal Plant 2006"]),
        ("the Freedom of Information Act 2014", ["Freedom of Information Act 2014"]),
        ("the US Freedom of Information Act", ["US Freedom of Information Act"]),
        ("the Children Act 1989 and the Children Act", ["CHA1989", "CHA1989"]),
        ("the Children Act 2004 and the Children Act", ["CHA2004", "CHA2004"]),
        ("the Housing Act", ["Housing Act"]),
        ("the Housing Act 1985 and later the Housing Act", ["HA1985", "HA1985"]),
        ("the Burial Grounds Act 1979", ["Burial Grounds Act 1979"]),
        ("Section 12 Burial Grounds Act 1979", ["Burial Grounds Act 1979"]),
        ("under Part VII of the Burial Grounds Act 1979", ["Burial Grounds Act 1979"]),
        ("THE BURIAL GROUNDS ACT 1979", ["Burial Grounds Act 1979"]),
        ("the Burial Grounds (Scotland) Regulations 1979", ["Burial Grounds (Scotland) Regulations 1979"]),
        ('the Burial Grounds Act 1979 ("the BGA"), and BGA', ["Burial Grounds Act 1979"] * 3),
        ("the Burial Grounds Act 1979; the 1979 Act", ["Burial Grounds Act 1979", "Burial Grounds Act 1979"]),
        ("Health & Safety at Work etc. Act 1974", ["HSWA1974"]),
        ("Copyright Designs and Patents Act 1988", ["CDPA1988"]),
        ("RIP(S)A, PACE 1984 and EPA 1990; UNPACED", ["RIPSA2000", "PACE1984", "EPA1990"]),
        ("the CJA 1987, LGA 1972 and TMA 1970", ["CJA1987", "LGA1972", "TMA1970"]),
        ("PACE, RIPA and the PACE codes", ["PACE1984", "RIPA2000", "PACE1984"]),
        ("this Act and an Act", ["the_act"]),
        ("the 2000 Act, the 2002 Act, the 2018 Act", ["FOIA", "FOISA", "DPA2018"]),
        ("spaces, capable, FOI/2021/12, foi@town.example", []),
        ("an act of kindness; the Court Order of May", []),
    ],
)
def test_acts_as_letters_name_them(text: str, expected: list[str]) -> None:
    assert named(text) == expected


PIECES = [
    "section 12(3)",
    "s.4",
    "regulations 3 and 4(2)",
    "Article 8",
    "Schedule 2, para 6(1)",
    "of the",
    "Burial Grounds Act 1979",
    "Towns & Ports (Scotland, etc.) Regulations 2011",
    "MENTAL HEALTH ACT 1983",
    'Lighthouse Act 1901 ("LA")',
    "Ddeddf Gofal Plant 2006",
    "O'Neill's (No. 2) Order 1999",
    "Housing Act",
    "CRCA",
    "Act",
    "(Act",
    "that Act",
    "the 1979 Act",
    "and",
    ",",
    "(",
    ")",
    "\n",
    "LA",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map(" ".join))
def test_what_is_cited_of_any_act_reads_back(text: str) -> None:
    for citation in read_letter(text).citations:
        if citation.regime == "OTHER":
            assert Provision.parse(citation.provision, regime="OTHER").text == citation.provision


@pytest.mark.parametrize("piece", ["Act ", "Burial Of The Act ", 'Burial Act 1979 ("BA") ', "Mental Health Act ", "A "])
def test_names_without_end_take_time_that_grows_with_their_length(piece: str) -> None:
    letter = prepare([piece * (200_000 // len(piece))])
    with spending(20):
        find_acts(letter)
