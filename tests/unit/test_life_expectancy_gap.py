"""The gap in life expectancy: its parts are right, dated and sure, or the page says what lacks."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import ineqlib as iq
from ineqlib.briefings.life_expectancy_gap.asked import read_asked
from ineqlib.briefings.life_expectancy_gap.document import GapFacts, beside, gap_facts
from ineqlib.briefings.life_expectancy_gap.parts import GapParts, parts_of, sides_of
from ineqlib.briefings.life_expectancy_gap.words import longest_lived, slopes_in_words
from ineqlib.demo import make_country
from ineqlib.demo.groups import make_groups
from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START
from ineqlib.document.blocks import TableBlock
from ineqlib.document.model import Document
from ineqlib.errors import ParameterError
from ineqlib.facts.age_contributions import SPANS
from ineqlib.measures import arriaga_limits, life_expectancy
from ineqlib.pack import Pack

from .document_parts import sentences

DISTRICT = "X07000001"
COUNTY = "X10000001"


def facts_of(pack: Pack, area: str = DISTRICT, **asked: str) -> GapFacts:
    given = {"comparator": "least_deprived", "sex": "both", "convention": "ours", **asked}
    return gap_facts(pack, read_asked(pack, area, **given))


def said(document: Document, name: str) -> str:
    return " ".join(each.text for each in sentences(document.section(name)))


def test_parts_hold_the_truth_the_deaths_were_drawn_from(demo_pack: Pack) -> None:
    """Of every district's ages and causes, about 95 intervals in 100 hold what was put in."""
    country = make_country(2024)
    years = dict(pooled_periods(country))["2022 - 24"]
    groups = make_groups(country)
    fifths = groups[groups.by("local", 5)]
    expected = fifths.sum(country.expected_deaths[years].sum(axis=(0, 2)))
    people = fifths.sum(country.population[years].sum(axis=(0, 2)))
    order = fifths.frame["subgroup_order"].to_numpy()
    held = []
    for code in sorted(set(fifths.frame["area_code"])):
        here = (fifths.frame["area_code"] == code).to_numpy()
        (most,), (least,) = (np.flatnonzero(here & (order == end)) for end in (1, 5))
        truth = arriaga_limits(
            expected[most].T,
            people[most],
            expected[least].T,
            people[least],
            bands=BAND_START,
            spans=[low for low, _ in SPANS.values()],
        )
        asked = read_asked(demo_pack, code, "least_deprived", "both", "ours")
        sides = sides_of(demo_pack, asked, "Persons")
        assert not isinstance(sides, str)
        found = parts_of(asked.area, sides, "Persons", with_shares=False)
        assert isinstance(found, GapParts)
        if found.shorter != sides.names[0]:
            continue
        causes = [cause.replace("_", " ").capitalize() for cause in country.parameters.causes]
        true = [*truth.by_age.value, *truth.by_cause.value, truth.difference.value]
        facts = [*found.ages.values(), *(found.causes[cause] for cause in causes), found.gap]
        held += [
            fact.limits[0] <= value <= fact.limits[1]
            for fact, value in zip(facts, true, strict=True)
            if fact.limits
        ]
    assert len(held) > 400
    assert 0.93 <= np.mean(held) <= 0.975


def test_ages_and_causes_each_add_up_to_the_gap_that_a_question_gives(demo_pack: Pack) -> None:
    made_of = facts_of(demo_pack).parts["Persons"]
    for parts in (made_of.ages, made_of.causes):
        assert sum(fact.value for fact in parts.values()) == pytest.approx(made_of.gap.value)
    asked = iq.decompose(demo_pack, DISTRICT).frame
    whole = asked.loc[asked["by"] == "whole gap", "value"].item()
    assert made_of.gap.value == pytest.approx(whole)
    young = asked.loc[asked["part"] == "under 1", "value"].item()
    assert made_of.ages["Aged under 1"].value == pytest.approx(young)


def test_an_area_is_the_sum_of_its_groups(demo_pack: Pack) -> None:
    """The gap to the county is the difference of two life expectancies made from all deaths."""
    made_of = facts_of(demo_pack, comparator="county", sex="men").parts["Male"]
    lives = []
    for code in (DISTRICT, COUNTY):
        tables = []
        for name, column in (("deaths", "deaths"), ("populations", "person_years")):
            rows = demo_pack.table(name, [("area_code", "==", code), ("sex", "==", "Male")])
            rows = rows[rows["dimension"].str.startswith("local")]
            rows = rows[rows["period_end"] == rows["period_end"].max()]
            start = rows["age_band"].str.extract(r"(\d+)", expand=False).astype(int)
            tables.append(rows.groupby(start)[column].sum())
        lives.append(life_expectancy(*(t.to_numpy() for t in tables), bands=list(tables[0].index)))
    assert made_of.gap.value == pytest.approx(float(abs(lives[1].value - lives[0].value)))
    assert made_of.shorter == "Brackenhythe"
    assert [fact.value for fact in made_of.lives] == pytest.approx([float(x.value) for x in lives])


def test_parts_count_from_the_shorter_lived_side_whichever_is_asked_about(demo_pack: Pack) -> None:
    here = facts_of(demo_pack, comparator=COUNTY).parts["Persons"]
    there = facts_of(demo_pack, COUNTY, comparator=DISTRICT).parts["Persons"]
    assert here.shorter == there.shorter == "Brackenhythe"
    assert there.gap.value == pytest.approx(here.gap.value)
    assert [fact.value for fact in there.ages.values()] == pytest.approx(
        [fact.value for fact in here.ages.values()]
    )


def test_death_rates_differ_by_rates_and_by_ages(demo_pack: Pack) -> None:
    rates = facts_of(demo_pack).parts["Persons"].rates
    assert rates.difference.value == pytest.approx(rates.shorter.value - rates.longer.value)
    assert rates.rates.value + rates.ages.value == pytest.approx(rates.difference.value)
    assert rates.rates.value > 0


def test_ohids_convention_takes_men_and_women_apart_and_gives_shares(demo_pack: Pack) -> None:
    ours, ohid = facts_of(demo_pack), facts_of(demo_pack, convention="ohid")
    assert set(ours.parts) == {"Persons"}
    assert not ours.parts["Persons"].shares
    assert set(ohid.parts) == {"Male", "Female"}
    for made_of in ohid.parts.values():
        shares = [made_of.shares[name].value for name in made_of.ages]
        assert sum(shares) == pytest.approx(100)
    told = [
        said(iq.open_life_expectancy_gap(demo_pack, DISTRICT, convention=name), "how")
        for name in ("ours", "ohid")
    ]
    assert all("Segment Tool" in text for text in told)
    assert told[0] != told[1]


def test_the_most_favourable_comparator_is_named(demo_pack: Pack) -> None:
    document = iq.open_life_expectancy_gap(demo_pack, DISTRICT, comparator="country")
    for shown in facts_of(demo_pack, comparator="country").published.by_sex.values():
        assert shown.best is not None
        assert shown.best.figure.value == max(row.figure.value for row in shown.beside)
        assert shown.best.name in said(document, "beside")
        for row in shown.beside:
            assert row.gap.value == pytest.approx(row.figure.value - shown.here.value)
            assert row.figure.period == shown.here.period


def test_where_nobody_lives_longer_no_place_is_called_the_longest_lived(demo_pack: Pack) -> None:
    asked = read_asked(demo_pack, DISTRICT, "country", "both", "ours")
    shown = facts_of(demo_pack, comparator="country").published.by_sex["Female"]
    best = shown.best
    assert best is not None
    here = shown.here
    for by, words in ((1.2, "live longest, among these, in"), (0.04, "live longer in none of")):
        row = replace(best, gap=replace(best.gap, value=by, text=f"{by:.1f} years"))
        assert words in longest_lived(asked, "Female", here, row).text
    said_of_none = longest_lived(asked, "Female", here, replace(best, gap=row.gap)).text
    assert "0.0 years" not in said_of_none
    assert f"; the nearest is {best.name}" in said_of_none


def test_a_published_gap_that_is_not_clear_is_told_so_as_in_the_briefing(demo_pack: Pack) -> None:
    inside = facts_of(demo_pack).published.inside
    told = slopes_in_words({sex: replace(one, is_clear=True) for sex, one in inside.items()})
    assert "could be chance" not in told.text
    [first, *_] = inside
    unclear = {**inside, first: replace(inside[first], is_clear=False)}
    assert slopes_in_words(unclear).text.count(", which could be chance. ") == 1


def test_a_gap_that_could_be_chance_has_no_largest_part(demo_pack: Pack) -> None:
    for district in demo_pack.districts(COUNTY):
        asked = read_asked(demo_pack, district.code, "county", "both", "ours")
        sides = sides_of(demo_pack, asked, "Persons")
        assert not isinstance(sides, str)
        made_of = parts_of(asked.area, sides, "Persons", with_shares=False)
        if isinstance(made_of, GapParts) and not made_of.is_clear:
            break
    document = iq.open_life_expectancy_gap(demo_pack, asked.area.code, comparator="county")
    answer = said(document, "answer")
    assert "could be chance" in answer
    assert "largest part" not in answer


def test_an_area_without_the_comparator_or_the_deaths_says_so(demo_pack: Pack) -> None:
    county = iq.open_life_expectancy_gap(demo_pack, COUNTY, comparator="county")
    assert "lies in no county" in said(county, "answer")
    region = demo_pack.area(demo_pack.area(DISTRICT).region_code)
    document = iq.open_life_expectancy_gap(demo_pack, region.code)
    assert f"no deaths and people by age of {region.name}" in said(document, "parts")
    assert "Segment Tool" in said(document, "parts")
    assert not document.section("rates").blocks


def test_withheld_counts_are_not_taken_for_none(demo_pack: Pack) -> None:
    deaths = demo_pack.table("deaths", [("area_code", "==", DISTRICT)])
    asked = read_asked(demo_pack, DISTRICT, "least_deprived", "both", "ours")
    for spoilt in (deaths.assign(deaths=deaths["deaths"].where(deaths["deaths"] != 1)), deaths[1:]):
        people = demo_pack.table("populations", [("area_code", "==", DISTRICT)])
        tables = {"deaths": spoilt, "populations": people}
        pack = SimpleNamespace(
            title="spoilt", has=tables.__contains__, table=lambda name, _, t=tables: t[name]
        )
        newest = spoilt["period_end"] == spoilt["period_end"].max()
        sides = sides_of(pack, asked, "Persons")
        assert isinstance(sides, str) == bool(spoilt.loc[newest, "deaths"].isna().any())


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"comparator": "contry"}, "Did you mean 'country'"),
        ({"comparator": DISTRICT}, "itself"),
        ({"sex": "mem"}, "Did you mean 'men'"),
        ({"convention": "phe"}, "Choose from ours, ohid"),
    ],
)
def test_unknown_words_are_refused(demo_pack: Pack, asked: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        iq.open_life_expectancy_gap(demo_pack, DISTRICT, **asked)


def test_a_column_of_intervals_stands_only_where_one_is_known(demo_pack: Pack) -> None:
    facts = facts_of(demo_pack)
    asked = read_asked(demo_pack, DISTRICT, "least_deprived", "both", "ours")

    def columns(shown: GapFacts) -> set[str]:
        tables = [b for b in beside(asked, shown).blocks if isinstance(b, TableBlock)]
        assert tables
        return {column for table in tables for column in table.cells}

    assert "95% interval" in columns(facts)
    bare = {
        sex: replace(
            own,
            beside=tuple(
                replace(row, gap=replace(row.gap, lower_ci=None, upper_ci=None))
                for row in own.beside
            ),
        )
        for sex, own in facts.published.by_sex.items()
    }
    without = replace(facts, published=replace(facts.published, by_sex=bare))
    assert "95% interval" not in columns(without)
