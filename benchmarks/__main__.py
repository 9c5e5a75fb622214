"""Measure the analyses on generated networks, warm: `make bench`, or `python -m benchmarks 1000 10000`."""

import math
import sys
import time
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.networks import layered_network
from graph_service.analysis.alternatives import alternative_supplier_paths
from graph_service.analysis.dependency_depth import dependency_depth
from graph_service.analysis.partnership_coverage import partnership_coverage
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.analysis.recommendations import recommend_partnerships
from graph_service.network.network import SupplyNetwork

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
NOBODY = Exclusions()
TARGET = 0


def first_alternative(network: SupplyNetwork, target: str) -> object:
    """Ask for feasibility and one solution, with no time for the search of the best."""
    return alternative_supplier_paths(network, target, NOBODY, k=1, budget_seconds=0.001)


def covered_by_one_nation(network: SupplyNetwork, target: str) -> object:
    """Ask what one nation makes of the chain, and who would complete it."""
    return partnership_coverage(network, [network.nation_ids[0]], [], target)


def three_recommendations(network: SupplyNetwork, target: str) -> object:
    """Ask for three offers to add."""
    return recommend_partnerships(network, network.nation_ids[0], target, 3)


QUESTIONS: dict[str, Callable[[SupplyNetwork, str], object]] = {
    "dependencyDepth": dependency_depth,
    "alternativeSupplierPaths, first solution": first_alternative,
    "partnershipCoverage": covered_by_one_nation,
    "recommendPartnerships, three": three_recommendations,
}


def main(sizes: Sequence[int]) -> None:
    """Print the median milliseconds of each question per size, and how they grow with it."""
    table = Table(title=f"milliseconds, median of {ROUNDS}, warm")
    table.add_column("question")
    for size in sizes:
        table.add_column(f"{size:,} components", justify="right")
    table.add_column("growth exponent", justify="right")
    networks = [layered_network(size, company_count=max(300, size // 20)) for size in sizes]
    for question, ask in QUESTIONS.items():
        medians = [_median(ask, network) for network in networks]
        table.add_row(question, *(f"{median:.1f}" for median in medians), _growth(sizes, medians))
    Console().print(table)


def _median(ask: Callable[[SupplyNetwork, str], object], network: SupplyNetwork) -> float:
    target = network.nodes.id[TARGET]
    ask(network, target)
    seconds: list[float] = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        ask(network, target)
        seconds.append(time.perf_counter() - begin)
    return sorted(seconds)[ROUNDS // 2] * 1000


def _growth(sizes: Sequence[int], medians: Sequence[float]) -> str:
    if len(sizes) < 2:
        return "-"
    return f"{math.log(medians[-1] / medians[0]) / math.log(sizes[-1] / sizes[0]):.2f}"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
