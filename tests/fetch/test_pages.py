"""Answers in pages are put together whole or not at all. All figures are made up."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ineqlib.errors import FetchError, ParameterError
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import open_geography
from ineqlib.sources.interfaces.nomis import NomisCells
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import Asked, WholeFeatures, WholeTable

from .conftest import refuses
from .loopback import Loopback, Reply, Seen
from .recorded import LAYERS, page

Open = Callable[..., Fetcher]


NOMIS = NomisCells("NM_31_1", ("E07000243", "E07000103"), ("2023", "2024"), {"sex": "7"}, page=3)
NOMIS_HEADER = '"GEOGRAPHY_CODE","GEOGRAPHY_NAME","DATE","DATE_NAME","OBS_VALUE","RECORD_COUNT"'
NOMIS_ROWS = [
    f'"{code}","Town, the",{year},"{year}",{value}'
    for value, (code, year) in enumerate(
        (code, year) for code in NOMIS.areas for year in NOMIS.years
    )
]


def nomis(rows: list[str], total: int = 4, header: str = NOMIS_HEADER) -> bytes:
    return "".join(f"{line}\n" for line in (header, *(f"{r},{total}" for r in rows))).encode()


def nomis_pages(rows: list[str], total: int = 4) -> Callable[[Seen, int], Reply]:
    def answer(seen: Seen, _number: int) -> Reply:
        offset = int(seen.path.rpartition("RecordOffset=")[2])
        return Reply(nomis(rows[offset : offset + NOMIS.page], total))

    return answer


def test_nomis_is_asked_page_by_page_and_put_together(fetcher: Open, publishers: Loopback) -> None:
    publishers.answer = nomis_pages(NOMIS_ROWS)
    content, pages = fetcher().fetch_pages(NOMIS)
    assert content == nomis(NOMIS_ROWS)
    assert [page.url.rpartition("&")[2] for page in pages] == ["RecordOffset=0", "RecordOffset=3"]
    assert pages[0].url.startswith(
        "https://www.nomisweb.co.uk/api/v01/dataset/NM_31_1.data.csv?geography=E07000243,E07000103"
        "&date=2023,2024&sex=7&select=geography_code,geography_name,date,date_name,obs_value,"
        "record_count&RecordLimit=3"
    )


@pytest.mark.parametrize(
    ("rows", "total", "words"),
    [
        (NOMIS_ROWS, 9, "1 of 3 rows came: the service counts 9"),
        ([*NOMIS_ROWS[:2], NOMIS_ROWS[1]], 3, r"2 of 3 rows came \(1 came twice\)"),
        ([row.replace("2024", "2022") for row in NOMIS_ROWS], 4, "1 of 2 years asked is not"),
        ([*NOMIS_ROWS[:3], NOMIS_ROWS[0].replace("2023", "2022")], 4, "came: .*2022|2022 came"),
        ([row.replace("E07000103", "E07000243") for row in NOMIS_ROWS], 4, "E07000103"),
    ],
)
def test_nomis_is_not_believed_when_it_cuts_or_answers_another_year(
    rows: list[str], total: int, words: str, fetcher: Open, publishers: Loopback
) -> None:
    publishers.answer = nomis_pages(rows, total)
    with pytest.raises(FetchError, match=words):
        fetcher().fetch_pages(NOMIS)


def test_nomis_pages_of_different_headers_are_not_put_together() -> None:
    other = NOMIS_HEADER.replace("DATE_NAME", "DATE_CODE")
    pages = [nomis(NOMIS_ROWS[:3]), nomis(NOMIS_ROWS[3:], header=other)]
    refuses(lambda: NOMIS.joined(pages), "different headers", may_pass=True)


LAYER = open_geography.Layer("LAD_MAY_2025_UK_BSC_V2", "LAD25CD", ONS_LOOKUPS, page=2)
TABLE = open_geography.Layer("LAD25_RGN25_EN_LU", "LAD25CD", ONS_LOOKUPS, has_shapes=False, page=2)
ROWS = [{"LAD25CD": f"E0700000{n}", "LAD25NM": f"Town {n}", "n": n} for n in range(5)]


def geography_pages(rows: list[dict[str, Any]], count: int) -> Callable[[Seen, int], Reply]:
    def answer(seen: Seen, _number: int) -> Reply:
        asked = dict(part.split("=", 1) for part in seen.path.partition("?")[2].split("&"))
        content = {"count": count} if "returnCountOnly" in asked else page(rows, asked)
        return Reply(json.dumps(content).encode())

    return answer


@pytest.mark.parametrize("layer", [LAYER, TABLE], ids=["shapes", "table"])
def test_layers_are_asked_page_by_page_and_put_together(
    layer: open_geography.Layer, fetcher: Open, publishers: Loopback
) -> None:
    publishers.answer = geography_pages(ROWS, 5)
    content, pages = fetcher().fetch_pages(layer)
    assert [page.what.rpartition(", ")[2] for page in pages] == [
        *("how many", "1 to 2 of 5", "3 to 4 of 5", "5 to 5 of 5")
    ]
    assert "orderByFields=LAD25CD&resultOffset=4&resultRecordCount=2" in pages[-1].url
    if layer.has_shapes:
        features = json.loads(content)["features"]
        assert [feature["properties"] for feature in features] == ROWS
    else:
        lines = content.decode().splitlines()
        assert lines[0] == "LAD25CD,LAD25NM,n"
        assert lines[5] == "E07000004,Town 4,4"


@pytest.mark.parametrize(
    ("rows", "count", "words"),
    [
        (ROWS[:4], 5, "an empty list of features"),
        (ROWS, 4, "left features out"),
        ([*ROWS[:4], ROWS[3]], 5, "4 of 5 features came, each counted once"),
        ([{"LAD26CD": "E07000001"}], 1, "has no LAD25CD: it has LAD26CD"),
        ([{"LAD25CD": ""}], 1, "no shape, or no code"),
        (ROWS, 0, "no features for this question"),
    ],
)
def test_layers_are_not_believed_when_features_are_missing(
    rows: list[dict[str, Any]], count: int, words: str, fetcher: Open, publishers: Loopback
) -> None:
    publishers.answer = geography_pages(rows, count)
    with pytest.raises(FetchError, match=words):
        fetcher().fetch_pages(LAYER)


@pytest.mark.parametrize(
    "said",
    [
        {"message": "Cannot perform query.", "details": ["'Invalid field: date'"]},
        {"message": "", "details": ["Unable to perform query."]},
    ],
)
def test_an_error_of_a_map_service_may_pass_and_is_quoted(said: dict[str, Any]) -> None:
    content = json.dumps({"error": {"code": 400, **said}}).encode()
    words = said["message"] or said["details"][0]
    refuses(lambda: WholeFeatures("LAD25CD", 1).prove(content), f"400 {words}", may_pass=True)


@pytest.mark.parametrize("feature", [None, "E07000001", []])
def test_what_is_no_feature_is_refused_in_words(feature: object) -> None:
    content = json.dumps({"features": [feature]}).encode()
    refuses(lambda: WholeFeatures("LAD25CD", 1).prove(content), "feature 1 has no", may_pass=False)


def test_a_row_may_only_lack_cells_that_nobody_needs() -> None:
    table = WholeTable(("Area", "Value"), asked=(Asked("Area", ("E1",), "area"),), short_by=1)
    assert table.prove(b"Area,Value,Note\nE1,5\n").proved[-1] == "1 whole rows"
    refuses(lambda: table.prove(b"Value,Area\n5\n"), "row 2 has 1 cell", may_pass=True)


def test_the_newest_layer_of_a_detail_is_chosen() -> None:
    layers = [{"name": name} for name in LAYERS]
    chosen = open_geography.boundaries(layers, "lad", ("BUC", "BSC"))
    assert (chosen.service, chosen.code) == ("LAD_MAY_2025_UK_BSC_V2", "LAD25CD")
    assert chosen.source.id == "boundaries_lad_2025"
    lookup = open_geography.lookup(layers, "utla")
    assert (lookup.service, lookup.code) == ("LTLA25_UTLA25_EW_LU", "LTLA25CD")
    with pytest.raises(ParameterError, match="no layer that looks like a boundaries of msoa"):
        open_geography.boundaries(layers, "msoa")


def test_an_empty_list_of_layers_is_asked_for_again(fetcher: Open, publishers: Loopback) -> None:
    publishers.plays(
        Reply(b'{"services": []}'), Reply(b'{"services": [{"name": "A", "type": "B"}]}')
    )
    assert not fetcher().fetch(open_geography.layers()).is_copy
    assert len(publishers.seen) == 2
