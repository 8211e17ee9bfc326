"""How each publisher is asked, and what of its answers is believed. All figures are made up."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ineqlib.errors import ParameterError
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import explore_statistics, fingertips
from ineqlib.sources.interfaces.gov_uk import Publication
from ineqlib.sources.layouts.deprivation import source_of
from ineqlib.sources.proof import WholeFile

from .conftest import refuses
from .loopback import Loopback, Reply
from .recorded import CONTENT, FILE_7

Open = Callable[..., Fetcher]


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


def test_explore_statistics_is_asked_for_all_years_of_known_levels() -> None:
    query = explore_statistics.data("healthy-life-expectancy", ("ctry", "ltla"))
    assert query.url == (
        "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv?indicator="
        "healthy-life-expectancy&geo=ctry,ltla&time=all&includeNames=true&includeStatus=true"
    )
    header = "areacd,areanm,period,value,lci_95,uci_95,status\n"
    row = "E07000243,Stevenage,2022-01-01/P3Y,61.2,60.1,62.3,"
    assert query.expectation.prove(f"{header}{row}".encode()).remarks == ()
    short = row.removesuffix(",62.3,")
    refuses(lambda: query.expectation.prove(f"{header}{short}".encode()), "row 2", may_pass=True)
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


@pytest.mark.parametrize("kind", ["workbook", "archive"])
def test_files_that_are_cut_anywhere_are_refused(kind: Any) -> None:
    whole, content = WholeFile(kind), zipped()
    assert whole.shows_its_end
    assert whole.prove(content).proved
    for length in range(1, len(content)):
        refuses(lambda length=length: whole.prove(content[:length]), "cut short", may_pass=True)
    damaged = content.replace(b"aaaa", b"abaa", 1)
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
