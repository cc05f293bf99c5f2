"""Chance that can be repeated: the same seed and the same key give the same throws, in any process."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A generator of its own for one thing of the world, so that adding another thing changes nothing here."""

    def __init__(self, *key: object) -> None:
        digest = hashlib.sha256("\x1f".join(map(str, key)).encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big"))  # noqa: S311 - a made-up world, no secrets

    def pick(self, things: Sequence[T]) -> T:
        """One of the things, each as likely as the next."""
        return things[self._random.randrange(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """So many different things, in the order they stand."""
        chosen = sorted(self._random.sample(range(len(things)), min(count, len(things))))
        return [things[index] for index in chosen]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key, as likely as its weight."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._random.randint(low, high)

    def chance(self, share: float) -> bool:
        """True in that share of throws."""
        return self._random.random() < share

    def fraction(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in another order."""
        return self._random.sample(list(things), len(things))
