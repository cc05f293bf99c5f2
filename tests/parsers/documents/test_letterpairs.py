"""A text layer that says nothing is told from one in any language by the company that its letters keep."""

import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.documents.pdf.pdf import read_pdf
from parsers.documents.scans.letterpairs import is_nonsense, is_welsh
from tests.parsers.documents import samples
from tests.patience import spending

CASES = sorted((Path(__file__).parent.parent / "letters" / "cases").glob("*/input.txt"))
LETTER = "\n".join(samples.LETTER)
WELSH = next(path for path in CASES if path.parent.name == "welsh_refusal").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_letters_are_not_nonsense(path: Path) -> None:
    assert not is_nonsense(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("step", [-5, -3, -1, 1, 2, 3, 7, 13])
def test_letters_moved_along_the_alphabet_are_nonsense(step: int) -> None:
    moved = string.ascii_lowercase[step:] + string.ascii_lowercase[:step]
    assert is_nonsense(LETTER.lower().translate(str.maketrans(string.ascii_lowercase, moved)))


def test_letters_exchanged_at_random_are_nonsense() -> None:
    seen = []
    for seed in range(200):
        others = random.Random(seed).sample(string.ascii_lowercase, 26)  # noqa: S311 - not a secret
        seen.append(is_nonsense(LETTER.lower().translate(str.maketrans(string.ascii_lowercase, "".join(others)))))
    assert sum(seen) >= 199


@pytest.mark.parametrize(
    "text",
    [
        "Le Conseil a examiné votre demande et vous informe que les renseignements demandés ne sont pas détenus.",
        "Sehr geehrte Damen und Herren, wir haben Ihre Anfrage erhalten und antworten so schnell wie möglich.",
        "Уважаемый заявитель, мы получили ваш запрос и ответим на него в течение двадцати рабочих дней.",
        "أيها السيد المحترم، لقد تلقينا طلبكم وسنرد عليه في غضون عشرين يوم عمل من تاريخ استلامه في مكتبنا",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert not is_nonsense(text)


CODES = "XQ KJV WQX ZB1 HGV PQT NHS TPO BS5837 CQC HMRC DVLA DWP MOJ XLSX HTML QZR GDPR DFT"


@pytest.mark.parametrize(
    "text",
    [
        f"{CODES} " * 6,
        "\n".join(f"HW-{number} N 12.40 {number} QX{number} SW XJ{number}" for number in range(60)),
        "\n".join(f"{number} Ffordd y Pwll, Brymbo, Wrecsam LL{number} {number % 9}QZ" for number in range(30)),
        "Flat 9, Wymering Mansions, Wymondham NR18 0QQ\nQwest Park, Stocksbridge S36 1FG\nCwrt y Bryn, Ynysybwl\n" * 4,
        (
            "Szymon Krzyżanowski, Zbigniew Wójcik, Małgorzata Dąbrowska, Krzysztof Szczepański, Wojciech Jabłoński, "
            "Grzegorz Brzęczyński, Bartłomiej Zieliński, Agnieszka Przybylska"
        ),
        (
            "Vážená paní, děkujeme za vaši žádost. Úřad tyto informace má, ale podle zákona je nemůže poskytnout, "
            "protože obsahují osobní údaje třetích osob."
        ),
        (
            "A chara, go raibh maith agat as do iarratas faoin Acht um Shaoráil Faisnéise. Tá an t-eolas ag an údarás "
            "ach ní féidir é a scaoileadh mar gheall ar na díolúintí atá luaite thíos."
        ),
        (
            "Polychlorinated biphenyls, dichlorodiphenyltrichloroethane, hexachlorocyclohexane, sphingomyelin, "
            "methylphenidate, phytosphingosine, glyphosate, amitriptyline, clopidogrel, ezetimibe"
        ),
        WELSH.upper(),
        "\n".join(f"{number}  1,{number:03}.50  12.5%  £{number}" for number in range(200)),
    ],
    ids=[
        "codes",
        "table",
        "addresses",
        "places",
        "names",
        "Czech",
        "Irish",
        "chemistry",
        "Welsh in capitals",
        "figures",
    ],
)
def test_lists_names_and_other_languages_are_left_alone(text: str) -> None:
    assert not is_nonsense(text)


@pytest.mark.parametrize("text", [LETTER, WELSH], ids=["English", "Welsh"])
def test_words_spelt_backwards_are_nonsense(text: str) -> None:
    assert is_nonsense("\n".join(line[::-1] for line in text.splitlines()))
    assert is_nonsense(" ".join(word[::-1] for word in text.split()))


def test_letters_that_became_capitals_and_signs_are_nonsense() -> None:
    assert is_nonsense("".join(chr(ord(sign) - 29) if "a" <= sign <= "z" else sign for sign in LETTER.lower()))


def test_letters_of_many_scripts_at_once_are_nonsense() -> None:
    scripts = "абвгд" + "αβγδε" + "ابتثج" + "אבגדה" + "あいうえお"
    words = random.Random(1).choices(scripts, k=400)  # noqa: S311 - not a secret
    assert is_nonsense(" ".join("".join(words[at : at + 6]) for at in range(0, 400, 6)))


def test_a_few_words_and_codes_are_not_judged() -> None:
    assert not is_nonsense("XQZ-771 KJV Wqx")
    assert not is_nonsense("")


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_nonsense(text) in {True, False}


def test_a_long_text_is_judged_in_time() -> None:
    with spending(20):
        is_nonsense("qzÅ\u0301 " * 200_000)


def test_welsh_is_told_from_english() -> None:
    assert is_welsh(WELSH)
    assert is_welsh(LETTER + "\n" + WELSH)
    assert not is_welsh(LETTER)


def test_a_page_whose_letters_mean_others_wants_its_picture_read() -> None:
    moved = str.maketrans(string.ascii_letters, string.ascii_letters[3:] + string.ascii_letters[:3])
    document = read_pdf(
        samples.pdf(lambda canvas: samples.write(canvas, [line.translate(moved) for line in samples.LETTER]))
    )
    assert (document.status, document.pages[0].text, document.pages[0].wants_ocr) == ("no_text", "", "nonsense")
