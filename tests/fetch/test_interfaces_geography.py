"""Open Geography errs, cuts and empties with status 200, and renames its layers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ineqlib.errors import FetchError, ParameterError
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import open_geography
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import FeatureCount, WholeFeatures

from .conftest import FakeClock, refuses
from .loopback import Loopback, Reply

Open = Callable[..., Fetcher]
COUNT = open_geography.Layer("LAD_MAY_2025_UK_BSC_V2", "LAD25CD", ONS_LOOKUPS).first()
SERVICES = [
    "Local_Authority_Districts_DEC_2025_Boundaries_UK_BGC",
    "LAD_MAY_2025_UK_BFE_V2",
    "LAD_MAY_2025_UK_BFC_V2",
    "LAD_MAY_2025_UK_BSC_V2",
    "Local_Authority_Districts_December_2024_Boundaries_UK_BFC",
    "Local_Authority_Districts_December_2024_Boundaries_UK_BUC",
    "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5",
    "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BSC_V4",
    "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V3",
    "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BFC_V7",
    "WD_DEC_2025_UK_BSC",
    "Wards_December_2024_Boundaries_UK_BGC",
    "LSOA21_WD24_LAD24_EW_LU",
    "LSOA21_RUC21_EW_LU",
    "A_survey_of_wards_2025",
]
LAYERS = [{"name": name, "type": "FeatureServer"} for name in SERVICES]


@pytest.mark.parametrize(
    ("level", "detail", "is_newest", "service", "code"),
    [
        ("lad", "BGC", True, SERVICES[0], "LAD25CD"),
        ("lad", "BFE", True, SERVICES[1], "LAD25CD"),
        ("lad", "BSC", True, SERVICES[3], "LAD25CD"),
        ("lad", "BFC", False, SERVICES[4], "LAD24CD"),
        ("lad", "BUC", False, SERVICES[5], "LAD24CD"),
        ("lsoa", "BGC", False, SERVICES[6], "LSOA21CD"),
        ("lsoa", "BSC", True, SERVICES[7], "LSOA21CD"),
        ("msoa", "BGC", True, SERVICES[8], "MSOA21CD"),
        ("msoa", "BFC", False, SERVICES[9], "MSOA21CD"),
        ("ward", "BSC", False, SERVICES[10], "WD25CD"),
        ("ward", "BGC", True, SERVICES[11], "WD24CD"),
    ],
)
def test_each_name_that_layers_have_had_is_found_by_level_and_detail(
    level: str, detail: str, is_newest: bool, service: str, code: str
) -> None:
    layers = LAYERS if is_newest else [layer for layer in LAYERS if layer["name"] == service]
    chosen = open_geography.boundaries(layers, level, (detail,))
    assert (chosen.service, chosen.code) == (service, code)


def test_boundaries_that_are_not_there_are_not_replaced_by_others() -> None:
    with pytest.raises(ParameterError, match="no layer that looks like"):
        open_geography.boundaries(LAYERS[6:], "lad")


ERRORS = [
    {
        "code": 400,
        "message": "Cannot perform query. Invalid query parameters.",
        "details": ["'Invalid field: date' parameter is invalid"],
    },
    {"code": 400, "message": "", "details": ["Unable to perform query. Too many requests."]},
]


@pytest.mark.parametrize("error", ERRORS, ids=["message", "details"])
def test_an_error_that_means_too_fast_passes_when_the_pace_is_two_seconds(
    error: dict[str, Any], fetcher: Open, publishers: Loopback, clock: FakeClock
) -> None:
    answer = Reply(json.dumps({"error": error}).encode())
    publishers.plays(answer, answer, Reply(b'{"count": 361}'))
    download = fetcher().fetch(COUNT)
    assert download.proved == ("361 features announced",)
    assert len([wait for wait in clock.waits if wait >= 2]) == 2
    publishers.plays(answer)
    said = error["message"] or error["details"][0]
    with pytest.raises(FetchError, match=f"400 {said}"):
        fetcher("refresh").fetch(open_geography.Layer("Another", "LAD25CD", ONS_LOOKUPS).first())


def test_an_empty_list_of_layers_for_ever_is_refused(fetcher: Open, publishers: Loopback) -> None:
    publishers.plays(Reply(b'{"currentVersion": 11, "services": []}'))
    with pytest.raises(FetchError, match="gave an empty list"):
        fetcher().fetch(open_geography.layers())
    assert len(publishers.seen) == 3


def features(count: int, *, shapes: bool, **marks: object) -> bytes:
    values = [{"LAD25CD": f"E0700000{number}"} for number in range(count)]
    point = {"type": "Point", "coordinates": [0, 52]}
    every = [
        {"properties": item, "geometry": point} if shapes else {"attributes": item}
        for item in values
    ]
    return json.dumps({"features": every, **marks}).encode()


CUT = {"exceededTransferLimit": True}


@pytest.mark.parametrize(
    ("shapes", "marks"), [(True, {"properties": CUT}), (False, CUT)], ids=["geojson", "json"]
)
def test_a_cut_is_seen_wherever_it_is_marked_and_the_last_page_has_no_mark(
    shapes: bool, marks: dict[str, Any]
) -> None:
    last = WholeFeatures("LAD25CD", 3, is_last=True, has_shapes=shapes)
    cut = features(3, shapes=shapes, **marks)
    refuses(lambda: last.prove(cut), "left features out", may_pass=False)
    assert last.prove(features(3, shapes=shapes)).proved == ("3 features announced and here",)
    page = WholeFeatures("LAD25CD", 3, is_last=False, has_shapes=shapes)
    assert page.prove(cut).proved


def test_an_empty_result_which_has_not_even_fields_is_refused() -> None:
    page = WholeFeatures("LAD25CD", 3)
    empty = b'{"objectIdFieldName": "FID", "features": []}'
    refuses(lambda: page.prove(empty), "an empty list of features", may_pass=True)
    refuses(lambda: FeatureCount().prove(b'{"count": 0}'), "no features", may_pass=False)
    refuses(lambda: FeatureCount().prove(b"{}"), "did not say how many", may_pass=True)
