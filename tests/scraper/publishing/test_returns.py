"""What the returns count, in cases that are rare."""

from collections.abc import Callable

from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


def test_every_part_of_regulation_13_is_personal_data_and_counts_once(seeds: Seeds, published: Published) -> None:
    seeds.authority(tags=("council",))
    refused(seeds, 7)
    text = "We refuse under regulation 13(1), and under regulation 13(5A) neither confirm nor deny that we hold more."
    seeds.attachment(1, "incoming-72", seeds.document([text]))
    citations = [("EIR", "13(1)", "relied_on", "regulation 13(1)"), ("EIR", "13(5A)", "relied_on_ncnd", "13(5A)")]
    seeds.reading(
        "attachment-1", "incoming-72", [text], 7, kind="refusal_notice", outcome="withheld", citations=citations
    )
    ask = published()
    assert ask("SELECT count(*) FROM exemption_use WHERE regime = 'EIR'") == [(2,)]
    assert ask('SELECT "3(a) - Exempt personal data", "S(40) - Personal information" FROM official_return') == [(1, 1)]


def test_a_line_that_cannot_be_known_is_empty_and_a_share_of_nothing_too(seeds: Seeds, published: Published) -> None:
    seeds.authority(tags=("council",))
    refused(seeds, 7)
    assert published()(
        'SELECT "ICO Total Complaints", "IR percentage upheld in full", "Total Internal Reviews",'
        ' "Percentage of resolvable requests withheld in full" FROM official_return'
    ) == [(None, None, 0, 100.0)]
