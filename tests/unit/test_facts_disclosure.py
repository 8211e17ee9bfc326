"""A pack that tells what it hides is caught, and the way there is named."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from ineqlib.areas import area_type
from ineqlib.cli import main
from ineqlib.errors import DisclosureError, ParameterError
from ineqlib.facts.disclosure.check import disclosure_risks
from ineqlib.observations import conform
from ineqlib.pack import Pack

from .revised_pack import revised

NAMES = {"X10000009": "Shire", "X07000001": "Ash", "X07000002": "Beech", "X07000003": "Cedar"}
FORMULA = '=HYPERLINK("x";"Dunhollow")'
DISTRICTS = list(NAMES)[1:]


def pack(rows: pd.DataFrame) -> Any:
    areas = pd.DataFrame(
        {
            "area_code": list(NAMES),
            "area_name": list(NAMES.values()),
            "area_type": [area_type(code) for code in NAMES],
            "parent_code": ["", *["X10000009"] * 3],
            "region_code": "",
            "country_code": "",
            "ended": False,
        }
    )
    rows["row"] = range(len(rows))
    return SimpleNamespace(areas=areas, observations=lambda: rows)


def observed(counts: dict[str, tuple[float, ...]], **changes: object) -> pd.DataFrame:
    """Write rows of persons, men and women for each area; NaN is suppressed."""
    rows = [
        {"area_code": code, "area_name": NAMES[code], "sex": sex, "count": count}
        for code, numbers in counts.items()
        for sex, count in zip(("Persons", "Male", "Female"), numbers, strict=False)
    ]
    start, end = pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31")
    frame = conform(pd.DataFrame(rows).assign(period_start=start, period_end=end))
    frame[["indicator_id", "period", "age", "unit"]] = ["falls", "2022", "65+", "per 1,000"]
    frame["denominator"] = 1000.0
    frame["value"] = frame["count"]
    frame["status"] = np.where(frame["count"].isna(), "suppressed", "ok")
    for column, value in changes.items():
        frame[column] = value
    return frame


NAN = np.nan
WHOLE = {"X10000009": (60.0,), "X07000001": (20.0,), "X07000002": (37.0,), "X07000003": (NAN,)}


def test_a_district_is_told_by_its_county() -> None:
    report = disclosure_risks(pack(observed(WHOLE)))
    [risk] = report.risks.to_dict("records")
    assert (risk["area_name"], risk["kind"], risk["lowest"], risk["highest"]) == (
        "Cedar", "exact", 3, 3
    )  # fmt: skip
    assert risk["because"] == "Shire = its 3 districts (row 0)"
    with pytest.raises(DisclosureError, match="1 hidden count can be worked out") as caught:
        report.require_none()
    assert "falls, Cedar, 2022, Persons (row 3): 3, from Shire" in str(caught.value)
    assert "Hide a further count" in str(caught.value)


def test_two_hidden_districts_protect_each_other() -> None:
    report = disclosure_risks(pack(observed(WHOLE | {"X07000002": (NAN,)})))
    assert report.risks.empty
    report.require_none()


def test_one_sex_is_told_by_the_other() -> None:
    sexes = {"X07000001": (12.0, 9.0, NAN), "X07000002": (20.0, NAN, NAN)}
    [risk] = disclosure_risks(pack(observed(sexes))).risks.to_dict("records")
    assert (risk["area_name"], risk["sex"], risk["lowest"]) == ("Ash", "Female", 3)
    assert risk["because"].startswith("Persons = Male + Female")


def test_a_small_count_is_told_by_its_rate_but_a_large_one_is_no_secret() -> None:
    rows = observed(WHOLE)
    rows["count"] = [60.0, 20.0, NAN, NAN]
    rows["status"], rows["value"] = "ok", [60.0, 20.0, 37.0, 3.0]
    rows.loc[0, "area_code"] = "X06000001"  # no county: the rate alone tells
    [risk] = disclosure_risks(pack(rows)).risks.to_dict("records")
    assert (risk["area_name"], risk["lowest"]) == ("Cedar", 3)
    assert risk["because"] == "its value x its denominator"


def test_a_rounded_rate_tells_a_small_count_as_well() -> None:
    rows = observed(WHOLE, denominator=812.0, status="ok")
    rows["count"] = [60.0, 20.0, NAN, NAN]
    rows["value"] = (np.array([60.0, 20.0, 37.0, 3.0]) / 0.812).round(1)
    rows.loc[0, "area_code"] = "X06000001"
    [risk] = disclosure_risks(pack(rows)).risks.to_dict("records")
    assert (risk["area_name"], risk["lowest"], risk["highest"]) == ("Cedar", 3, 3)


def test_a_standardised_rate_does_not_tell_its_count() -> None:
    rows = observed(WHOLE, value=[55.0, 23.0, 31.0, 4.0], status="ok")
    rows.loc[0, "area_code"] = "X06000001"
    assert disclosure_risks(pack(rows)).risks.empty


def test_sums_that_do_not_hold_are_left_out_and_counted() -> None:
    report = disclosure_risks(pack(observed(WHOLE | {"X10000009": (50.0,)})))
    assert report.risks.empty
    assert report.unused == 1
    assert "1 sum left out" in report.summary


def test_series_of_weighted_counts_are_said_to_be_unchecked() -> None:
    report = disclosure_risks(pack(observed(WHOLE | {"X07000001": (20.5,)})))
    [words] = report.unchecked
    assert words.startswith("falls, 2022: counts: 1 of 4 not a whole number")


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match="Did you mean 'fewer_than_5'"):
        disclosure_risks(pack(observed(WHOLE)), rule="fewer_than5")


def test_the_demonstration_pack_gives_nothing_away(demo_pack: Pack) -> None:
    report = disclosure_risks(demo_pack)
    assert report.hidden > 300
    assert (len(report.risks), report.unused, report.unchecked) == (0, 0, ())


def test_the_command_lists_what_it_finds_and_fails(demo_pack: Pack, tmp_path: Path) -> None:
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    rows = tables["observations"]
    one = rows["indicator_id"].eq("children_relative_poverty") & rows["area_code"].eq("X07000003")
    newest = one & rows["period_end"].eq(rows.loc[one, "period_end"].max())
    rows.loc[newest, ["value", "lower_ci", "upper_ci", "count"]] = np.nan
    rows.loc[newest, ["status", "note"]] = ["suppressed", "Small"]
    tables["areas"] = tables["areas"].replace({"area_name": {"Dunhollow": FORMULA}})
    rows["area_name"] = rows["area_name"].replace("Dunhollow", FORMULA)
    revised(demo_pack, tmp_path / "leaking", tables)
    out = tmp_path / "risks.csv"
    words = ["check", str(tmp_path / "leaking"), "--disclosure", "--out", str(out), "--quiet"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 6
    assert pd.read_csv(out)["area_name"].tolist() == [f"'{FORMULA}"], "no spreadsheet runs it"
    assert "1 hidden count can be worked out" in result.output
    assert "Traceback" not in result.output


def test_the_command_passes_a_pack_that_gives_nothing_away(small_pack: Pack) -> None:
    result = CliRunner().invoke(main, ["check", str(small_pack.path), "--disclosure", "--quiet"])
    assert result.exit_code == 0, result.output


def test_options_of_the_disclosure_check_need_it(demo_pack: Pack) -> None:
    result = CliRunner().invoke(main, ["check", str(demo_pack.path), "--rule", "hes"])
    assert result.exit_code == 2
    assert "--disclosure" in result.output
