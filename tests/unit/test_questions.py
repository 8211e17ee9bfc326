"""Each answer beside what plain pandas makes of the same rows, and beside the briefing."""

import re
import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd
import pytest

import ineqlib as iq
from ineqlib.charts.figure import page_html
from ineqlib.errors import ParameterError, UnknownArea, UnknownIndicator
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.pack import Pack
from ineqlib.questions.names import period_of
from ineqlib.questions.what_changed import _pace, _unchanging

from .revised_pack import revised

HERE = "Brackenhythe"
COUNTY = "Wendlemere"


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> AreaFacts:
    """What a briefing tells of the area."""
    profile = read_profile(demo_pack, HERE, comparators=list(COMPARATORS), indicator_set="marmot")
    return area_facts(profile)


@pytest.fixture(scope="module")
def rows(demo_pack: Pack) -> pd.DataFrame:
    return demo_pack.table("observations")


def told(answer: iq.Answer, facts: AreaFacts) -> None:
    """Hold the answer's facts against the briefing's of the same ids."""
    same = [fact for fact in answer.facts if fact.id in facts.table]
    assert same
    assert [fact for fact in same if facts.table[fact.id] != fact] == []


def test_a_trend_is_the_published_rows(demo_pack: Pack, facts: AreaFacts, rows) -> None:
    answer = iq.trend(demo_pack, "adults who smoke", [HERE, "Lindermark"])
    whole = rows[(rows["indicator_id"] == "smoking_adults") & (rows["dimension"] == "")]
    for name in (HERE, "Lindermark"):
        theirs = whole[whole["area_name"] == name].sort_values("period_end")
        ours = answer.frame[answer.frame["area_name"] == name]
        assert ours["value"].tolist() == theirs["value"].tolist()
        assert ours["row"].tolist() == theirs["row"].tolist()
    assert answer.frame.dtypes[["value", "lower_ci", "upper_ci"]].eq("float64").all()
    told(answer, facts)


def test_places_without_a_figure_are_named(demo_pack: Pack, rows) -> None:
    with_figures = set(rows.loc[rows["indicator_id"] == "attainment_8", "area_name"])
    assert HERE not in with_figures
    answer = iq.trend(demo_pack, "attainment_8", [HERE, COUNTY])
    assert any(HERE in note for note in answer.notes)
    assert set(answer.frame["area_name"]) == {COUNTY}
    with pytest.raises(ParameterError, match=f"{HERE}.*It has some for .*utla"):
        iq.trend(demo_pack, "attainment_8", HERE)


def test_a_sex_is_asked_for_in_plain_words(demo_pack: Pack) -> None:
    both = iq.trend(demo_pack, "life expectancy", HERE)
    assert set(both.frame["sex"]) == {"Male", "Female"}
    assert any("apart" in note for note in both.notes)
    women = iq.trend(demo_pack, "life expectancy", HERE, sex="women")
    assert set(women.frame["sex"]) == {"Female"}
    with pytest.raises(ParameterError, match=r"sex 'Persons'\. It has 'Male', 'Female'"):
        iq.trend(demo_pack, "life expectancy", HERE, sex="everybody")


def test_areas_stand_in_the_order_of_their_figures(demo_pack: Pack, facts: AreaFacts, rows) -> None:
    answer = iq.compare(demo_pack, "smoking_adults", HERE)
    whole = rows[(rows["indicator_id"] == "smoking_adults") & (rows["dimension"] == "")]
    newest = whole[
        (whole["period_end"] == whole["period_end"].max()) & (whole["area_type"] == "lad")
    ]
    order = newest.sort_values(["value", "area_name"], ascending=[False, True])
    assert answer.frame["area_name"].tolist() == order["area_name"].tolist()
    own = newest.loc[newest["area_name"] == HERE, "value"].item()
    [place] = answer.frame.loc[answer.frame["area_name"] == HERE, "rank"]
    assert place == 1 + (newest["value"] > own).sum()
    assert f"place {place} of {len(newest)}" in str(answer.sentence)
    told(answer, facts)


def test_similar_areas_are_the_briefings(demo_pack: Pack, facts: AreaFacts) -> None:
    answer = iq.compare(demo_pack, "smoking_adults", HERE, beside="similar")
    near, method = facts.profile.neighbours, facts.profile.neighbour_method
    assert set(answer.frame["area_code"]) == {*near, facts.profile.area.code}
    assert any(method in note for note in answer.notes)
    own = answer.frame.loc[answer.frame["area_name"] == HERE, "value"].item()
    assert answer.frame["better"].sum() == (answer.frame["value"] < own).sum()
    told(answer, facts)


def test_gaps_inside_are_each_briefings(demo_pack: Pack, facts: AreaFacts) -> None:
    answer = iq.rank(demo_pack, "life expectancy", COUNTY, by="gap inside")
    assert set(answer.frame["area_name"]) == {a.name for a in demo_pack.districts(COUNTY)}
    assert answer.frame["value"].is_monotonic_decreasing
    gap = {(one.indicator.id, one.sex): one.gap for one in facts.inside}
    mine = gap.get(("life_expectancy", "Male")) or gap["life_expectancy_inequality", "Male"]
    [here] = [fact for fact in answer.facts if fact.id == mine.id]
    assert here == mine


def test_a_rank_by_value_is_pandas(demo_pack: Pack, rows) -> None:
    answer = iq.rank(demo_pack, "employment rate", COUNTY)
    codes = [area.code for area in demo_pack.districts(COUNTY)]
    of = rows[(rows["indicator_id"] == "employment_rate") & (rows["dimension"] == "")]
    newest = of[of["area_code"].isin(codes) & (of["period_end"] == of["period_end"].max())]
    lowest = newest.sort_values("value")
    assert answer.frame["value"].tolist() == lowest["value"].tolist(), "low is worse"
    assert str(answer.sentence).count(lowest["area_name"].iloc[0]) == 1


def test_a_slope_over_the_years_is_least_squares(demo_pack: Pack, rows) -> None:
    answer = iq.gradient(demo_pack, "life expectancy", HERE, sex="men", by_period=True)
    of = rows[
        (rows["indicator_id"] == "life_expectancy")
        & (rows["area_name"] == HERE)
        & (rows["sex"] == "Male")
        & rows["dimension"].str.startswith("local")
    ]
    for period in answer.frame.itertuples():
        groups = of[of["period_end"] == period.period_end].sort_values("subgroup_order")
        share = groups["denominator"].to_numpy() / groups["denominator"].sum()
        middle = np.cumsum(share) - share / 2
        slope, _ = np.polyfit(middle, groups["value"].to_numpy(), 1, w=np.sqrt(share))
        assert period.sii == pytest.approx(slope)
    assert len(answer.frame) == of["period_end"].nunique()
    assert "change" in str(answer.sentence)


def test_a_gradient_is_the_briefings(demo_pack: Pack, facts: AreaFacts) -> None:
    told(iq.gradient(demo_pack, "life expectancy", HERE, sex="women"), facts)


def test_a_map_has_current_districts_alone(demo_pack: Pack, rows) -> None:
    answer = iq.map(demo_pack, "smoking_adults")
    current = demo_pack.areas[~demo_pack.areas["ended"] & (demo_pack.areas["area_type"] == "lad")]
    assert set(answer.frame["area_code"]) == set(current["area_code"])
    assert answer.figure.svg.count("data-code=") == len(current)
    inside = iq.map(demo_pack, "deprivation", HERE)
    assert len(inside.frame) == len(demo_pack.small_areas(HERE))


def test_what_changed_is_the_briefings_changes(demo_pack: Pack, facts: AreaFacts) -> None:
    answer = iq.what_changed(demo_pack, HERE)
    known = {
        (each.indicator.id, each.series.sex): each for each in facts.comparisons if each.change
    }
    assert len(answer.frame) == len(known)
    for row in answer.frame.itertuples():
        change = known[row.indicator_id, row.sex].change
        assert change is not None
        assert (row.direction, row.difference) == (change.direction, change.difference.value)
    clear = answer.frame[answer.frame["verdict"] == "worse"]
    assert clear["pace"].is_monotonic_decreasing
    silent = answer.frame["recent_trend"] == "cannot be calculated"
    assert silent.any()
    assert (answer.frame.loc[silent, "would_help"] != "").all()
    told(answer, facts)


def test_a_change_without_a_side_has_a_size_alone(facts: AreaFacts) -> None:
    falling = next(
        each
        for each in facts.comparisons
        if each.change and each.change.difference.value < 0 and _pace(each, each.change)
    )
    paces = {}
    for polarity in ("favourable", "adverse", "neutral"):
        indicator = replace(falling.indicator, polarity=polarity)
        beside = replace(falling, series=replace(falling.series, indicator=indicator))
        paces[polarity] = _pace(beside, falling.change)
    worse, better, neither = (pace.value for pace in paces.values())
    assert worse == -better == neither > 0
    assert "for the worse" in paces["adverse"].method
    assert "its size alone" in paces["neutral"].method


def test_figures_without_a_change_are_counted_by_why() -> None:
    def series(*known: bool) -> SimpleNamespace:
        rows = [SimpleNamespace(has_value=has_value) for has_value in known]
        return SimpleNamespace(of=lambda _: rows)

    shown = [series(True), series(True, False), series(False), series(True, True), series()]
    assert _unchanging(shown, []) == [
        "1 figure is known for no period: withheld or not available.",
        "2 figures are known for one period alone.",
        "1 figure is known for no two periods of the last ten years that share no year.",
    ]


def test_a_figure_of_changes_heads_its_rows_by_what_they_are(demo_pack: Pack) -> None:
    assert iq.what_changed(demo_pack, HERE).figure.table.columns[0] == "Indicator"


@pytest.mark.parametrize("question", [iq.rank, iq.map])
def test_men_and_women_are_said_to_be_published_apart(demo_pack: Pack, question) -> None:
    assert any(
        "published for men and women apart" in note
        for note in question(demo_pack, "life expectancy").notes
    )
    women = question(demo_pack, "life expectancy", sex="women")
    assert not any("apart" in note for note in women.notes)


@pytest.mark.parametrize("option", [{"sex": "women"}, {"period": 2019}])
def test_neighbourhoods_have_no_sex_or_period_to_choose(demo_pack: Pack, option) -> None:
    with pytest.raises(ParameterError, match=f"leave out {next(iter(option))}="):
        iq.map(demo_pack, "deprivation", HERE, **option)


def test_a_period_over_the_turn_of_a_century_is_understood() -> None:
    periods = ("1998 to 1999", "1999 to 2000")
    rows = [SimpleNamespace(period=text, period_end=text) for text in periods]
    assert period_of(rows, "1999/00") == "1999 to 2000"


def test_a_map_says_why_an_area_has_no_figure(demo_pack: Pack, tmp_path: Path) -> None:
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    known = tables["observations"]
    hidden = (known["indicator_id"] == "smoking_adults") & (known["area_name"] == HERE)
    figures = ["value", "lower_ci", "upper_ci", "count"]
    tables["observations"] = known.assign(
        status=known["status"].mask(hidden, "suppressed"),
        **{name: known[name].mask(hidden) for name in figures},
    )
    answer = iq.map(revised(demo_pack, tmp_path / "pack", tables), "smoking_adults")
    assert answer.figure.table.to_numpy().tolist()[-1] == [HERE, "[c]", "[z]"]


def test_changes_since_a_year_use_no_earlier_period(demo_pack: Pack) -> None:
    answer = iq.what_changed(demo_pack, HERE, since=2019)
    assert answer.frame["first_period"].str[:4].astype(int).min() >= 2019


def test_parts_of_the_gap_of_men_are_their_own(demo_pack: Pack, facts: AreaFacts) -> None:
    ages = {}
    for sex in ("Male", "Female", None):
        frame = iq.decompose(demo_pack, HERE, sex=sex).frame
        of_age = frame.loc[frame["by"] == "age", "value"]
        gap = frame.loc[frame["by"] == "whole gap", "value"].item()
        assert of_age.sum() == pytest.approx(gap)
        ages[sex] = gap
    assert len(set(ages.values())) == 3
    assert facts.by_age is not None
    assert ages[None] == facts.by_age.gap.value


def test_a_difference_of_differences_is_pandas(demo_pack: Pack, rows) -> None:
    answer = iq.before_after(demo_pack, "smoking_adults", HERE, 2019)
    area = demo_pack.area(HERE)
    whole = rows[(rows["indicator_id"] == "smoking_adults") & (rows["dimension"] == "")]
    table = whole.pivot(index="area_code", columns="period_end", values="value")
    years = table.columns.year
    sides = {"before": table.columns[years <= 2019][-5:], "after": table.columns[years > 2019][:5]}
    moved = table[sides["after"]].mean(axis=1) - table[sides["before"]].mean(axis=1)
    effects = {
        code: moved[code] - moved[list(demo_pack.neighbours(code).codes)].mean()
        for code in demo_pack.current("districts")["area_code"]
    }
    [effect] = [fact for fact in answer.facts if "moved-beyond-similar" in fact.id]
    [placebo] = [fact for fact in answer.facts if fact.id.startswith("placebo")]
    assert effect.value == pytest.approx(effects[area.code])
    as_far = pd.Series(effects).abs() >= abs(effects[area.code]) - 1e-12
    assert placebo.value == pytest.approx(100 * as_far.mean())
    with pytest.raises(ParameterError, match="no period before the end of 1980"):
        iq.before_after(demo_pack, "smoking_adults", HERE, 1980)


def test_money_adds_up_and_follows_people_or_need(demo_pack: Pack) -> None:
    frame = iq.share_out(demo_pack, 1_000_001, COUNTY, need="smoking_adults").frame
    assert frame["flat"].sum() == frame["by_need"].sum() == 1_000_001
    flat = 1_000_001 * frame["population"] / frame["population"].sum()
    weight = frame["population"] * frame["need"]
    assert (frame["flat"] - flat).abs().max() < 1
    assert (frame["by_need"] - 1_000_001 * weight / weight.sum()).abs().max() < 1
    with pytest.raises(ParameterError, match="not more need"):
        iq.share_out(demo_pack, 100, COUNTY, need="employment_rate")


def test_names_keep_their_capitals_inside_a_line(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = replace(iq.load_catalogue()["smoking_adults"], public_name="Duties under the 2017 Act")
    monkeypatch.setattr("ineqlib.questions.share_out.indicator_of", lambda *_: named)
    answer = iq.share_out(demo_pack, 1_000, COUNTY, need=named.id)
    assert "need is duties under the 2017 Act (%)" in answer.figure.html


def test_near_misses_are_offered_and_several_listed(demo_pack: Pack) -> None:
    with pytest.raises(UnknownArea, match="Did you mean 'Brackenhythe'"):
        iq.trend(demo_pack, "smoking_adults", "Brackenhyte")
    with pytest.raises(UnknownIndicator, match=r"smoking_at_delivery .*smoking_adults "):
        iq.trend(demo_pack, "smoke", HERE)
    with pytest.raises(UnknownIndicator, match="Did you mean 'smoking_adults'"):
        iq.trend(demo_pack, "smokin_adults", HERE)
    with pytest.raises(UnknownIndicator, match="no file of the pack brought its figures"):
        iq.trend(demo_pack, "worthwhile", HERE)


def test_the_template_says_where_there_are_no_groups_and_goes_on(
    demo_pack: Pack, repo: Path
) -> None:
    book = nbformat.read(repo / "notebooks" / "my_question.ipynb", as_version=4)
    *_, last = [cell.source for cell in book.cells if cell.cell_type == "code"]
    asked = {"iq": iq, "pack": demo_pack, "indicator": "fuel_poverty", "area": HERE}
    shown = eval(last, asked)
    assert "no figures of Households" in shown._repr_mimebundle_()["text/html"]
    assert eval(last, asked | {"indicator": "life_expectancy"}).facts
    with pytest.raises(UnknownArea):
        eval(last, asked | {"area": "Brackenhyte"})


def test_an_answer_is_saved_in_each_form(demo_pack: Pack, tmp_path: Path) -> None:
    answer = iq.rank(demo_pack, "smoking_adults", COUNTY)
    for suffix in ("svg", "png", "csv", "html"):
        answer.save(tmp_path / f"answer.{suffix}")
        assert (tmp_path / f"answer.{suffix}").stat().st_size > 500
    again = pd.read_csv(tmp_path / "answer.csv")
    assert again["value"].tolist() == answer.frame["value"].tolist()
    page = (tmp_path / "answer.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert str(answer.sentence).split(":")[0] in page
    with pytest.raises(ParameterError, match=r"\.svg or .*\.html"):
        answer.save(tmp_path / "answer.pdf")


def test_its_code_makes_the_answer_again(demo_pack: Pack) -> None:
    answers = [
        iq.trend(demo_pack, "smoking_adults", [HERE, COUNTY]),
        iq.compare(demo_pack, "smoking_adults", HERE, beside="similar", period=2022),
        iq.rank(demo_pack, "life_expectancy", COUNTY, by="gap inside", sex="women"),
        iq.gradient(demo_pack, "life_expectancy", HERE, by_period=True),
        iq.what_changed(demo_pack, HERE, since=2018),
        iq.share_out(demo_pack, 500, COUNTY),
    ]
    for answer in answers:
        *before, call = answer.code.splitlines()
        scope: dict[str, object] = {}
        exec("\n".join(before), scope)
        again = eval(call, scope)
        assert str(again.sentence) == str(answer.sentence)
        pd.testing.assert_frame_equal(again.frame, answer.frame)
    assert len(answers[0].code.splitlines()) <= 3


def test_questions_wait_for_no_notebook() -> None:
    slow = ("IPython", "altair", "ipywidgets", "vl_convert")
    code = f"import ineqlib, sys; ineqlib.trend; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_more_neighbourhoods_than_can_be_told_apart_are_not_mapped(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ineqlib.questions.small_areas.MOST", 10)
    with pytest.raises(ParameterError, match=r"has \d+ neighb.* Name a county or a district"):
        iq.map(demo_pack, "deprivation", HERE)


def test_in_a_notebook_the_finding_is_seen_once_and_its_page_has_the_title_too(
    demo_pack: Pack,
) -> None:
    answer = iq.compare(demo_pack, "life_expectancy", "Ambersea")
    bundle = answer._repr_mimebundle_()
    seen = re.sub(r"<svg.*?</svg>|<table.*?</table>", "", bundle["text/html"], flags=re.DOTALL)
    seen = re.sub(r"<h3 hidden>.*?</h3>", "", seen)
    told = "is at place 4 of 35"
    assert re.sub(r"<[^>]*>", "", seen).count(told) == 1
    assert told in re.search(r'role="img" aria-label="([^"]*)"', bundle["text/html"]).group(1)
    assert f"<h3>{escape(answer.figure.labels.title)}</h3>" in page_html(bundle)
