import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from ineqlib.charts.draw.renderers import to_svg
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.small_area_map import NO_GROUP, small_area_map
from ineqlib.charts.theme import sequential
from ineqlib.errors import InputError

LABELS = Labels("map", "Poor in the west", "Neighbourhoods of Ambridge", "It is.", "Made up")
SIDE = 1000.0


def shapes(groups: list[int | None]) -> gpd.GeoDataFrame:
    """A row of square neighbourhoods, west to east."""
    squares = [box(SIDE * n, 0, SIDE * (n + 1), SIDE) for n in range(len(groups))]
    return gpd.GeoDataFrame(
        {
            "code": [f"E010{n:05d}" for n in range(len(groups))],
            "name": [f'Ambridge {n} <b>&"' for n in range(len(groups))],
            "group": pd.array(groups, dtype="Int64"),
            "text": "Rank 1 of 9",
        },
        geometry=squares,
        crs="EPSG:27700",
    )


def groups(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": range(1, len(values) + 1),
            "label": [f"Fifth {number}" for number in range(1, len(values) + 1)],
            "value": values,
            "text": [f"{value:.0f}%" for value in values],
        }
    )


def neighbourhoods(figure: Figure) -> list[str]:
    """Paths of the map, in the order of the neighbourhoods' codes."""
    drawing = to_svg({**figure.spec, "datasets": figure.datasets})
    return re.findall(r'<path[^>]*stroke-width="0.35"[^>]*>', drawing)


def fills(figure: Figure) -> list[str]:
    colours = [re.search(r'fill="([^"]+)"', path) for path in neighbourhoods(figure)]
    return [colour[1] for colour in colours if colour]


def test_neighbourhoods_have_their_groups_colour_and_gaps_are_grey() -> None:
    figure = small_area_map(shapes([1, None, 2]), groups([30.0, 10.0]), LABELS)
    dark, light = sequential(2)
    assert fills(figure) == [dark, NO_GROUP, light]
    assert "No data" in figure.svg


def test_no_gap_no_grey() -> None:
    figure = small_area_map(shapes([1, 2]), groups([30.0, 10.0]), LABELS)
    assert NO_GROUP not in fills(figure)
    assert "No data" not in figure.svg


def test_a_group_without_neighbourhoods_keeps_its_colour_and_place() -> None:
    figure = small_area_map(shapes([1, 3]), groups([30.0, 20.0, 10.0]), LABELS)
    assert fills(figure) == [sequential(3)[0], sequential(3)[2]]
    assert figure.table["Number of neighbourhoods"].tolist() == ["1", "0", "1"]


def test_a_group_without_a_value_has_words_and_no_bar() -> None:
    figure = small_area_map(shapes([1, 2]), groups([30.0, np.nan]), LABELS)
    assert figure.table["Value"].tolist() == ["30%", "[x]"]
    assert "[x]" in figure.svg


def test_bars_start_at_zero() -> None:
    figure = small_area_map(shapes([1, 2]), groups([30.0, 20.0]), LABELS)
    layers = figure.spec["hconcat"][1]["layer"]
    bar = next(layer for layer in layers if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domain"][0] == 0
    assert bar["encoding"]["x2"] == {"datum": 0}


def test_map_and_bars_share_one_selection() -> None:
    spec = small_area_map(shapes([1, 2]), groups([3.0, 2.0]), LABELS).spec
    map_, bars = spec["hconcat"]
    names = [map_["name"], *(layer["name"] for layer in bars["layer"] if "name" in layer)]
    (picked,) = spec["params"]
    assert picked["views"] == names
    assert picked["select"]["fields"] == ["group"]


def test_table_names_every_neighbourhood() -> None:
    table = small_area_map(shapes([1, None, 1]), groups([30.0]), LABELS).table
    assert table["Neighbourhoods"][0] == 'Ambridge 0 <b>&"; Ambridge 2 <b>&"'
    assert table["Group"].tolist() == ["Fifth 1", "No data"]
    assert table["Value"].tolist() == ["30%", "[z]"]


def test_north_is_up() -> None:
    tall = shapes([1, 2])
    tall["geometry"] = [box(0, 0, SIDE, SIDE), box(0, SIDE, SIDE, 2 * SIDE)]
    south, north = neighbourhoods(small_area_map(tall, groups([3.0, 2.0]), LABELS))
    lowest = [max(float(y) for y in re.findall(r",([\d.]+)", path)) for path in (south, north)]
    assert lowest[0] > lowest[1]


def test_the_same_map_is_the_same_dataset_in_two_figures() -> None:
    frame = shapes([1, 2])
    first = small_area_map(frame, groups([3.0, 2.0]), LABELS)
    second = small_area_map(frame.assign(group=[2, 1]), groups([4.0, 2.0]), LABELS)
    names = [
        {n for n in figure.datasets if n.startswith("topology-")} for figure in (first, second)
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 1


def test_nothing_to_map_is_an_error() -> None:
    with pytest.raises(InputError, match="no neighbourhood to map"):
        small_area_map(shapes([1]).head(0), groups([1.0]), LABELS)


@pytest.mark.real
@pytest.mark.parametrize("area", ["E06000052", "E08000012"])
def test_the_largest_areas_stay_within_the_pages_budget(real_data: Path, area: str) -> None:
    path = real_data / "boundaries" / "lsoa21_england_generalised.geojson.gz"
    real = gpd.read_file(f"/vsigzip/{path}", where=f"LAD24CD = '{area}'").to_crs(27700)
    real = real.rename(columns={"LSOA21CD": "code", "LSOA21NM": "name"})
    real = real.assign(group=np.arange(len(real)) % 5 + 1, text="Rank 12,345 of 33,755")
    figure = small_area_map(real, groups([5.0, 4.0, 3.0, 2.0, 1.0]), LABELS)
    assert len(real) > 290
    assert len(figure.svg) < 250_000
    assert len(str(figure.spec)) + len(str(figure.datasets)) < 150_000
