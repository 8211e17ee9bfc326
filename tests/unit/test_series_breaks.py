"""Where a publisher says that a series breaks, nothing is told or drawn across the break."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ineqlib as iq
from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.evaluate_project import design
from ineqlib.briefings.evaluate_project.asked import read_asked
from ineqlib.briefings.evaluate_project.results import evaluate
from ineqlib.briefings.evaluate_project.words import how_it_works
from ineqlib.charts.figure import Figure
from ineqlib.document.blocks import leaves, sentences
from ineqlib.facts import profile
from ineqlib.facts.breaks import tells_a_break
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.facts.rows import Row, read_rows
from ineqlib.facts.tier_series import breaks_in_words, read_tier_series
from ineqlib.narrative.sentence import sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build

HEADING = "area_code,area_name,indicator,period,value,lower_ci,upper_ci,note"
FIRST, BREAK, LAST = 2014, 2020, 2023
STOPS_FALLING = {year: 20.0 - (6.0 if year >= BREAK else 0.0) for year in range(FIRST, LAST + 1)}
"""Level but for a step with the new survey: told across it, smoking would have fallen."""
WORDS = "Break in series in 2020: not comparable with earlier years"


def pack_of(
    folder: Path,
    noted: range,
    words: str = WORDS,
    place: str = "Ashcombe",
    figures: dict[int, float] = STOPS_FALLING,
) -> Pack:
    """Make a pack of one indicator, whose figures of some years bear the note."""
    folder.mkdir(exist_ok=True)
    rows = [
        f"{code},{name},smoking_adults,{year},{value - less},{value - less - 1},{value - less + 1},"
        f'"{words if year in noted and name == place else ""}"'
        for code, name, less in (("E07000243", "Ashcombe", 0), ("E92000001", "England", 4))
        for year, value in figures.items()
    ]
    (folder / "downloads").mkdir()
    (folder / "downloads" / "own.csv").write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    build(folder / "downloads", folder / "pack", title="Broken")
    return open_pack(folder / "pack")


def trend_of(pack: Pack) -> Figure:
    [figure] = [
        leaf
        for leaf in leaves(open_briefing(pack, "Ashcombe").section("trends").blocks)
        if isinstance(leaf, Figure)
    ]
    return figure


@pytest.mark.parametrize(
    ("noted", "place"),
    [
        (range(BREAK, LAST + 1), "Ashcombe"),  # every figure since
        (range(BREAK, BREAK + 1), "Ashcombe"),  # the first one alone
        (range(FIRST, LAST + 1), "Ashcombe"),  # all of them: the note names the year
        (range(BREAK, LAST + 1), "England"),  # the country's alone: it is one series
    ],
)
def test_no_change_is_told_across_a_break(tmp_path: Path, noted: range, place: str) -> None:
    figure = trend_of(pack_of(tmp_path, noted, place=place))
    assert figure.labels.title == (
        "Adults who smoke: no clear change since 2020 (14.0% both times); England 10.0% both times"
    )
    assert "The series breaks with 2020, says its publisher" in figure.labels.note
    assert "20.0%" not in figure.labels.alt
    assert list(figure.table["Period"]) == [str(year) for year in STOPS_FALLING]


def test_the_line_stops_at_the_break_and_says_so(tmp_path: Path) -> None:
    drawing = trend_of(pack_of(tmp_path, range(BREAK, LAST + 1))).svg
    assert "series breaks" in drawing
    assert "no figure" not in drawing


def test_without_a_break_the_fall_is_told(tmp_path: Path) -> None:
    figure = trend_of(pack_of(tmp_path, range(0)))
    assert "20.0% to 14.0%" in figure.labels.title
    assert figure.labels.note == ""
    assert "series breaks" not in figure.svg


def test_a_break_at_the_newest_figure_leaves_that_alone(tmp_path: Path) -> None:
    figure = trend_of(pack_of(tmp_path, range(LAST, LAST + 1), "New definition"))
    assert figure.labels.title == "Adults who smoke: 14.0% in 2023"
    assert "Ashcombe: 14.0% in 2023." in figure.labels.alt


def test_a_question_about_a_trend_says_so_too(tmp_path: Path) -> None:
    answer = iq.trend(pack_of(tmp_path, range(BREAK, LAST + 1)), "smoking_adults", ["Ashcombe"])
    assert "14.0% in 2020, 14.0% in 2023: no clear change" in answer.sentence.text
    assert "The series breaks with 2020" in answer.figure.labels.note


def test_a_member_is_told_of_no_change_since_the_period_before_a_break(tmp_path: Path) -> None:
    """The step of the new survey is far beyond the intervals of the two years."""
    figures = {year: 20.0 - (6.0 if year == LAST else 0.0) for year in STOPS_FALLING}
    silent = pack_of(tmp_path / "silent", range(0), figures=figures)
    broken = pack_of(tmp_path / "broken", range(LAST, LAST + 1), figures=figures)
    for pack, is_told in ((silent, True), (broken, False)):
        section = open_briefing(pack, "Ashcombe", audience="member").section("last_year")
        words = " ".join(said.text for said in sentences(section.blocks))
        assert ("14% in 2023, 20% in 2022" in words) is is_told


@pytest.mark.parametrize(
    ("note", "is_break"),
    [
        ("There is a break in the time series", True),
        ("Series break", True),
        ("Figures are not directly comparable with those published for previous years", True),
        ("Discontinuity between 2019 and 2020", True),
        ("The definition has changed", True),
        ("Change in methodology from 2021", True),
        ("New method", True),
        ("Method changed; all years recalculated", False),
        ("Figures for all years use the new definition", False),
        ("Not comparable with figures of all earlier years", True),
        ("Not comparable with other areas", False),
        ("Interpret with caution - see Notes section in Definitions for details", False),
        ("Value suppressed due to incompleteness of source data", False),
        ("Aggregated from all known lower geography values", False),
        ("Schools break up in July", False),
    ],
)
def test_which_notes_tell_a_break(note: str, is_break: bool) -> None:
    assert tells_a_break(note) is is_break


def broken(read: Callable[..., list[Row]], year: str) -> Callable[..., list[Row]]:
    """Give the figures of one year a note that the series breaks with them."""

    def read_broken(*asked: Any) -> list[Row]:
        return [row._replace(note=WORDS) if row.period == year else row for row in read(*asked)]

    return read_broken


def test_no_run_leads_across_what_a_publisher_calls_a_break(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    smoking = indicator_named(demo_pack, "smoking_adults")
    monkeypatch.setattr(profile, "read_rows", broken(read_rows, "2020"))
    series = read_tier_series(demo_pack, "X07000001", smoking, "")
    assert series is not None
    of_labels = dict(zip(series.labels, series.panel.segments.tolist(), strict=True))
    assert of_labels["2018"] == of_labels["2019"] < of_labels["2020"] == of_labels["2021"]
    assert "The series breaks with 2020, says its publisher" in breaks_in_words(series)
    assert series.breaks == []


@pytest.mark.parametrize(
    ("year", "start", "before", "after"),
    [
        ("2017", "2021", ["2017", "2018", "2019", "2020"], ["2021", "2022", "2023"]),
        ("2022", "2020", ["2016", "2017", "2018", "2019"], ["2020", "2021"]),
    ],
)
def test_a_project_is_judged_by_the_years_that_go_on_with_each_other(
    demo_pack: Pack,
    monkeypatch: pytest.MonkeyPatch,
    year: str,
    start: str,
    before: list[str],
    after: list[str],
) -> None:
    monkeypatch.setattr(design, "read_rows", broken(read_rows, year))
    asked = read_asked(demo_pack, "X07000001", indicator="smoking_adults", start=start)
    made = design.read_design(demo_pack, asked)
    assert (list(made.before), list(made.after)) == (before, after)
    assert made.is_cut
    how = how_it_works(made, evaluate(demo_pack, made))
    assert "says that the series breaks" in sentence(how[0]).text


def test_a_break_at_the_start_of_a_project_leaves_nothing_to_judge(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(design, "read_rows", broken(read_rows, "2020"))
    asked = read_asked(demo_pack, "X07000001", indicator="smoking_adults", start="2020")
    with pytest.raises(design.CannotEvaluate, match=r"fewer than three figures .* series breaks"):
        design.read_design(demo_pack, asked)
