"""The service finds the folders that it carries along."""

from pathlib import Path

import pytest

from graph_service.errors import Misconfigured
from graph_service.model import shipped as module
from graph_service.model.shipped import shipped

CHECKOUT = Path(__file__).resolve().parents[2]


def test_in_a_checkout_a_shipped_folder_is_the_one_at_the_top() -> None:
    assert shipped("cypher") == CHECKOUT / "cypher"
    assert shipped("seed/data") == CHECKOUT / "seed" / "data"


def test_the_folder_inside_an_installed_package_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "graph_service"
    (package / "shipped" / "cypher").mkdir(parents=True)
    (tmp_path / "cypher").mkdir()
    monkeypatch.setattr(module, "PACKAGE", package)

    assert shipped("cypher") == package / "shipped" / "cypher"


def test_a_folder_that_is_nowhere_is_named_with_the_places_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "PACKAGE", tmp_path / "graph_service")

    with pytest.raises(Misconfigured, match="operations") as failure:
        shipped("operations")

    assert str(tmp_path / "graph_service" / "shipped" / "operations") in str(failure.value)
    assert str(tmp_path / "operations") in str(failure.value)
