"""Explore Education Statistics is asked by id, in pages. All figures are made up."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.fetch.failures import of_status
from ineqlib.sources.interfaces import education
from ineqlib.sources.recognise import recognise

from .conftest import refuses
from .loopback import Loopback, Reply, Seen

Open = Callable[..., Fetcher]
STEVENAGE, HERTS, COMBINED = "E07000243", "E10000015", "E09000021 / E09000027"
YEAR = ("2023/2024", "AY")
META: dict[str, Any] = {
    "filters": [
        {"id": "sex", "column": "sex", "label": "Sex", "options": [
            {"id": "f", "label": "Female"}, {"id": "all", "label": "Total"}]},
    ],
    "indicators": [
        {"id": "gld", "column": "gld_percent", "label": "Good level of development"},
        {"id": "n", "column": "number", "label": "Number"},
    ],
    "locations": [
        {"level": {"code": "NAT", "label": "National"},
         "options": [{"id": "eng", "label": "England", "code": "E92000001"}]},
        {"level": {"code": "LA", "label": "Local authority"}, "options": [
            {"id": "h1", "label": "Hertfordshire", "code": HERTS, "oldCode": "919"},
            {"id": "h2", "label": "Herts", "code": HERTS, "oldCode": "919"},
            {"id": "kr", "label": "Kingston upon Thames / Richmond", "code": COMBINED}]},
        {"level": {"code": "SCH", "label": "School"},
         "options": [{"id": "s", "label": "A school", "urn": "1"}]},
    ],
    "timePeriods": [{"code": "AY", "period": "2023/2024", "label": "2023/24"}],
    "geographicLevels": [{"code": "LA", "label": "Local authority"}],
}  # fmt: skip


def figures(*codes: str, size: int = 2) -> education.Figures:
    return education.Figures("abc", META, ("gld_percent",), codes, (YEAR,), "2.*", size)


def result(place: str, value: str, sex: str = "all", level: str = "LA") -> dict[str, Any]:
    return {
        "timePeriod": {"code": "AY", "period": "2023/2024"},
        "geographicLevel": level,
        "locations": {"NAT": "eng", level: place},
        "filters": {"sex": sex},
        "values": {"gld": value},
    }


def page(
    *results: dict[str, Any], number: int = 1, total: int = 0, warnings: tuple[Any, ...] = ()
) -> bytes:
    paging = {"page": number, "pageSize": 2, "totalResults": total or len(results)}
    paging["totalPages"] = -(-paging["totalResults"] // 2)
    return json.dumps({"paging": paging, "results": results, "warnings": warnings}).encode()


def test_all_locations_of_a_code_are_asked_by_id_page_by_page() -> None:
    asked = figures(HERTS)
    assert asked.first().url == (
        "https://api.education.gov.uk/statistics/v1/data-sets/abc/query?indicators=gld"
        "&timePeriods.in=2023%2F2024%7CAY&locations.in=LA%7Cid%7Ch1,LA%7Cid%7Ch2"
        "&dataSetVersion=2.*&page=1&pageSize=2"
    )
    first = page(result("h1", "66.1"), result("h1", "70.2", "f"), total=3)
    assert asked.first().expectation.prove(first).proved == (
        "2 of 3 results counted by the service",
    )
    [second] = asked.rest(first)
    assert second.url.endswith("page=2&pageSize=2")
    last = page(result("h2", "66.1"), number=2, total=3)
    content = asked.joined([first, last])
    assert content.decode().splitlines()[0] == (
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
        "region_name,new_la_code,la_name,lad_code,lad_name,ward_code,ward_name,sex,gld_percent"
    )


def test_pages_are_fetched_and_put_together(fetcher: Open, publishers: Loopback) -> None:
    results = [result("h1", "66.1"), result("h1", "70.2", "f"), result("kr", "71")]

    def answer(seen: Seen, _number: int) -> Reply:
        number = int(seen.path.partition("page=")[2].partition("&")[0])
        wanted = results[2 * number - 2 : 2 * number]
        return Reply(page(*wanted, number=number, total=3))

    publishers.answer = answer
    content, pages = fetcher().fetch_pages(figures(HERTS, COMBINED))
    assert len(content.splitlines()) == 4
    assert [part.proved[0] for part in pages] == [
        "2 of 3 results counted by the service",
        "1 of 3 results counted by the service",
    ]


def test_results_are_read_as_the_services_own_files_are() -> None:
    asked = figures(HERTS, COMBINED, size=9)
    results = [result("h1", "66.1"), result("h1", "c", "f"), result("kr", "71")]
    paging = {"page": 1, "pageSize": 9, "totalResults": 3, "totalPages": 1}
    content = asked.joined([json.dumps({"paging": paging, "results": results}).encode()])
    layout = recognise(content)
    assert layout.name == "Explore Education Statistics"
    parsed = layout.parse(content, {"indicator": "Early years"})
    rows = parsed.frame
    assert rows[["area_code", "period", "sex"]].values.tolist() == [
        [HERTS, "2023/24", "Persons"],
        [HERTS, "2023/24", "Female"],
    ]
    assert rows["value"].tolist()[0] == 66.1
    assert rows["status"].tolist() == ["ok", "suppressed"]
    [combined] = parsed.set_aside
    assert (combined.rows, combined.examples) == (1, (f"row 4: '{COMBINED}'",))


@pytest.mark.parametrize(
    ("content", "words", "may_pass"),
    [
        (page(warnings=({"code": "QueryNoResults"},)), "left something out: QueryNoResults", False),
        (page(result("h1", "1"), warnings=({"code": "FiltersNotFound"},)), "FiltersNot", False),
        (page(result("h1", "1"), total=3), "1 of 2 results came on page 1", True),
        (page(result("h1", "1"), result("h1", "1")), "1 of 2 results", True),
        (page(result("h1", "1"), number=2), "page 1 of 2 results each was asked", False),
        (page({"values": {}}), "result 1 lacks timePeriod", False),
        (page(None), "result 1 lacks timePeriod", False),  # type: ignore[arg-type]
        (page(warnings=("Cut",)), "left something out: Cut", False),
        (page(), "no results for this question", False),
        (b'{"results": []}', "expected results and their number", False),
    ],
)
def test_a_page_is_refused_that_is_not_whole(content: bytes, words: str, may_pass: bool) -> None:
    refuses(lambda: figures(HERTS).first().expectation.prove(content), words, may_pass=may_pass)


def test_areas_periods_and_indicators_asked_are_those_got() -> None:
    asked = figures(HERTS, "E92000001")
    herts = result("h1", "66.1")
    one = page(herts)
    refuses(lambda: asked.joined([one]), "not answered: E92000001", may_pass=False)
    lacking = page(result("eng", "60", level="NAT"), {**herts, "values": {}})
    refuses(lambda: asked.joined([lacking]), "1 of 2 results lack gld_percent", may_pass=False)
    late = {**herts, "timePeriod": {"code": "AY", "period": "2022/2023"}}
    both = page(late, result("eng", "60", level="NAT"))
    refuses(lambda: asked.joined([both]), "2022/2023 AY", may_pass=False)
    grown = [page(herts, result("eng", "6", level="NAT"), total=3), page(herts, number=2, total=3)]
    refuses(lambda: asked.joined(grown), "2 results came on 2 pages", may_pass=True)


def test_unlike_figures_of_one_area_are_refused() -> None:
    with pytest.raises(InputError, match="Two results are of the same, and differ"):
        education.as_file([result("h1", "66.1"), result("h1", "70")], META)
    with pytest.raises(InputError, match="A result names 'old'"):
        education.as_file([result("old", "66.1")], META)


@pytest.mark.parametrize(
    ("indicator", "code", "period", "words"),
    [
        ("gld_percent", STEVENAGE, YEAR, STEVENAGE),
        ("gld_percent", HERTS, ("2022/2023", "AY"), "2022/2023 AY"),
        ("attainment", HERTS, YEAR, "attainment"),
    ],
)
def test_what_a_data_set_does_not_have_is_not_asked(
    indicator: str, code: str, period: tuple[str, str], words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        education.Figures("abc", META, (indicator,), (code,), (period,))


def test_publications_data_sets_and_descriptions_are_listed() -> None:
    listing = education.publications("early years")
    assert listing.first().url.endswith("/publications?search=early+years&page=1&pageSize=40")
    with pytest.raises(ParameterError, match="too short"):
        education.publications("ey")
    sets = education.data_sets("p")
    assert sets.first().url.endswith("/publications/p/data-sets?page=1&pageSize=20")
    paging = {"page": 1, "pageSize": 20, "totalResults": 1, "totalPages": 1}
    content = json.dumps({"paging": paging, "results": [{"id": "abc", "title": "A"}]}).encode()
    assert json.loads(sets.joined([content])) == [{"id": "abc", "title": "A"}]
    assert education.meta("abc").expectation.prove(json.dumps(META).encode()).proved
    whole = education.whole_file("abc")
    assert whole.expectation.prove(b"time_period,geographic_level\n202324,National\n").proved
    refuses(lambda: whole.expectation.prove(b"a,b\n1,2\n"), "'time_period' is not", may_pass=False)


def test_errors_are_quoted_and_those_that_pass_are_tried_again() -> None:
    problem = b'{"title": "Not found", "status": 404, "detail": "No data set"}'
    now = datetime(2026, 11, 29, tzinfo=UTC)
    assert "No data set" in of_status(404, {}, problem, now).reason
    tries = [of_status(status, {}, problem, now).attempts for status in (400, 403, 404, 429, 504)]
    assert tries == [1, 1, 1, 5, 5]
