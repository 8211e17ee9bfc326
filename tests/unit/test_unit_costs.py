"""A file of unit costs: read strictly, in YAML or as a table, and never without its source."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ineqlib.errors import InputError
from ineqlib.measures.cost_shapes import COST_SHAPES
from ineqlib.pack.unit_costs import DISTRIBUTIONS, KEYS, costs_in, read_unit_costs

ROW: dict[str, Any] = {
    "indicator": "falls_65",
    "label": "A stay in a made-up hospital",
    "low": 900,
    "central": 1200.5,
    "high": "£2,000",
    "price_year": 2023,
    "source": "Made-up Costing Study",
    "link": "https://costs.example/falls",
    "budget": "Health service",
}


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "costs.yml"
    path.write_text(yaml.safe_dump({"costs": list(rows)}), encoding="utf-8")
    return path


def table(folder: Path, head: list[str], *rows: list[Any]) -> Path:
    path = folder / "costs.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in (head, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_file_and_a_table_say_the_same(tmp_path):
    [cost] = read_unit_costs(written(tmp_path, ROW)).rows
    assert (cost.low, cost.central, cost.high) == (900, 1200.5, 2000)
    assert (cost.price_year, cost.budget) == ("2023", "Health service")
    assert read_unit_costs(table(tmp_path, list(ROW), list(ROW.values()))).rows == (cost,)


def test_a_distribution_may_be_named_and_is_a_triangle_else(tmp_path):
    assert tuple(COST_SHAPES) == DISTRIBUTIONS
    assert read_unit_costs(written(tmp_path, ROW)).rows[0].distribution == "triangular"
    named = ROW | {"distribution": "Log-normal"}
    [cost] = read_unit_costs(written(tmp_path, named)).rows
    assert cost.distribution == "lognormal"
    assert read_unit_costs(table(tmp_path, list(named), list(named.values()))).rows == (cost,)


@pytest.mark.parametrize("name", KEYS)
def test_a_row_without_any_one_thing_is_refused(tmp_path, name):
    without = {key: value for key, value in ROW.items() if key != name}
    for row in (without, ROW | {name: ""}):
        with pytest.raises(InputError, match=f"row 1: {name} is missing"):
            read_unit_costs(written(tmp_path, row))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"low": 1300}, "low, central and high are 1300, 1200.5, £2,000: not in this order"),
        ({"central": "about 1,000"}, "central is 'about 1,000', expected pounds"),
        ({"high": -5}, "high is '-5'"),
        ({"distribution": "normal"}, "distribution is 'normal', expected one of triangular, pert"),
        ({"price_year": "last year"}, "price_year is 'last year', expected a year such as 2023"),
        ({"link": "a report on my desk"}, "link is 'a report on my desk'"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(tmp_path, changes, says):
    with pytest.raises(InputError) as refusal:
        read_unit_costs(written(tmp_path, ROW | changes))
    assert says in str(refusal.value)
    assert "no cost is guessed" in str(refusal.value)


def test_every_fault_is_told_at_once(tmp_path):
    rows = [ROW | {"source": ""}, ROW, ROW | {"label": "Another", "price_year": 2019}]
    with pytest.raises(InputError) as refusal:
        read_unit_costs(written(tmp_path, *rows))
    said = str(refusal.value)
    assert "3 faults" in said
    assert "is there twice" in said
    assert "prices of 2019, 2023" in said and "deflator" in said


def test_costs_of_other_events_may_be_in_other_prices(tmp_path):
    other = ROW | {"indicator": "suicide", "price_year": "2019/20"}
    costs = read_unit_costs(written(tmp_path, ROW, other))
    assert [row.price_year for row in costs.of("suicide")] == ["2019/20"]


def test_an_unknown_key_or_column_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"unknown key: buget\. Did you mean 'budget'"):
        read_unit_costs(written(tmp_path, ROW | {"buget": "Council"}))
    extra = table(tmp_path, [*ROW, "remarks"], [*ROW.values(), "none"])
    with pytest.raises(InputError, match="1 unknown column: remarks"):
        read_unit_costs(extra)
    path = tmp_path / "list.yml"
    path.write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected 'costs:'"):
        read_unit_costs(path)
    with pytest.raises(InputError, match="there is no row"):
        read_unit_costs(written(tmp_path))


def test_the_costs_of_the_demonstration_say_that_they_are_made_up(demo_pack):
    costs = costs_in(demo_pack)
    assert costs is not None
    for row in costs.rows:
        assert "(fictional)" in row.label and "(fictional)" in row.source
        assert ".example/" in row.link
