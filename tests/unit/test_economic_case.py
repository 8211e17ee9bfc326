"""The economic case: right where the truth is known, by hand elsewhere, else words."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ineqlib as iq
from ineqlib.briefings.economic_case import events
from ineqlib.briefings.economic_case.asked import Asked, read_asked
from ineqlib.briefings.economic_case.events import avoidable
from ineqlib.briefings.economic_case.facts import Case, case_of
from ineqlib.briefings.economic_case.shown import check_words
from ineqlib.briefings.economic_case.words import answer, how_sure
from ineqlib.briefings.kinds import ECONOMIC_CASE
from ineqlib.demo.build import make_country
from ineqlib.demo.groups import Groups, make_groups
from ineqlib.demo.mortality import BANDS_UNDER_75, pooled_periods, under_75
from ineqlib.demo.parameters import FIVE_YEAR_BANDS
from ineqlib.demo.people import Country
from ineqlib.document.model import Document
from ineqlib.document.verify.page import problems
from ineqlib.errors import InputError, ParameterError, UnknownIndicator
from ineqlib.measures import ESP2013, dsr
from ineqlib.pack import Pack

from .made_pages import made_page
from .permitted_numbers import Permitted, figures_of, in_words, names_in, tables

DISTRICT, COUNTY, COUNTRY = "X07000001", "X10000001", "X92000001"
EARLY, OBESITY, READY = "deaths_under_75", "year_6_obesity", "good_level_of_development"


@cache
def document(pack: Pack, area: str = DISTRICT, **asked: Any) -> Document:
    return iq.open_economic_case(pack, area, **asked)


def asked_of(pack: Pack, area: str = DISTRICT, **asked: Any) -> Asked:
    return read_asked(pack, area, **{**ECONOMIC_CASE.parameters, **asked})


@cache
def case(pack: Pack, area: str = DISTRICT, **asked: Any) -> Case:
    return case_of(pack, asked_of(pack, area, **asked))


def words(made: Document) -> str:
    return " ".join(block.words.text for block in made.section("answer").blocks)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def country() -> Country:
    return make_country()


@pytest.fixture(scope="module")
def groups(country: Country) -> Groups:
    return make_groups(country)


def true_excess(country: Country, groups: Groups) -> dict[str, float]:
    """Deaths a year under the rates that chance varied about, beyond the least deprived fifth's."""
    *_, (_, years) = pooled_periods(country)
    fifths = groups.by("local", 5)
    expected = groups.sum(country.expected_deaths[years].sum(axis=0))[fifths]
    people = groups.sum(country.population[years].sum(axis=0))[fifths]
    deaths, lived = under_75(expected.sum(axis=(1, 3))), under_75(people.sum(axis=1))
    rate = dsr(deaths, lived, ESP2013, bands=FIVE_YEAR_BANDS[:BANDS_UNDER_75]).value.reshape(-1, 5)
    events = deaths.sum(axis=1).reshape(-1, 5)
    excess = (events * (1 - rate[:, -1:] / rate)).sum(axis=1) / 3
    codes = groups[fifths].frame["area_code"].to_numpy()[::5]
    return dict(zip(codes, excess.tolist(), strict=True))


def test_the_intervals_hold_the_truth_of_the_demonstration(demo_pack, country, groups) -> None:
    truth = true_excess(country, groups)
    held = []
    for code, true in truth.items():
        way = avoidable(demo_pack, asked_of(demo_pack, code, indicator=EARLY)).way
        assert way is not None and way.yearly.limits is not None
        held.append(way.yearly.limits[0] <= true <= way.yearly.limits[1])
        if code == COUNTY:
            assert way.yearly.value == pytest.approx(true, rel=0.1)
    assert len(held) >= 35
    assert np.mean(held) >= 0.89  # of 38 and more, 95 in 100 but for chance


def test_it_is_the_number_of_the_briefing(demo_pack) -> None:
    of_briefing = iq.open_briefing(demo_pack, DISTRICT).facts
    [levelled] = [
        fact
        for name, fact in of_briefing.items()
        if name.startswith("levelled-up-events") and fact.indicator_id == EARLY
    ]
    way = case(demo_pack).about.way
    assert way is not None
    assert 3 * way.yearly.value == pytest.approx(levelled.value)  # three years together
    assert 3 * np.array(way.yearly.limits) == pytest.approx(np.array(levelled.limits))


def test_the_sums_by_hand(demo_pack) -> None:
    money, way = case(demo_pack).money, case(demo_pack).about.way
    assert money is not None and way is not None
    number = way.yearly.value
    assert money.total.value == pytest.approx(number * (9000 + 3000 + 800) / 1e6, abs=0.005)
    assert money.low.value == pytest.approx(number * (6000 + 1500 + 300) / 1e6, abs=0.005)
    assert money.high.value == pytest.approx(number * (15000 + 6000 + 1400) / 1e6, abs=0.005)
    assert money.total.unit == "£ million"
    assert sum(cost.total.value for cost in money.costs) == pytest.approx(
        money.total.value, abs=0.02
    )
    by_budget = {name: fact.value for name, fact in money.budgets.items()}
    assert list(by_budget) == ["Health service", "County council", "State pensions and benefits"]
    assert by_budget["Health service"] == pytest.approx(number * 9000 / 1e6, abs=0.005)


def test_the_swings_by_hand_the_widest_first(demo_pack) -> None:
    money, way = case(demo_pack).money, case(demo_pack).about.way
    assert money is not None and way is not None and way.yearly.limits is not None
    swings = {swing.name: swing for swing in money.swings}
    number, each = way.yearly.value, 12_800
    care = swings["Hospital and hospice care in the last year of life (fictional)"]
    ends = np.array([number * (each - 3000), number * (each + 6000)]) / 1e6
    assert np.array(care.total.limits) == pytest.approx(ends, abs=0.006)
    chance = swings["Chance in the number avoided"]
    ends = np.array(way.yearly.limits) * each / 1e6
    assert np.array(chance.total.limits) == pytest.approx(ends, abs=0.006)
    half = case(demo_pack).about.ways["half_the_gap"].yearly.value
    low, high = swings["What is aimed at"].total.limits or (0, 0)
    assert (low, high) == pytest.approx((half * each / 1e6, money.total.value), abs=0.006)
    widths = [swing.width for swing in money.swings]
    assert widths == sorted(widths, reverse=True)


def test_the_range_is_worked_out_twice_and_agrees(demo_pack) -> None:
    made = case(demo_pack)
    assert made.money is not None
    check = made.money.check
    assert check.drawn_mean.value == pytest.approx(check.mean.value, rel=0.01)
    assert check.drawn_sd.value == pytest.approx(check.sd.value, rel=0.03)
    assert "The two agree" in check_words(made, made.money).text
    wrong = replace(made.money, check=replace(check, agrees=False))
    assert "do NOT agree" in check_words(made, wrong).text


def test_a_seed_gives_one_page_and_another_seed_nearly_the_same(demo_pack) -> None:
    total = {seed: case(demo_pack, seed=seed, draws=4000).money.total for seed in (1, 2)}
    assert total[1].limits != total[2].limits
    assert np.array(total[1].limits) == pytest.approx(np.array(total[2].limits), rel=0.1)
    again = case_of(demo_pack, asked_of(demo_pack, seed=1, draws=4000))
    assert again.money is not None and again.money.total == total[1]


def test_half_the_gap_is_half_of_the_gap(demo_pack) -> None:
    ways = case(demo_pack).about.ways
    whole, half = ways["country"], ways["half_the_gap"]
    assert half.yearly.value == pytest.approx(whole.yearly.value / 2)
    assert np.array(half.yearly.limits) == pytest.approx(np.array(whole.yearly.limits) / 2)
    by_hand = 914 / 3 * (1 - whole.aim.goal.value / whole.now.value)
    assert whole.counted.value == 914
    assert whole.yearly.value == pytest.approx(by_hand)


def test_people_screened_within_years_of_a_day_are_shared_among_those_years(demo_pack) -> None:
    screened = {"indicator": "cervical_screening_younger", "target": "country"}
    code = next(
        code
        for code in demo_pack.areas.query("area_type == 'lad'")["area_code"]
        if (way := case(demo_pack, code, **screened).about.way) and way.yearly.value > 0
    )
    way = case(demo_pack, code, **screened).about.way
    assert way is not None
    short = way.counted.value * (way.aim.goal.value / way.now.value - 1)
    assert way.yearly.value == pytest.approx(short / 3.5, rel=0.01)


def test_of_what_is_good_there_would_be_more(demo_pack) -> None:
    below = next(
        code
        for code in ("X06000001", "X06000002", "X06000003", "X06000004", "X06000005", "X06000006")
        if (way := case(demo_pack, code, indicator=READY).about.way) and way.yearly.value > 0
    )
    way = case(demo_pack, below, indicator=READY).about.way
    assert way is not None
    assert way.now.value < way.aim.goal.value
    said = words(document(demo_pack, below, indicator=READY))
    assert "more “children ready for school at age 5” a year" in said
    # What would be is of the year that was counted, which may be long past.
    assert f"{way.aim.goal.text} ({way.now.period}), there would be" in said


def test_years_and_discounting_are_as_asked_and_no_other(demo_pack) -> None:
    one, five = case(demo_pack).money, case(demo_pack, years=5).money
    less = case(demo_pack, years=5, discount_rate=0.035).money
    assert one is not None and five is not None and less is not None
    assert five.total.value == pytest.approx(5 * one.total.value, rel=0.02)
    factor = sum(1.035**-year for year in range(5))
    assert less.total.value == pytest.approx(factor * one.total.value, rel=0.02)
    assert "discounted by 3.5% a year" in words(document(demo_pack, years=5, discount_rate=0.035))
    assert "discounted" not in words(document(demo_pack, years=5))
    said = document(demo_pack).section("how").html
    assert "Nothing is discounted, because no rate was asked for." in said
    with pytest.raises(ParameterError, match="a single year is not discounted"):
        document(demo_pack, discount_rate=0.035)


@pytest.mark.parametrize("audience", ["member", "public"])
def test_readers_it_is_not_for_are_refused_with_the_reason(demo_pack, audience) -> None:
    for refuse in (
        iq.open_economic_case,
        lambda p, a, **k: ECONOMIC_CASE.check(p, a, **ECONOMIC_CASE.parameters | k),
    ):
        with pytest.raises(ParameterError, match="for professional readers") as refusal:
            refuse(demo_pack, DISTRICT, audience=audience)
        assert "price of a person" in str(refusal.value)
        assert "director, children, adults" in str(refusal.value)
    assert document(demo_pack, audience="adults").facts


@pytest.mark.parametrize(
    ("area", "asked", "why"),
    [
        (DISTRICT, {"indicator": "fuel_poverty"}, "it is modelled"),
        (DISTRICT, {"indicator": "smoking_adults"}, "survey or sample"),
        (DISTRICT, {"indicator": "local_warm_homes_visits"}, "neither more nor less"),
        (DISTRICT, {"indicator": "life_expectancy"}, "does not count events"),
        (DISTRICT, {"indicator": READY}, "no figures of it there"),
        (COUNTRY, {"indicator": "suicide"}, "Lindermark is the country itself"),
        (COUNTRY, {"target": "country"}, "Lindermark is the country itself"),
        (DISTRICT, {"indicator": "falls_65", "target": "least_deprived"}, "by deprivation inside"),
    ],
)
def test_what_no_case_can_be_made_of_is_said_on_a_page(demo_pack, area, asked, why) -> None:
    made = document(demo_pack, area, **asked)
    said = words(made)
    assert "No case can be made" in said and why in said
    assert "What next" in said
    assert "£" not in said
    assert not made.section("cost").blocks and not made.section("assumptions").blocks


def test_what_is_offered_instead_can_be_answered(demo_pack) -> None:
    for name in case(demo_pack, COUNTRY, indicator="suicide").about.instead:
        assert case(demo_pack, COUNTRY, indicator=name).about.way is not None


def test_a_refusal_says_whether_anything_else_could_be_asked(demo_pack) -> None:
    offered = case(demo_pack, DISTRICT, indicator="life_expectancy")
    assert offered.about.instead
    assert "nothing else there" not in answer(offered).text
    alone = replace(offered, about=replace(offered.about, instead=()))
    assert answer(alone).text.endswith("the pack has nothing else there of which one could be.")


def test_without_costs_it_says_what_would_be_needed(demo_pack, tmp_path) -> None:
    said = words(document(demo_pack, indicator="cancer_deaths_under_75"))
    assert "has no cost of “deaths before 75 from cancer” (cancer_deaths_under_75)" in said
    assert "price_year, source, link and budget" in said
    assert "£" not in said
    bare = replace(asked_of(demo_pack), costs=None)
    assert "makes none up" in answer(case_of(demo_pack, bare)).text


def test_a_file_of_ones_own_takes_the_place_of_the_packs(demo_pack, tmp_path: Path) -> None:
    path = tmp_path / "ours.yml"
    path.write_text(
        "costs:\n  - {indicator: year_6_obesity, label: Ours, low: 10, central: 10, high: 10, "
        "price_year: 2020, source: Us, link: 'https://us.example', budget: Council}\n",
        encoding="utf-8",
    )
    made = case_of(demo_pack, asked_of(demo_pack, costs=str(path)))
    assert made.asked.indicator.id == OBESITY  # the first that has a cost
    assert made.money is not None and made.about.way is not None
    assert made.money.total.value == pytest.approx(10 * made.about.way.yearly.value, abs=5)
    assert [one.row.label for one in made.money.costs] == ["Ours"]
    path.write_text(path.read_text().replace("source: Us, ", ""), encoding="utf-8")
    with pytest.raises(InputError, match="source is missing"):
        ECONOMIC_CASE.check(demo_pack, DISTRICT, **{**ECONOMIC_CASE.parameters, "costs": str(path)})


def test_a_distribution_of_ones_own_is_carried_through_and_printed(demo_pack, tmp_path) -> None:
    path = tmp_path / "ours.yml"
    row = (
        "  - {indicator: year_6_obesity, label: %s, low: %s, central: %s, high: %s, "
        "distribution: %s, price_year: 2020, source: Us, link: 'https://us.example', "
        "budget: Council}\n"
    )
    shapes = [
        ("A stay", 3200, 4500, 7000, "log-normal"),
        ("A visit", 50, 60, 120, "pert"),
        ("A fee", 9, 9, 9, "gamma"),
    ]
    path.write_text("costs:\n" + "".join(row % shape for shape in shapes), encoding="utf-8")
    made = iq.open_economic_case(demo_pack, DISTRICT, costs=path)
    table = made.section("assumptions").blocks[1].cells
    ranges = dict(zip(table["Assumption"], table["Range"], strict=True))
    assert ranges["A stay, of one event"] == "between £3,200 and £7,000 (log-normal, 95%)"
    assert ranges["A visit, of one event"] == "between £50 and £120 (PERT)"
    assert ranges["A fee, of one event"] == "between £9 and £9"
    page = made_page(made)
    assert problems(page.page, made, demo_pack, report=page.report, others={}) == []
    known = case_of(demo_pack, asked_of(demo_pack, costs=str(path)))
    assert known.money is not None and known.about.way is not None and known.money.check.agrees
    mean = known.about.way.yearly.value * (4500 + (50 + 240 + 120) / 6 + 9)
    assert known.money.check.mean.value == pytest.approx(mean, rel=1e-3)
    path.write_text(path.read_text().replace("central: 4500", "central: 6500"), encoding="utf-8")
    with pytest.raises(InputError, match=r"do not fit .*\n  - A stay: central 6,500 is expected"):
        ECONOMIC_CASE.check(demo_pack, DISTRICT, **{**ECONOMIC_CASE.parameters, "costs": str(path)})


def test_whatever_a_cost_is_called_the_page_stands(demo_pack, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    head = "indicator,label,low,central,high,price_year,source,link,budget"
    rows = [
        f"year_6_obesity,{label},0,{most},{most},2024,*A* [x](y),https://a.example,{budget}"
        for label, budget, most in (
            ("<script>1</script> & “2”", "NHS", 0),
            ("Æ" * 200, "N.H.S.", 5_000_000),
            ("What is aimed at", "nhs", 3),
        )
    ]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    made = iq.open_economic_case(demo_pack, DISTRICT, costs=path)
    page = made_page(made)
    assert problems(page.page, made, demo_pack, report=page.report, others={}) == []
    assert "<script>1" not in page.page
    costs = case_of(demo_pack, asked_of(demo_pack, costs=str(path))).money
    assert costs is not None
    assert set(costs.budgets) == {"N.H.S.", "nhs", "NHS"}


def test_a_cost_of_what_has_no_counts_is_no_reason_to_take_another_indicator(
    demo_pack, tmp_path: Path
) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(
        "indicator,label,low,central,high,price_year,source,link,budget\n"
        "fuel_poverty,Cold homes,1,2,3,2024,Us,https://us.example,NHS\n",
        encoding="utf-8",
    )
    said = words(iq.open_economic_case(demo_pack, DISTRICT, costs=path))
    assert "“households that struggle to heat their home”" in said and "modelled" in said


def test_where_chance_could_explain_it_no_sum_is_claimed(demo_pack) -> None:
    made = document(demo_pack, "X06000001", indicator="falls_65")
    said = words(made)
    assert said.startswith("Cannot tell whether anything could be avoided")
    assert "do not quote the sum alone" in said
    assert made.summary == "Cannot tell whether anything could be avoided"


def test_none_more_or_fewer_is_as_many_as_now(demo_pack) -> None:
    made = case(demo_pack, "X06000001", indicator="falls_65")
    way = made.about.way
    assert way is not None
    none = replace(way, yearly=replace(way.yearly, value=0.2, text="0"))
    about = replace(made.about, ways={**made.about.ways, way.aim.target: none})
    said = answer(replace(made, about=about, money=None)).text
    assert "about as many “older people in hospital after a fall” as now: 0 fewer a year" in said


def test_where_nothing_is_named_it_asks_of_what_could_surely_be_avoided(demo_pack) -> None:
    """A page that says "nothing to avoid" of what nobody asked for helps nobody."""
    coldmarket, best = "X07000002", "X07000007"
    early = document(demo_pack, coldmarket, indicator=EARLY, target="country")
    assert words(early).startswith("Nothing to avoid")
    assert "after a fall" in document(demo_pack, coldmarket, target="country").title
    assert "after a fall" not in document(demo_pack, coldmarket).title
    assert words(document(demo_pack, best, target="country")).startswith("Nothing to avoid")


def test_where_the_figure_is_no_worse_there_is_nothing_to_avoid(demo_pack) -> None:
    made = document(demo_pack, COUNTY, target="country")
    assert words(made).startswith("Nothing to avoid")
    assert "Against the least deprived fifth there would be 754 fewer a year" in words(made)
    assert not made.section("cost").blocks


def test_no_sum_is_called_a_saving(demo_pack) -> None:
    for asked in ({}, {"target": "country"}, {"years": 3}):
        said = words(document(demo_pack, **asked))
        assert "This is no saving that can be taken out of a budget" in said
        html = " ".join(section.html for section in document(demo_pack, **asked).sections)
        for claim in ("cashable", "would save", "savings", "will save"):
            assert claim not in html.replace("One event fewer saves", "")


@pytest.mark.parametrize(
    ("area", "asked"),
    [
        (COUNTY, {}),
        (COUNTY, {"target": "country"}),
        (COUNTRY, {"indicator": OBESITY, "years": 10, "discount_rate": 0.015, "seed": 7}),
        ("X06000001", {"indicator": "falls_65"}),
        (DISTRICT, {"indicator": "cancer_deaths_under_75"}),
        (DISTRICT, {"indicator": "fuel_poverty"}),
    ],
)
def test_every_number_of_every_kind_of_answer_is_a_fact(demo_pack, area, asked) -> None:
    made = document(demo_pack, area, **asked)
    permitted = Permitted(made, names_in(made, demo_pack))
    facts = made.facts.values()
    for section in made.sections:
        cells = [cell for head, own in tables(section) for cell in (head, *own)]
        if section.id != "sources":
            assert permitted.without_fact([*in_words(section), *cells], facts) == [], section.id
    for figure in figures_of(made):
        labels = figure.labels
        texts = [labels.title, labels.subtitle, labels.alt, labels.note, *figure.cells]
        texts += [cell for own in figure.cells.values() for cell in own]
        assert permitted.without_fact(texts, facts) == [], labels.id


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"target": "contry"}, "Did you mean 'country'"),
        ({"sex": "men"}, "There is no sex 'men'"),
        ({"years": 0}, "expected 1 to 60"),
        ({"years": 5, "discount_rate": 3.5}, "expected a fraction a year, such as 0.035"),
        ({"draws": 10}, "expected a whole number from 1,000"),
        ({"seed": -1}, "seed=-1"),
        ({"audience": "directors"}, "Did you mean 'director'"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_made(demo_pack, asked, says) -> None:
    with pytest.raises(ParameterError, match=says):
        ECONOMIC_CASE.check(demo_pack, DISTRICT, **{**ECONOMIC_CASE.parameters, **asked})
    with pytest.raises(UnknownIndicator, match="Did you mean"):
        asked = {**ECONOMIC_CASE.parameters, "indicator": "deaths_under_57"}
        ECONOMIC_CASE.check(demo_pack, DISTRICT, **asked)


def test_without_an_indicator_the_choice_is_worked_out_once(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def avoidable_noted(pack: Pack, asked: Asked) -> events.Avoidable:
        looked_at.append(asked.indicator.id)
        return avoidable(pack, asked)

    monkeypatch.setattr(events, "avoidable", avoidable_noted)
    made = case_of(demo_pack, asked_of(demo_pack))
    assert looked_at[-1] == made.asked.indicator.id
    assert len(looked_at) == len(set(looked_at))


def test_how_sure_says_whether_it_is_chance_and_whether_it_is_old(demo_pack: Pack) -> None:
    made = replace(case(demo_pack, indicator=OBESITY), money=None)
    old = replace(made, about=replace(made.about, is_old=True))
    assert "more than chance, by the 95% interval; " in how_sure(made).text
    assert "years before the newest figures here" in how_sure(old).text
    assert "years before" not in how_sure(made).text
