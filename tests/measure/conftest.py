"""Each corpus is made and read once."""

import pytest

from tests.conftest import NO_SHARED, SHARED
from tests.measure.corpora import Corpus, labelled, own_cases, standin
from tests.measure.facts import Facts
from tests.measure.scores import read_all


@pytest.fixture(scope="session")
def own() -> Corpus:
    return own_cases()


@pytest.fixture(scope="session")
def invented() -> Corpus:
    return standin()


@pytest.fixture(scope="session")
def invented_readings(invented: Corpus) -> list[Facts]:
    return read_all(invented.letters)


@pytest.fixture(scope="session")
def real() -> Corpus:
    corpus = labelled(SHARED)
    if corpus is None:
        pytest.skip(NO_SHARED)
    return corpus


@pytest.fixture(scope="session")
def real_readings(real: Corpus) -> list[Facts]:
    return read_all(real.letters)
