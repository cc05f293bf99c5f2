"""The sector of an authority, from tags as the site's volunteers give them."""

import pytest

from parsers.sectors import Sector, sector_of


@pytest.mark.parametrize(
    ("tags", "sector"),
    [
        ("local_council unitary england", "local_government"),
        ("parish_council england", "parish_or_community_council"),
        ("nhs scotland health_board", "health"),
        ("police", "police_and_justice"),
        ("fire_service", "fire_and_rescue"),
        ("academy_trust school", "school"),
        ("university", "further_and_higher_education"),
        ("eir_only water_company", "utility"),
        ("central_government ministerial_department", "central_government"),
        ("executive_agency", "agency_or_regulator"),
        ("scotland executive_agency", "devolved_government"),
        ("northern_ireland central_government", "devolved_government"),
        ("museum central_government", "culture_and_media"),
        ("defunct england", "unknown"),
        ("", "unknown"),
    ],
)
def test_tags_name_a_sector(tags: str, sector: Sector) -> None:
    assert sector_of((tag, None) for tag in tags.split()) == sector


def test_the_value_of_a_tag_names_no_sector() -> None:
    assert sector_of([("wikidata", "police")]) == "unknown"
