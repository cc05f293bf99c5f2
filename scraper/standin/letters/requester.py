"""What people who ask write: requests, follow-ups, requests for review, thanks."""

from datetime import date

from scraper.standin.calendar import long_day
from scraper.standin.dice import Dice

SITE = "https://foi.example"
"""Where the thread says it can be read; on purpose not the address of any real site."""


def first_request(dice: Dice, *, body: str, name: str, items: tuple[str, ...], law: str) -> str:
    """The message that begins a thread."""
    ask = dice.pick(
        (
            f"Under the {law} please could you send me the following information:",
            f"This is a request under the {law}. I should like to know:",
            "I would be grateful if you would let me have:",
            f"Please treat this as a request made under the {law}. Could you tell me:",
        )
    )
    numbered = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    extra = dice.pick(
        (
            "Please send the information by e-mail, as a spreadsheet where that is possible.",
            (
                "If part of this would take too long, please tell me what can be given within the limit, as "
                "section 16 of the Act says you should."
            ),
            "I know that names of junior staff may be left out under section 40(2), and I am content with that.",
            "I look forward to hearing from you within 20 working days.",
            "",
        )
    )
    parts = [f"Dear {body},", ask, numbered, extra, "Yours faithfully,", name]
    return "\n\n".join(part for part in parts if part)


def review_request(dice: Dice, *, body: str, name: str, title: str, slug: str, cited: str | None) -> str:
    """Ask for an internal review; it challenges the ground in the requester's own voice."""
    against = (
        f"You have refused to give me the information and relied on {cited}. I do not accept that {cited} "
        "applies, and the public "
        "interest lies in disclosure."
        if cited
        else dice.pick(
            (
                "I find it hard to believe that nothing is held, since a councillor spoke of a report in public.",
                "I have had no proper answer, and the time allowed by law has passed.",
            )
        )
    )
    return "\n\n".join(
        (
            f"Dear {body},",
            "Please pass this to the person who conducts reviews.",
            f"I wish to ask for an internal review of the handling of my request '{title}'.",
            against,
            f"The whole exchange can be read here: {SITE}/request/{slug}",
            "Yours faithfully,",
            name,
        )
    )


def chaser(dice: Dice, *, body: str, name: str, asked: date) -> str:
    """Remind the authority of a late answer."""
    said = dice.pick(
        (
            (
                f"My request of {long_day(asked)} should have been answered by now. By law an answer was due "
                "within 20 working days."
            ),
            f"I have not yet had an answer to my request of {long_day(asked)}. Please tell me when I may expect one.",
        )
    )
    return "\n\n".join((f"Dear {body},", said, "Yours faithfully,", name))


def clarified(dice: Dice, *, body: str, name: str) -> str:
    """Answer an authority's questions."""
    said = dice.pick(
        (
            (
                "Thank you for coming back to me. I mean financial years, for the whole area, and what was "
                "spent rather than budgeted."
            ),
            "To be clear: I am asking about the last three calendar years and about the housing service only.",
        )
    )
    return "\n\n".join((f"Dear {body},", said, "Yours sincerely,", name))


COMMENTS = (
    "Well worth asking. Another council in the region gave the same figures last year.",
    (
        "You might ask for an internal review: they have to say why the public interest lies one way.\n\nSee "
        "https://ico.org.uk/for-the-public/official-information/ for how."
    ),
    "Section 43(2) needs more than a claim that harm is possible. I would complain.",
    "Interesting. The totals do not add up for the second year, so I should ask again.",
    "I had the same answer from them in another case.",
    "Thank you for publishing this. It was used in the local paper on Thursday.",
)


def quoted(author: str, day: date, text: str) -> str:
    """An earlier message as a mail program quotes it."""
    lines = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return f"On {long_day(day)}, {author} wrote:\n\n{lines}"
