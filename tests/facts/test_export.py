"""Export: what is written as fact files is read back as the same facts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph_service.errors import BadInput
from graph_service.facts.bundle import Bundle
from graph_service.facts.columns import columns
from graph_service.facts.crosscheck import problems_of
from graph_service.facts.export import texts_of, write_folder
from graph_service.facts.files import read_files, read_folder
from graph_service.facts.rows import ROWS, Deployment
from graph_service.model.kinds import DeploymentMode
from tests.facts.bundles import bundles, sorted_rows

LAWS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
F1 = Path(__file__).parents[1] / "data" / "f1"


@LAWS
@given(bundle=bundles())
def test_every_fact_survives_the_way_through_files(bundle: Bundle) -> None:
    again = read_files(texts_of(bundle))
    assert problems_of(again) == []
    assert sorted_rows(again) == sorted_rows(bundle)


@LAWS
@given(bundle=bundles())
def test_the_same_facts_make_the_same_files(bundle: Bundle) -> None:
    backwards = Bundle({kind: list(reversed(rows)) for kind, rows in bundle.rows.items()})
    assert texts_of(backwards) == texts_of(bundle)


def test_a_folder_is_written_with_the_columns_of_the_contract(tmp_path: Path) -> None:
    paths = write_folder(read_folder(F1), tmp_path / "out")
    headers = {path.stem: path.read_text(encoding="utf-8").splitlines()[0] for path in paths}
    assert headers == {kind.FILE: ",".join(columns(kind)) for kind in ROWS if (F1 / f"{kind.FILE}.csv").exists()}
    assert sorted_rows(read_folder(tmp_path / "out")) == sorted_rows(read_folder(F1))


def test_an_export_never_mixes_with_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "offers.csv").write_text("id\n")
    with pytest.raises(BadInput, match="must be empty"):
        write_folder(read_folder(F1), tmp_path)


def test_values_are_written_plainly() -> None:
    deployment = Deployment(
        id="deployment:d",
        name="D, the first",
        mode=DeploymentMode.EDGE,
        air_gapped=True,
        capex=Decimal("1E+3"),
        opex_per_year=Decimal("12.50"),
        tokens_per_second=0.1,
        valid_from=date(2024, 1, 5),
    )
    assert texts_of(Bundle({Deployment: [deployment]}))["deployments.csv"].splitlines()[1] == (
        'deployment:d,"D, the first",,EDGE,true,,,,1000,12.5,,,0.1,50,2024-01-05,,'
    )
