"""How each publisher is asked, and what of its answers is believed. All figures are made up."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ineqlib.errors import FetchError, ParameterError
from ineqlib.sources.fetch import Fetcher, fetch_pages
from ineqlib.sources.interfaces import explore_statistics, fingertips, open_geography
from ineqlib.sources.interfaces.gov_uk import Publication
from ineqlib.sources.interfaces.nomis import NomisCells
from ineqlib.sources.layouts.deprivation import source_of
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import NotWhole, WholeFeatures, WholeFile

from .loopback import Loopback, Reply, Seen
from .recorded import CONTENT, FILE_7, LAYERS, page

Open = Callable[..., Fetcher]


def refuses(act: Callable[[], object], words: str, *, may_pass: bool) -> None:
    with pytest.raises(NotWhole, match=words) as raised:
        act()
    assert raised.value.may_pass is may_pass


def test_fingertips_is_asked_for_at_most_100_ids_in_one_order() -> None:
    areas = fingertips.Areas(501, name="districts")
    ids = [str(90_000 + number) for number in range(150)]
    queries = fingertips.data(reversed(ids), areas)
    assert queries == fingertips.data(ids, areas)
    assert queries[0].url == (
        "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id?indicator_ids="
        f"{','.join(ids[:100])}&child_area_type_id=501&parent_area_type_id=15"
        "&parent_area_code=E92000001"
    )
    assert [query.url.count(",") + 1 for query in queries] == [100, 50]
    assert [
        len(query.url.split("indicator_ids=")[1].split(",")) for query in fingertips.metadata(ids)
    ] == [100, 50]


@pytest.mark.parametrize(
    ("ask", "address"),
    [(fingertips.data_of_group, "by_group_id?group_id=7&"),
     (fingertips.data_of_profile, "by_profile_id?profile_id=7&")],
)  # fmt: skip
def test_fingertips_groups_and_profiles_are_proved_by_their_ids(
    ask: Callable[..., Any], address: str
) -> None:
    areas = fingertips.Areas(501)
    query = ask(7, ["93190", "90366"], areas)
    assert address in query.url
    assert query.expectation.asked[0].values == ("90366", "93190")
    with pytest.raises(ParameterError, match="Expected 1 to 100 indicators"):
        ask(7, [str(number) for number in range(101)], areas)


def test_fingertips_metadata_are_whole_only_with_every_id() -> None:
    [query] = fingertips.metadata(["90366", "93190"])
    text = (
        "Indicator ID,Name,Unit,Value type,Year type,Polarity\r\n90366,A,years,Life,Calendar,-\r\n"
    )
    whole = text + '93190,"B, or\nso",%,Proportion,Financial,-\r\n'
    assert query.expectation.prove(whole.encode()).proved[0] == "2 indicator ids asked and answered"
    refuses(lambda: query.expectation.prove(text.encode()), "not answered: 93190", may_pass=False)


def test_areas_are_whole_only_with_their_codes() -> None:
    query = fingertips.areas_of_type(501, "districts")
    assert query.url.endswith("/areas/by_area_type?area_type_id=501")
    assert query.expectation.prove(b'[{"Code": "E07000243", "Name": "Stevenage"}]').proved
    refuses(lambda: query.expectation.prove(b"[]"), "an empty list", may_pass=True)
    refuses(lambda: query.expectation.prove(b'[{"Name": 1}]'), "lacks Code", may_pass=False)
    refuses(lambda: query.expectation.prove(b'[{"Code": "E07'), "cut short", may_pass=True)


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
    content, pages = fetch_pages(fetcher(), NOMIS)
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
        fetch_pages(fetcher(), NOMIS)


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
    content, pages = fetch_pages(fetcher(), layer)
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
        fetch_pages(fetcher(), LAYER)


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


def test_the_newest_layer_of_a_detail_is_chosen() -> None:
    layers = [{"name": name} for name in LAYERS]
    chosen = open_geography.boundaries(layers, "lad", ("BUC", "BSC"))
    assert (chosen.service, chosen.code) == ("LAD_MAY_2025_UK_BSC_V2", "LAD25CD")
    assert chosen.source.id == "boundaries_lad_2025"
    lookup = open_geography.lookup(layers, "utla")
    assert (lookup.service, lookup.code) == ("LTLA25_UTLA25_EW_LU", "LTLA25CD")
    with pytest.raises(ParameterError, match="no layer that looks like a boundaries of lsoa"):
        open_geography.boundaries(layers, "lsoa")


def test_an_empty_list_of_layers_is_asked_for_again(fetcher: Open, publishers: Loopback) -> None:
    publishers.plays(
        Reply(b'{"services": []}'), Reply(b'{"services": [{"name": "A", "type": "B"}]}')
    )
    assert not fetcher().fetch(open_geography.layers()).is_copy
    assert len(publishers.seen) == 2


def test_explore_statistics_is_asked_for_all_years_of_known_levels() -> None:
    query = explore_statistics.data("healthy-life-expectancy", ("ltla",), required=("E07000243",))
    assert query.url == (
        "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv?indicator="
        "healthy-life-expectancy&geo=ltla&time=all&includeNames=true&includeStatus=true"
    )
    header = "areacd,areanm,period,value,lci_95,uci_95,status\n"
    row = "E07000243,Stevenage,2022-01-01/P3Y,61.2,60.1,62.3,"
    assert query.expectation.prove(f"{header}{row}".encode()).remarks == ()
    other = row.replace("E07000243", "E07000103")
    refuses(
        lambda: query.expectation.prove(f"{header}{other}".encode()), "E07000243", may_pass=False
    )
    for wrong in (("E07",), ()):
        with pytest.raises(ParameterError, match="is no level"):
            explore_statistics.data("healthy-life-expectancy", wrong)


INDICES = Publication(
    "government/statistics/english-indices-of-deprivation-2025", source_of("iod2025")
)


def test_an_attachment_is_found_by_title_and_is_as_large_as_announced(
    fetcher: Open, publishers: Loopback
) -> None:
    assert INDICES.attachments().url == (
        "https://www.gov.uk/api/content/government/statistics/english-indices-of-deprivation-2025"
    )
    attached = INDICES.attachments().expectation.read(json.dumps(CONTENT).encode())
    query = INDICES.file(attached, r"\bfile 7\b", header_holds="LSOA code")
    publishers.plays(Reply(FILE_7.encode()))
    assert fetcher().fetch(query).proved == (f"{len(FILE_7):,} bytes, as announced",)
    publishers.plays(Reply(FILE_7.encode()[:-9], is_announced=False))
    refuses(lambda: query.expectation.prove(FILE_7.encode()[:-9]), "announces", may_pass=True)
    refuses(
        lambda: WholeFile("csv", header_holds="LSOA code").prove(b"a,b\n1,2\n"),
        "'LSOA code' is not in the first line",
        may_pass=False,
    )
    with pytest.raises(ParameterError, match="2 files attached"):
        INDICES.file(attached, "file")


def test_an_attachment_may_be_sent_on_to_the_host_of_attachments_alone(
    fetcher: Open, publishers: Loopback
) -> None:
    moved = [{"title": "A", "url": "https://www.gov.uk/a.csv", "content_type": "text/csv"}]
    query = INDICES.file(moved, "A")
    place = "https://assets.publishing.service.gov.uk/a.csv"
    publishers.plays(Reply(status=301, headers={"Location": place}), Reply(b"a,b\n1,2\n"))
    assert fetcher().fetch(query).final_url == place


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a" * 50)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"),
    [("workbook", zipped()), ("archive", zipped()), ("gzip", gzip.compress(b"a", mtime=0))],
    ids=["workbook", "archive", "gzip"],
)
def test_files_that_are_cut_anywhere_are_refused(kind: Any, content: bytes) -> None:
    whole = WholeFile(kind)
    assert whole.shows_its_end
    assert whole.prove(content).proved
    for length in range(1, len(content)):
        refuses(lambda length=length: whole.prove(content[:length]), "cut short", may_pass=True)
    damaged = content.replace(b"aaaa", b"abaa", 1)
    if damaged != content:
        refuses(lambda: whole.prove(damaged), "inside the file is damaged", may_pass=True)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "rows"),
    [("indicators-CountyUA.data.csv", 852), ("excerpt_92196_90801_2022-24.csv", 68)],
)
def test_genuine_files_of_fingertips_are_believed(real_data: Path, name: str, rows: int) -> None:
    content = (real_data / "fingertips" / name).read_bytes()
    table = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ids = {row["Indicator ID"] for row in table}
    [query] = fingertips.data(ids, fingertips.Areas(502))
    proof = query.expectation.prove(content)
    assert proof.proved[-1] == f"{rows} whole rows"
    assert proof.remarks == ()
    refuses(lambda: query.expectation.prove(content[:-9]), "is cut short", may_pass=True)
