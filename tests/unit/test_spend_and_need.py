"""Spending against need: right where the answer is known, and nothing spread in silence."""

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import ineqlib as iq
from ineqlib.briefings.need.follows import NOT_LISTED, TOO_FEW, groups_of
from ineqlib.briefings.need.needs import Need
from ineqlib.briefings.need.units import SMALL, Units
from ineqlib.briefings.spend_and_need import asked as asked_module
from ineqlib.briefings.spend_and_need.asked import read_asked
from ineqlib.briefings.spend_and_need.facts import ALL, SpendFacts, spend_facts
from ineqlib.demo.extras import SERVICES
from ineqlib.errors import InputError, ParameterError, UnknownIndicator
from ineqlib.facts.money import whole_pounds
from ineqlib.measures import proportionality
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.pack import Pack

COUNTY, DISTRICT, COUNTRY = "X10000001", "X07000001", "X92000001"
ELSEWHERE, NOWHERE = "X06000001", "X01999999"
NEED = "smoking_adults"
DEFAULTS = {
    "spending": "",
    "need": "deprivation",
    "funders": [],
    "period": "",
    "unlisted": "unknown",
}


def computed(pack: Pack, area: str, **asked) -> SpendFacts:
    return spend_facts(pack, read_asked(pack, area, **{**DEFAULTS, **asked}))


def fund(path: Path, rows: list[tuple], head: str = "funder,area_code,period,amount") -> str:
    """Write a file of a made-up fund."""
    lines = [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return str(path)


def districts(pack: Pack) -> dict[str, float]:
    people = pack.population([area.code for area in pack.districts(COUNTY)])
    return dict(zip(people["area_code"], people["population"], strict=True))


def smoking(pack: Pack) -> dict[str, float]:
    rows = pack.observations(indicator=NEED, area=list(districts(pack)))
    rows = rows[(rows["dimension"] == "") & (rows["sex"] == "Persons")]
    newest = rows[rows["period_end"] == rows["period_end"].max()]
    return dict(zip(newest["area_code"], newest["value"], strict=True))


def test_an_equal_fund_is_flat_a_head_and_regressive_against_need(demo_pack, tmp_path) -> None:
    people = districts(demo_pack)
    path = fund(tmp_path / "f.csv", [("Fund", c, "2024/25", 3 * n) for c, n in people.items()])
    total = computed(demo_pack, COUNTY, spending=path).total
    assert total.judged.verdict == FLAT
    assert abs(total.judged.index.value) < 1e-12
    assert [round(fact.value, 9) for fact in total.curve.fifths] == [20, 40, 60, 80]
    assert {group.per_head.text for group in total.groups} == {"£3.00"}
    against = computed(demo_pack, COUNTY, spending=path, need=NEED).total.judged
    need, a_head = smoking(demo_pack), list(people)
    gini = proportionality(
        [1] * 10, [need[code] for code in a_head], [people[code] for code in a_head]
    ).need.value
    assert against.verdict == REGRESSIVE
    assert against.kakwani.value == pytest.approx(-float(gini))


def test_a_fund_in_proportion_to_need_is_flat_against_it(demo_pack, tmp_path) -> None:
    need = smoking(demo_pack)
    rows = [
        ("Fund", c, "2024/25", f"{n * need[c] / 7:.6f}") for c, n in districts(demo_pack).items()
    ]
    facts = computed(demo_pack, COUNTY, spending=fund(tmp_path / "f.csv", rows), need=NEED)
    judged = facts.total.judged
    assert (judged.verdict, judged.a_head) == (FLAT, PROGRESSIVE)
    assert abs(judged.kakwani.value) < 1e-6
    got = {row.name: row.money.value for row in facts.shares}
    assert all(abs(row.by_need.value - got[row.name]) < 2 for row in facts.shares)
    money, of_need = facts.total.curve, facts.total.need_curve
    assert money.share == pytest.approx(of_need.share)


def test_every_service_of_the_demonstration_county_gets_the_verdict_it_was_made_with(
    demo_pack,
) -> None:
    """The page may say that it cannot tell; it never gives another verdict."""
    verdicts = {m.name: m.judged.verdict for m in computed(demo_pack, COUNTY).funders}
    made = {
        name: PROGRESSIVE if gradient > 0 else REGRESSIVE if gradient < 0 else FLAT
        for name, (_, gradient) in SERVICES.items()
    }
    assert {name: verdicts[name] for name in made} == made


def test_what_is_in_no_figure_is_told_and_never_spread(demo_pack, tmp_path) -> None:
    codes = demo_pack.small_areas(COUNTY)[["small_area_code", "population"]].to_numpy().tolist()
    rows = [("Fund", code, "2024/25", 2 * people, "grant") for code, people in codes]
    rows[0] = ("Fund", codes[0][0], "2024/25", "[c]", "grant")
    rows += [
        ("Fund", COUNTY, "2024/25", 9000, "all"),
        ("Fund", ELSEWHERE, "2024/25", 700, "out"),
        ("Fund", NOWHERE, "2024/25", 70, "unknown"),
        ("Fund", codes[1][0], "2024/25", -10, "refund"),
        ("Fund", codes[2][0], "2024/25", -1_000_000, "refund"),
    ]
    head = "funder,area_code,period,amount,for"
    [money] = computed(demo_pack, COUNTY, spending=fund(tmp_path / "f.csv", rows, head)).funders
    told = {why: fact.value for why, fact in money.apart}
    assert told == {
        "whole": 9000,
        "elsewhere": 700,
        "not known": 70,
        "income": 1_000_010,
        "below zero": 1,
        "no amount": 1,
    }
    page = iq.open_spend_and_need(demo_pack, COUNTY, spending=str(tmp_path / "f.csv"))
    assert "1 column(s) not read: 'for'" in page.markdown("not_placed")
    left_out = (codes[0], codes[2])
    placed = 2 * sum(people for _, people in codes) - 2 * sum(n for _, n in left_out) - 10
    assert money.total.value == placed
    assert money.judged.verdict == FLAT


def test_places_that_are_not_listed_are_not_taken_as_nothing(demo_pack, tmp_path) -> None:
    codes = demo_pack.small_areas(COUNTY).sort_values("rank")["small_area_code"].tolist()
    rows = [("Fund", code, "2024/25", 5000) for code in codes[: len(codes) // 2]]
    path = fund(tmp_path / "f.csv", rows)
    unknown = computed(demo_pack, COUNTY, spending=path).total
    assert (unknown.judged.verdict, unknown.judged.why) == (CANNOT_TELL, NOT_LISTED)
    assert dict(unknown.apart)["unlisted"].value == len(codes) - len(rows)
    by_district = computed(demo_pack, COUNTY, spending=path, need=NEED).total
    assert by_district.judged.verdict == CANNOT_TELL
    assert [group.money for group in by_district.groups] == [None] * 10
    nothing = computed(demo_pack, COUNTY, spending=path, unlisted="nothing").total
    assert nothing.judged.verdict == PROGRESSIVE


def test_renamed_areas_and_other_counties_neighbourhoods_are_known(demo_pack, tmp_path) -> None:
    old = demo_pack.areas.set_index("area_code")["renamed_from"].loc[list(districts(demo_pack))]
    [(code, before)] = [(code, text) for code, text in old.items() if text]
    outside = demo_pack.small_areas(ELSEWHERE)["small_area_code"].iloc[0]
    rows = [
        ("Fund", before if place == code else place, "2024/25", 10)
        for place in districts(demo_pack)
    ]
    path = fund(tmp_path / "f.csv", [*rows, ("Fund", outside, "2024/25", 5)])
    [money] = computed(demo_pack, COUNTY, spending=path).funders
    assert {why: fact.value for why, fact in money.apart} == {"elsewhere": 5}
    assert money.total.value == 10 * len(rows)


def test_other_periods_and_funders_without_the_newest_are_told(demo_pack, tmp_path) -> None:
    rows = [("Fund", code, "2024/25", 10) for code in districts(demo_pack)]
    rows += [("Old fund", DISTRICT, "2022/23", 10)]
    path = fund(tmp_path / "f.csv", rows)
    told = iq.open_spend_and_need(demo_pack, COUNTY, spending=path).markdown("not_placed")
    assert "other periods, not shown: 2022/23" in told
    assert "funders without a row in 2024/25: Old fund" in told


def test_money_by_fifth_has_pounds_a_head_and_no_verdict(demo_pack, tmp_path) -> None:
    rows = [("Fund", fifth, "2024/25", 100_000 * (6 - fifth)) for fifth in range(1, 6)]
    path = fund(tmp_path / "f.csv", rows, "funder,fifth,period,amount")
    facts = computed(demo_pack, COUNTY, spending=path)
    assert (facts.total.judged.verdict, facts.total.judged.why) == (CANNOT_TELL, TOO_FEW)
    people = sum(group.people.value for group in facts.total.groups)
    assert people == sum(districts(demo_pack).values())
    for group, row in zip(facts.total.groups, rows, strict=True):
        assert group.per_head.value == pytest.approx(row[-1] / group.people.value)
    assert sum(row.flat.value for row in facts.shares) == 1_500_000
    assert sum(row.by_need.value for row in facts.shares) == 1_500_000


def test_funders_that_cannot_be_added_up_are_told_apart(demo_pack, tmp_path) -> None:
    of_districts = [("Council", code, "", "2024/25", n) for code, n in districts(demo_pack).items()]
    of_fifths = [("Trust", "", fifth, "2024/25", 1000) for fifth in range(1, 6)]
    path = fund(
        tmp_path / "f.csv", of_districts + of_fifths, "funder,area_code,fifth,period,amount"
    )
    document = iq.open_spend_and_need(demo_pack, COUNTY, spending=path)
    assert "cannot be added up" in document.markdown("answer")
    [council, trust] = computed(demo_pack, COUNTY, spending=path).funders
    assert (council.judged.verdict, trust.judged.verdict) == (FLAT, CANNOT_TELL)


def test_revenue_outturn_is_read_by_upper_tier_authority(demo_pack, tmp_path) -> None:
    codes = demo_pack.current("upper-tier authorities")["area_code"].tolist()
    people = demo_pack.population(codes)["population"].tolist()
    head = "ONS_code,LA_name,LA_class,year_ending,RS_phs_net_exp"
    rows = [(c, "x", "UA", 202503, n * 0.05) for c, n in zip(codes, people, strict=True)]
    rows += [(COUNTRY, "all", "E", 202503, 1e6)]
    facts = computed(demo_pack, COUNTRY, spending=fund(tmp_path / "ro.csv", rows, head))
    assert facts.total.name == "Public health"
    assert facts.level == "upper-tier authorities"
    assert facts.total.total.value == pytest.approx(50 * sum(people))  # thousands of pounds
    assert facts.total.judged.verdict == FLAT
    assert facts.total.period == "2024/25"


def test_other_needs_put_the_same_places_in_another_order(demo_pack) -> None:
    facts = computed(demo_pack, COUNTY)
    small = demo_pack.small_areas(COUNTY)
    spend = demo_pack.table("spending").groupby("small_area_code")["spend"].sum()
    people = small["population"].to_numpy(float)
    a_head = spend[small["small_area_code"]].to_numpy() / people
    for row in facts.others[:2]:
        decile = small[f"{row.words.split()[0]}_decile"].to_numpy(float)
        index = proportionality(a_head, 11 - decile, people).spend
        assert row.judged.index.value == pytest.approx(float(index.value))
    assert {row.level for row in facts.others} == {"neighbourhoods", "districts"}


def test_a_formula_counts_each_need_against_its_own_mean(demo_pack, tmp_path) -> None:
    people, need = districts(demo_pack), smoking(demo_pack)
    rows = [("Fund", code, "2024/25", n) for code, n in people.items()]
    path = fund(tmp_path / "f.csv", rows)
    twice = computed(demo_pack, COUNTY, spending=path, need=f"{NEED} + {NEED}").need.a_head
    codes = sorted(people)
    values = np.array([need[code] for code in codes])
    mean = np.average(values, weights=[people[code] for code in codes])
    assert twice == pytest.approx(2 * values / mean)


def test_without_spending_the_page_says_what_would_be_needed(demo_pack, monkeypatch) -> None:
    monkeypatch.setattr(asked_module, "spending_in", lambda pack: None)
    document = iq.open_spend_and_need(demo_pack, COUNTY)
    assert "funder, area\\_code (or fifth), period, amount" in document.markdown("answer")
    facts = computed(demo_pack, COUNTY)
    assert sum(row.by_need.value for row in facts.shares) == facts.shared.value == 100_000


def test_of_a_district_the_neighbourhoods_are_looked_at(demo_pack) -> None:
    facts = computed(demo_pack, DISTRICT)
    assert facts.level == "neighbourhoods"
    assert facts.total.name == ALL
    by_indicator = computed(demo_pack, DISTRICT, need=NEED)
    assert by_indicator.total.judged.verdict == CANNOT_TELL
    assert "does not have adults who smoke for neighbourhoods" in by_indicator.need


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"unlisted": "none"}, ParameterError, "Give unknown, or nothing"),
        ({"need": "smokng_adults"}, UnknownIndicator, "smoking_adults"),
        ({"need": "employment_rate"}, ParameterError, "is not more need"),
        ({"need": "smoking_adults +"}, ParameterError, "is no formula"),
        ({"funders": ["Warm home"]}, ParameterError, "Warm homes"),
        ({"period": "2022/23"}, ParameterError, "It has 2023/24"),
        ({"spending": "nowhere.csv"}, InputError, "nowhere.csv"),
    ],
)
def test_what_cannot_be_is_refused_in_words(demo_pack, asked, error, words) -> None:
    with pytest.raises(error, match=words):
        read_asked(demo_pack, COUNTY, **{**DEFAULTS, **asked})


def test_whole_pounds_add_up() -> None:
    assert whole_pounds(101, np.array([1.0, 1, 2])).tolist() == [25, 25, 51]


def test_verdicts_on_simulated_funds_are_right(repo: Path) -> None:
    """Few of each here; `benchmarks/spend_verdicts.py` makes a thousand of more kinds."""
    spec = importlib.util.spec_from_file_location("v", repo / "benchmarks" / "spend_verdicts.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    rng = np.random.default_rng(7)
    for known in script.FUNDS_KNOWN:
        verdicts = Counter(script.simulated(known, 60, 0.05, rng) for _ in range(40))
        told = 40 - verdicts[CANNOT_TELL]
        assert told > 20, known.words
        assert verdicts[known.right] >= 0.95 * told, known.words


def test_places_too_few_for_fifths_stand_by_themselves() -> None:
    """A council with one to four neighbourhoods, such as the Isles of Scilly, has a page too."""
    for places in range(1, 5):
        codes, order = tuple("ABCD"[:places]), np.arange(places, dtype=float)
        units = Units(SMALL, codes, codes, np.ones(places), {}, order, None, "imd2019", {})
        names, member = groups_of(units, Need("need", "need", order, None, None, ()))
        assert names == codes
        assert member.tolist() == list(range(places))
