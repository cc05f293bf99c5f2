"""Requests that are odd as a whole: hidden, renamed, closed, in a state that is rare."""

from collections.abc import Callable

from scraper.standin.letters import decisions
from scraper.standin.plots import answered, begin, close
from scraper.standin.thread import Thread


def plain(thread: Thread) -> None:
    """An ordinary answer in part: the oddity lies in who asks whom."""
    answered(decisions.part, "partially_successful")(thread)


def hidden(thread: Thread) -> None:
    """Taken down by an administrator: 403, and by number 404."""
    plain(thread)
    thread.later(2, 9)
    thread.event("hide", changed=("prominence",))
    thread.prominence, thread.prominence_reason = "hidden", "It named members of the public."


def requester_only(thread: Thread) -> None:
    """Left to the requester alone."""
    plain(thread)
    thread.later(2, 9)
    thread.event("edit", changed=("prominence",))
    thread.prominence = "requester_only"


def backpage(thread: Thread) -> None:
    """Readable by those who know the address, in no list, with a wish not to be indexed."""
    plain(thread)
    thread.event("edit", changed=("prominence",))
    thread.prominence = "backpage"


def embargoed(thread: Thread) -> None:
    """Not published yet: as if it were not there."""
    begin(thread)
    thread.event("set_embargo")
    thread.embargoed = True


def renamed(thread: Thread) -> None:
    """An administrator changed the title, and the old address leads nowhere (1.1)."""
    plain(thread)
    thread.later(3, 9)
    thread.event("edit", changed=("title", "url_title"))
    thread.former_slugs = ("cost_of_building_works_and_counci",)


def closed(thread: Thread) -> None:
    """Nobody can write any more."""
    plain(thread)
    thread.replies = "closed"


def restricted(thread: Thread) -> None:
    """Only the authority can write."""
    plain(thread)
    thread.replies = "authority_only"


def unanswered(thread: Thread) -> None:
    """Nothing came back."""
    begin(thread)


def unlabelled(thread: Thread) -> None:
    """An answer came and nobody said what it is."""
    begin(thread)
    thread.later(6, 18)
    thread.answer(decisions.part)


def in_state(state: str) -> Callable[[Thread], None]:
    """A request that ends in that state."""

    def plot(thread: Thread) -> None:
        begin(thread)
        thread.later(6, 18)
        thread.answer(decisions.disclosed if state in {"successful", "waiting_response"} else decisions.withheld)
        if state == "internal_review":
            thread.later(1, 4)
            thread.write("Please carry out an internal review of this decision.\n\n" + thread.author, state=state)
            return
        close(thread, state)

    return plot
