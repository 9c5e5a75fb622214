"""All synthetic facts of one network, as a bundle."""

from __future__ import annotations

from typing import Final

from graph_service.errors import BadInput
from graph_service.facts.bundle import Bundle
from graph_service.facts.rows import (
    Alternative,
    Bloc,
    Company,
    Component,
    Coverage,
    Deployment,
    Enabled,
    Membership,
    Nation,
    Offer,
    Ownership,
    Partnership,
    Party,
    Requirement,
    Source,
)
from graph_service.facts.synthetic.chance import Chance
from graph_service.facts.synthetic.companies import companies, ownerships
from graph_service.facts.synthetic.components import components_by_tier
from graph_service.facts.synthetic.deployments import deployments
from graph_service.facts.synthetic.nations import places
from graph_service.facts.synthetic.offers import offers
from graph_service.facts.synthetic.partnerships import Allies, alliances
from graph_service.facts.synthetic.requirements import Needs, needs_of_components, needs_of_deployments

COMPONENTS_MIN: Final = 10
COMPONENTS_MAX: Final = 1_000_000


def synthetic_facts(component_count: int, seed: int = 0) -> Bundle:
    """Make the facts of a network of so many components: the same for the same number and seed.

    It is layered and hub-heavy, with alternatives, k-of-n, loops, shared suppliers, owner groups and blocs; about
    three offers and four alternatives for each component, of which some are unknown. Facts about nobody: names say
    so, and nations have codes that none has. Raises BadInput for a number out of bounds. Linear.
    """
    if not COMPONENTS_MIN <= component_count <= COMPONENTS_MAX:
        raise BadInput(f"--components must be {COMPONENTS_MIN} to {COMPONENTS_MAX:,}, got {component_count:,}")
    where = places(Chance.of(seed, "places"), component_count)
    cited = len(where.sources)
    firms = companies(Chance.of(seed, "companies"), component_count, where.nations, cited)
    tiers = components_by_tier(Chance.of(seed, "components"), component_count, cited)
    components = [component for tier in tiers for component in tier]
    clusters = deployments(Chance.of(seed, "deployments"), component_count, where.nations, firms, cited)
    needs = Needs(Chance.of(seed, "requirements"), cited)
    needs_of_components(needs, tiers)
    needs_of_deployments(needs, clusters, tiers)
    supplies = list(offers(Chance.of(seed, "offers"), components, firms, where.nations, cited))
    allies = Allies(where.nations, firms, where.blocs, components, supplies)
    allied = alliances(Chance.of(seed, "partnerships"), allies, cited)
    return Bundle(
        {
            Source: where.sources,
            Nation: where.nations,
            Bloc: where.blocs,
            Membership: where.memberships,
            Company: firms,
            Ownership: list(ownerships(Chance.of(seed, "ownerships"), firms, cited)),
            Component: components,
            Offer: supplies,
            Requirement: needs.requirements,
            Alternative: needs.alternatives,
            Partnership: allied.partnerships,
            Party: allied.parties,
            Coverage: allied.coverage,
            Enabled: allied.enables,
            Deployment: clusters,
        }
    )
