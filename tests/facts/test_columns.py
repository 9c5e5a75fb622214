"""The columns of the fact files are a promise (Command line: Fact files)."""

from graph_service.facts.columns import columns
from graph_service.facts.rows import ROWS

FACT = ("confidence", "valid_from", "valid_to", "sources")
PROMISED = {
    "sources": "id title publisher year url licence reliability",
    "nations": "id name iso2 iso3 region aliases gdpr_transfer sources",
    "blocs": "id name kind aliases sources",
    "memberships": ("nation bloc", *FACT),
    "companies": "id name aliases kind lei headquarters sources",
    "ownerships": ("company owner share_pct", *FACT),
    "components": "id name aliases category input_kind needs_external_service offers_complete variant_of sources",
    "offers": (
        (
            "id company component nation share_pct share_basis share_year lead_time_weeks time_to_recover_weeks "
            "inventory_weeks capacity capacity_unit unit_cost currency"
        ),
        *FACT,
    ),
    "requirements": ("id of k quantity unit optional condition", *FACT),
    "alternatives": "requirement component efficiency switch_time_weeks",
    "partnerships": ("id name aliases kind status signed_on goal", *FACT),
    "parties": "partnership party role",
    "coverage": "partnership component",
    "enables": "partnership offer",
    "deployments": (
        (
            "id name aliases mode air_gapped location operator status capex opex_per_year price_per_hour currency "
            "tokens_per_second"
        ),
        *FACT,
    ),
}


def test_files_and_columns_are_those_of_the_contract() -> None:
    promised = {
        file: tuple((names if isinstance(names, str) else " ".join(names)).split()) for file, names in PROMISED.items()
    }
    assert {kind.FILE: columns(kind) for kind in ROWS} == promised
