"""The questions that are measured, each with its goal; answers are counts and a first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUNDS = 20
"""How often each question is asked, if that takes no longer than SECONDS_OF_ONE; three times at least."""

SECONDS_OF_ONE = 20

FIRST_ONLY_SECONDS = 0.001
"""What a search for the best may take where only feasibility and a first solution are measured."""

SHORT_SECONDS = 5
"""What a search may take where no more is waited for; an answer that it cuts says BOUNDED or HEURISTIC."""


@dataclass(frozen=True)
class Question:
    """A question, the target it is asked of, and goals in ms by number of components.

    The targets are `typical`, `largest` and `small`; `all` names none.
    Its variables are some of `target`, `nation` and `partnership`; `solver_seconds` is the setting while it is asked.
    """

    name: str
    target: str
    text: str
    goal_ms: Mapping[int, float]
    solver_seconds: float = 60


SINGLE_POINTS = """query($target: ID!) {
  singlePointsOfFailure(target: $target, levels: [COMPANY, NATION]) { points { established } meta { exactness } }
}"""
CASCADE = """query($target: ID!, $nation: ID!) {
  simulateDisruption(failures: [{ entity: $nation }], targets: [$target]) {
    failedCount degradedCount atRiskCount targets { status lostFractionEstimate }
    impacted(first: 10) { entity { id } status } meta { exactness }
  }
}"""
DEPTH = """query($target: ID!) {
  dependencyDepth(target: $target) {
    depth componentCount companyCount nationCount criticalLeadTimeWeeks meta { exactness }
  }
}"""
ALTERNATIVES = """query($target: ID!, $nation: ID!) {
  alternativeSupplierPaths(target: $target, excluding: { nations: [$nation] }, k: %d) {
    feasible solutions { confidence } blockers { component { id } } meta { exactness }
  }
}"""
CUTS = """query($target: ID!) {
  minimalCutSets(target: $target, level: COMPANY, maxOrder: 2) {
    countByOrder complete sets(first: 10) { order } meta { exactness }
  }
}"""
EXPOSURE = """query($target: ID!) {
  exposure(target: $target, by: NATION) { rows { lossPctEstimate } meta { exactness } }
}"""
CRITICALITY = """query($target: ID!) {
  criticality(target: $target, level: NATION) {
    reliability rows { systemicRisk birnbaum } meta { exactness }
  }
}"""
STRESS = """query($target: ID!) {
  stressTest(target: $target, level: NATION) { rows { timeToSurviveWeeks atRisk } meta { exactness } }
}"""
IMPACT = """query($partnership: ID!, $target: ID!) {
  partnershipImpact(partnership: $partnership, targets: [$target]) {
    cutSetsRemoved reliabilityDelta hhiDelta coverageDelta affectedTargets { id } meta { exactness }
  }
}"""
IMPACT_OF_ALL = """query($partnership: ID!) {
  partnershipImpact(partnership: $partnership) {
    cutSetsRemoved reliabilityDelta hhiDelta coverageDelta affectedTargets { id } meta { exactness }
  }
}"""
COVERAGE = """query($nation: ID!, $target: ID!) {
  partnershipCoverage(home: [$nation], target: $target) {
    meanCoverage feasible minimalPartnerSets { id } meta { exactness }
  }
}"""
RECOMMENDATIONS = """query($nation: ID!, $target: ID!) {
  recommendPartnerships(home: $nation, target: $target, budget: 3) {
    recommendations { reliabilityGain } meta { exactness }
  }
}"""

QUESTIONS = (
    *(
        question
        for target in ("typical", "largest")
        for question in (
            Question("all single points of failure", target, SINGLE_POINTS, {10_000: 100, 100_000: 1_000}),
            Question("nation cascade", target, CASCADE, {100_000: 150}),
            Question("dependency depth", target, DEPTH, {100_000: 150}),
            Question("feasibility and a first solution", target, ALTERNATIVES % 1, {100_000: 200}, FIRST_ONLY_SECONDS),
            Question("exposure by 60 nations", target, EXPOSURE, {100_000: 2_000}),
            Question("all cut sets of order 1 and 2", target, CUTS, {10_000: 2_000}),
            Question("criticality of 60 nations", target, CRITICALITY, {}, SHORT_SECONDS),
            Question("stress test of 60 nations", target, STRESS, {}, SHORT_SECONDS),
            Question("impact of a partnership", target, IMPACT, {10_000: 500}),
            Question("coverage by one nation", target, COVERAGE, {10_000: 500}),
            Question("3 recommended partnerships", target, RECOMMENDATIONS, {10_000: 5_000}, SHORT_SECONDS),
        )
    ),
    Question("impact of a partnership on every deployment", "all", IMPACT_OF_ALL, {10_000: 500}, SHORT_SECONDS),
    Question("the 3 best solutions, proven", "small", ALTERNATIVES % 3, {1_000: 1_000, 10_000: 1_000, 100_000: 1_000}),
)

LOOK_UP = "query($id: ID!) { component(by: { id: $id }) { name category } }"


def variables(question: Question, **known: str) -> Mapping[str, Any]:
    """Give the variables that a question declares."""
    return {name: value for name, value in known.items() if f"${name}" in question.text}
