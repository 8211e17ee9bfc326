import re
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

from ineqlib.charts.draw.renderers import to_svg
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.small_area_map_chart import (
    NO_DATA,
    NO_GROUP,
    MapBar,
    MapPlace,
    small_area_map,
)
from ineqlib.charts.theme import sequential
from ineqlib.errors import InputError

from .chart_records import a_fact

LABELS = Labels("map", "Poor in the west", "Neighbourhoods of Ambridge", "It is.", "Made up")
SIDE = 1000.0


def places(*groups: int) -> list[MapPlace]:
    return [
        MapPlace(f"E010{n:05d}", f'Ambridge {n} <b>&"', group, "Rank 1 of 9")
        for n, group in enumerate(groups)
    ]


def in_a_row(number: int) -> gpd.GeoDataFrame:
    """Square neighbourhoods, west to east."""
    squares = [box(SIDE * n, 0, SIDE * (n + 1), SIDE) for n in range(number)]
    codes = [place.code for place in places(*[NO_DATA] * number)]
    return gpd.GeoDataFrame({"code": codes}, geometry=squares, crs="EPSG:27700")


def bars(*values: float | None) -> list[MapBar]:
    return [
        MapBar(n, f"Fifth {n}", None if value is None else a_fact(value, "%", 0), "suppressed")
        for n, value in enumerate(values, start=1)
    ]


def draw(groups: list[int], *values: float | None) -> Figure:
    return small_area_map(
        places(*groups),
        bars(*values),
        LABELS,
        outlines=lambda: in_a_row(len(groups)),
        value_title="Share",
    )


def neighbourhoods(figure: Figure) -> list[str]:
    """Paths of the map, in the order of the neighbourhoods' codes."""
    drawing = to_svg({**figure.spec, "datasets": figure.datasets})
    return re.findall(r'<path[^>]*stroke-width="0.35"[^>]*>', drawing)


def fills(figure: Figure) -> list[str]:
    colours = [re.search(r'fill="([^"]+)"', path) for path in neighbourhoods(figure)]
    return [colour[1] for colour in colours if colour]


def test_neighbourhoods_have_their_groups_colour_and_gaps_are_grey() -> None:
    figure = draw([1, NO_DATA, 2], 30.0, 10.0)
    dark, light = sequential(2)
    assert fills(figure) == [dark, NO_GROUP, light]
    assert "No data" in figure.svg


def test_no_gap_no_grey() -> None:
    figure = draw([1, 2], 30.0, 10.0)
    assert NO_GROUP not in fills(figure)
    assert "No data" not in figure.svg


def test_a_group_without_neighbourhoods_keeps_its_colour_and_place() -> None:
    figure = draw([1, 3], 30.0, 20.0, 10.0)
    assert fills(figure) == [sequential(3)[0], sequential(3)[2]]
    assert figure.table["Number of neighbourhoods"].tolist() == ["1", "0", "1"]


def test_a_group_without_a_value_has_words_and_no_bar() -> None:
    figure = draw([1, 2], 30.0, None)
    assert figure.table["Value"].tolist() == ["30%", "[c]"]
    assert "[c]" in figure.svg


def test_bars_start_at_zero() -> None:
    figure = draw([1, 2], 30.0, 20.0)
    layers = figure.spec["hconcat"][1]["layer"]
    bar = next(layer for layer in layers if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domain"][0] == 0
    assert bar["encoding"]["x2"] == {"datum": 0}


def test_map_and_bars_share_one_selection() -> None:
    spec = draw([1, 2], 3.0, 2.0).spec
    map_, bars = spec["hconcat"]
    names = [map_["name"], *(layer["name"] for layer in bars["layer"] if "name" in layer)]
    (picked,) = spec["params"]
    assert picked["views"] == names
    assert picked["select"]["fields"] == ["group"]


def test_table_names_every_neighbourhood() -> None:
    table = draw([1, NO_DATA, 1], 30.0).table
    assert table["Neighbourhoods"][0] == 'Ambridge 0 <b>&"; Ambridge 2 <b>&"'
    assert table["Group"].tolist() == ["Fifth 1", "No data"]
    assert table["Value"].tolist() == ["30%", "[z]"]


def test_north_is_up() -> None:
    tall = in_a_row(2)
    tall["geometry"] = [box(0, 0, SIDE, SIDE), box(0, SIDE, SIDE, 2 * SIDE)]
    figure = small_area_map(
        places(1, 2), bars(3.0, 2.0), LABELS, outlines=lambda: tall, value_title="Share"
    )
    south, north = neighbourhoods(figure)
    lowest = [max(float(y) for y in re.findall(r",([\d.]+)", path)) for path in (south, north)]
    assert lowest[0] > lowest[1]


def test_the_same_map_is_the_same_dataset_in_two_figures() -> None:
    first = draw([1, 2], 3.0, 2.0)
    second = draw([2, 1], 4.0, 2.0)
    shapes = [
        {name for name, rows in figure.datasets.items() if isinstance(rows, dict)}
        for figure in (first, second)
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) == 1


def test_outlines_are_read_when_the_map_is_drawn_and_no_sooner() -> None:
    read: list[str] = []

    def outlines() -> gpd.GeoDataFrame:
        read.append("read")
        return in_a_row(2)

    figure = small_area_map(
        places(1, 2), bars(3.0, 2.0), LABELS, outlines=outlines, value_title="Share"
    )
    assert figure.table["Number of neighbourhoods"].tolist() == ["1", "1"]
    assert read == []
    assert "<svg" in figure.svg
    assert figure.mark_labels
    assert read == ["read"]


@pytest.mark.parametrize("missing", [{"places": []}, {"bars": []}])
def test_nothing_to_map_is_an_error(missing: dict[str, list]) -> None:
    given = {"places": places(1), "bars": bars(1.0), **missing}
    with pytest.raises(InputError, match="no neighbourhood to map"):
        small_area_map(**given, labels=LABELS, outlines=lambda: in_a_row(1), value_title="Share")


@pytest.mark.real
@pytest.mark.parametrize("area", ["E06000052", "E08000012"])
def test_the_largest_areas_stay_within_the_pages_budget(real_data: Path, area: str) -> None:
    path = real_data / "boundaries" / "lsoa21_england_generalised.geojson.gz"
    real = gpd.read_file(f"/vsigzip/{path}", where=f"LAD24CD = '{area}'").to_crs(27700)
    real = real.rename(columns={"LSOA21CD": "code", "LSOA21NM": "name"})
    named = zip(real["code"], real["name"], strict=True)
    figure = small_area_map(
        [
            MapPlace(code, name, n % 5 + 1, "Rank 12,345 of 33,755")
            for n, (code, name) in enumerate(named)
        ],
        bars(5.0, 4.0, 3.0, 2.0, 1.0),
        LABELS,
        outlines=lambda: real,
        value_title="Share",
    )
    assert len(real) > 290
    assert len(figure.svg) < 250_000
    assert len(str(figure.spec)) + len(str(figure.datasets)) < 150_000
