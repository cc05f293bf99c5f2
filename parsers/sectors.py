"""Which part of public life an authority belongs to, from the tags that the site's volunteers gave it.

The site has some hundreds of tags and lets anybody with the right to do so add one, so the vocabulary here is closed
and small, and a tag that is not in the table says nothing. The raw tags stay beside what they were mapped to.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from parsers.records import Tag

Sector = Literal[
    "central_government",
    "devolved_government",
    "agency_or_regulator",
    "local_government",
    "parish_or_community_council",
    "health",
    "police_and_justice",
    "fire_and_rescue",
    "school",
    "further_and_higher_education",
    "transport",
    "utility",
    "culture_and_media",
    "housing",
    "other",
    "unknown",
]
SECTORS: tuple[Sector, ...] = get_args(Sector)

_TAGS: dict[Sector, str] = {
    "police_and_justice": "police police_auth police_commissioner police_and_crime_commissioner pcc police_other "
    "probation prob_board prison prisons court courts tribunal tribunal_ndpb prosecution coroner youth_offending",
    "fire_and_rescue": "fire_service fire fire_auth fire_authority fire_and_rescue",
    "school": "school schools academy academy_trust academies primary_school secondary_school special_school "
    "free_school grammar_school sixth_form_school schoolc nursery_school independent_school multi_academy_trust mat",
    "further_and_higher_education": "university universities university_college college colleges furthereducation "
    "further_education fe_college sixth_form_college higher_education research_council students_union",
    "health": "nhs acute_trust nhstrust nhstrusthospital hospital_trust foundation_trust mental_health_trust "
    "ambulance_trust community_trust caretrust care_trust icb ccg pct strategic_health_authority sha health_board "
    "healthboard lhb hsc_trust hsct gp gp_practice gps dentist dental_practice pharmacy pharmacies optician opticians "
    "special_health_authority healthwatch csu commissioning_support",
    "parish_or_community_council": "parish_council parish town_council community_council parish_meeting",
    "local_government": "local_council council county district borough unitary metropolitan london_borough "
    "combined_authority city_council local_authority national_park national_park_authority lep waste_authority "
    "joint_board idb internal_drainage_board gla pension_authority valuation_joint_board "
    "regional_transport_partnership",
    "utility": "water_company water electricity gas energy_company sewerage network_operator nuclear",
    "transport": "rail railway train_operator transport port ports harbour harbour_authority airport airports bus "
    "passenger_transport_executive pte tram",
    "culture_and_media": "museum museums gallery galleries library libraries media broadcaster theatre heritage arts "
    "sport archive",
    "housing": "housing_association housing social_housing almo registered_provider",
    "agency_or_regulator": "executive_agency ndpb executive_ndpb advisory_ndpb regulator ombudsman ombudsmen "
    "public_corporation non_ministerial_department inspectorate commissioner royal_college advisory_committee",
    "central_government": "central_government ministerial_department department government_department cabinet_office "
    "parliament royal_household military armed_forces",
}
_OTHER = frozenset({"other", "misc", "company", "charity", "quango", "private_company"})
_SECTOR_OF = {tag: sector for sector, tags in _TAGS.items() for tag in tags.split()}
_GOVERNMENTS = frozenset({"scottish_government", "welsh_government", "ni_executive", "devolved_government"})
_NATIONS = frozenset({"scotland", "wales", "northern_ireland", "nireland", "ni"})


def sector_of(tags: Iterable[Tag]) -> Sector:
    """The sector that an authority's tags name; ``unknown`` where none of them is in the table.

    Where tags name several, the first of the table's order stands, from the narrow to the wide: a police force that is
    also tagged as central government is police. A department or an agency of Scotland, Wales or Northern Ireland is
    devolved government.
    """
    names = {name for name, _ in tags}
    if names & _GOVERNMENTS:
        return "devolved_government"
    named = {_SECTOR_OF[name] for name in names if name in _SECTOR_OF}
    found = next((sector for sector in _TAGS if sector in named), None)
    if found in {"central_government", "agency_or_regulator"} and names & _NATIONS:
        return "devolved_government"
    return found or ("other" if names & _OTHER else "unknown")
