"""Taking turns: what is measured and its reference one after the other, so that whatever else the machine does falls
on both alike."""

import resource
import statistics
import time
from collections.abc import Callable

ROUNDS = 7
Clock = Callable[[], float]


def processor() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def in_turns(*measures: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """The median of each measure over some rounds, in which each has its turn."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def a_piece(call: Callable[[], int], *, clock: Clock = time.process_time) -> Callable[[], float]:
    """A measure: milliseconds for each of the pieces that ``call`` says it did."""

    def measure() -> float:
        begun = clock()
        pieces = call()
        return (clock() - begun) * 1000 / pieces

    return measure
