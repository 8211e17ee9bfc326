"""What Explore Local Statistics tells of its indicators. All that is told is made up."""

import json
from collections.abc import Callable

import pytest

from ineqlib.errors import FetchError, InputError
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import explore_statistics
from ineqlib.sources.layouts.explore_statistics_json import read_indicators
from ineqlib.sources.publisher_facts import read_facts

from .conftest import refuses
from .loopback import Loopback, Reply
from .recorded import described

SMOKERS = described("cigarette-smokers", "Cigarette smokers")
YEARS = described(
    "healthy-life-expectancy-male", "Male healthy life expectancy", suffix=None, subText="years",
    experimentalStatistic=True, caveats=[],
)  # fmt: skip
PAY = described("gross-median-weekly-pay", "Gross median weekly pay", suffix=None, prefix="£")
ANSWER = json.dumps([SMOKERS, YEARS, PAY]).encode()


def test_the_list_of_indicators_is_fetched_whole(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    publishers.answer = lambda _seen, _number: Reply(ANSWER)
    query = explore_statistics.indicators()
    download = fetcher().fetch(query)
    assert publishers.seen[0].url == (
        "https://www.ons.gov.uk/explore-local-statistics/api/v1/metadata/indicators"
    )
    assert download.proved == ("3 objects",)
    refuses(lambda: query.expectation.prove(ANSWER[:-9]), "cut short", may_pass=True)
    other = [{name: value for name, value in SMOKERS.items() if name != "geography"}]
    refuses(
        lambda: query.expectation.prove(json.dumps(other).encode()),
        "lacks geography",
        may_pass=False,
    )


def test_an_error_of_the_service_in_place_of_its_list_is_no_list(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    publishers.answer = lambda _seen, _number: Reply(b'{"message": "Indicator \\"x\\" not found."}')
    with pytest.raises(FetchError, match="object 1 of 1 lacks slug"):
        fetcher().fetch(explore_statistics.indicators())


def test_units_sources_levels_and_caveats_are_read() -> None:
    rows = read_indicators(ANSWER).set_index("slug")
    assert rows["unit"].tolist() == ["%", "years", "£"]
    smokers = rows.loc["cigarette-smokers"]
    assert (smokers["publisher"], smokers["released"]) == ("Office A; Office B", "2026-05-01")
    assert (smokers["levels"], smokers["has_limits"]) == (("ctry", "rgn", "ltla"), True)
    assert smokers["caveats"] == "Interim method."
    assert rows["in_development"].tolist() == [False, True, False]
    assert rows["publisher_id"].iloc[1] == "Male healthy life expectancy"
    with pytest.raises(InputError, match="1 indicator described more than once: cigarette-smokers"):
        read_indicators(json.dumps([SMOKERS, SMOKERS]).encode())


def test_of_the_catalogues_facts_it_tells_signs_of_units_and_levels_and_no_polarity() -> None:
    facts = read_facts(ANSWER, "the service")
    assert [fact.id for fact in facts] == [item["code"] for item in (SMOKERS, YEARS, PAY)]
    assert [fact.unit for fact in facts] == ["%", "", "£"]
    assert {fact.polarity for fact in facts} == {""}
    assert facts[0].levels == ("district", "region", "country")
