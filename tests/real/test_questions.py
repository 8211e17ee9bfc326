"""The ten questions of the page on real figures, beside what plain pandas makes of them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ineqlib as iq
from ineqlib.pack import Pack

from ..docs.questions_page import answers, examples

EXAMPLES = {letter: code for letter, code in examples().items() if letter != "i"}
"""The pack of real files has no deaths by age for an area's own groups."""


@pytest.fixture(scope="module")
def made(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[iq.Answer]]:
    """What each example of the page answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("questions"))
        made = {letter: answers(code, pack) for letter, code in EXAMPLES.items()}
        table = pd.read_csv(Path("stevenage.csv"))
    pd.testing.assert_series_equal(table["value"], made["a"][0].frame["value"])
    return made


@pytest.fixture(scope="module")
def rows(pack: Pack) -> pd.DataFrame:
    return pack.table("observations")


def totals(rows: pd.DataFrame, indicator: str) -> pd.DataFrame:
    return rows[(rows["indicator_id"] == indicator) & (rows["dimension"] == "")]


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["period_end"] == rows["period_end"].max()]


def test_a_a_place_beside_others(made, rows) -> None:
    [answer] = made["a"]
    of = totals(rows, "life_expectancy")
    for name in ("Stevenage", "England"):
        theirs = of[(of["area_name"] == name) & (of["sex"] == "Male")].sort_values("period_start")
        theirs = theirs[(theirs["period_end"] - theirs["period_start"]).dt.days > 1000]
        ours = answer.frame[(answer.frame["area_name"] == name) & (answer.frame["sex"] == "Male")]
        assert ours["value"].tolist() == theirs["value"].tolist()
    assert any(note.startswith("Hertfordshire") for note in answer.notes)
    assert "Hertfordshire" not in set(answer.frame["area_name"])


def test_b_the_widest_gap(made, rows, pack: Pack) -> None:
    [answer] = made["b"]
    codes = [area.code for area in pack.districts("Hertfordshire")]
    of = newest(totals(rows, "life_expectancy_inequality"))
    of = of[of["area_code"].isin(codes) & (of["sex"] == "Male")].sort_values("value")
    assert answer.frame["value"].tolist() == of["value"].tolist()[::-1]
    assert of["area_name"].iloc[-1] in str(answer.sentence)


def test_c_the_slope_of_every_period(made, rows) -> None:
    [answer] = made["c"]
    of = rows[
        (rows["indicator_id"] == "life_expectancy")
        & (rows["area_name"] == "England")
        & (rows["dimension"] == "national_deprivation_decile:imd2019")
        & (rows["sex"] == "Male")
    ]
    middle = (np.arange(10) + 0.5) / 10
    slopes = {
        end: np.polyfit(middle, groups.sort_values("subgroup_order")["value"], 1)[0]
        for end, groups in of.groupby("period_end")
    }
    assert answer.frame["sii"].tolist() == pytest.approx(list(slopes.values()))
    assert any("p = " in note for note in answer.notes)
    assert any("equally large" in note for note in answer.notes)


def test_d_current_districts(made, rows, pack: Pack) -> None:
    answer = made["d"][0]
    districts = pack.current("districts")
    assert not districts["ended"].any()
    of = newest(totals(rows, "smoking_adults"))
    of = of[of["area_code"].isin(districts["area_code"])].dropna(subset="value")
    ours = answer.frame.set_index("area_code")["value"]
    assert ours.to_dict() == of.set_index("area_code")["value"].to_dict()
    small = made["d"][1] if len(made["d"]) > 1 else iq.map(pack, "deprivation", "Stevenage")
    assert len(small.frame) == len(pack.small_areas("Stevenage", "iod2025"))


def test_e_what_got_worse_in_hull(made, rows) -> None:
    [answer] = made["e"]
    first = answer.frame.iloc[0]
    assert first["verdict"] == "worse"
    of = totals(rows, first["indicator_id"])
    hull = of[(of["area_name"] == "Kingston upon Hull") & (of["sex"] == first["sex"])]
    values = dict(zip(hull["value"].round(6), hull["period_end"], strict=False))
    assert {round(first["first"], 6), round(first["last"], 6)} <= values.keys()
    silent = answer.frame["recent_trend"] == "cannot be calculated"
    assert silent.any()
    assert (answer.frame.loc[silent, "would_help"] != "").all()


def test_f_areas_like_walsall(made, rows, pack: Pack) -> None:
    [answer] = made["f"]
    near = pack.neighbours("Walsall")
    assert "economic" in near.method
    assert any(near.method in note for note in answer.notes)
    of = newest(totals(rows, "smoking_adults")).set_index("area_name")["value"]
    names = [pack.area(code).name for code in near.codes]
    known = of[of.index.isin(names)]
    better = (known < of["Walsall"]).sum()
    assert str(answer.sentence).startswith(f"Adults who smoke, 2024: {better} of the {len(known)}")


def test_g_a_million_pounds(made, pack: Pack) -> None:
    [answer] = made["g"]
    small = pack.table("small_areas")
    small = small[small["index"] == "imd2019"]  # the newest whose file has people
    people = small.groupby("area_code")["population"].sum()[answer.frame["area_code"]].to_numpy()
    assert answer.frame["population"].tolist() == people.tolist()
    score = pack.area_deprivation().set_index("area_code")["average_score"]
    weight = people * score[answer.frame["area_code"]].to_numpy()
    for column, share in (("flat", people), ("by_need", weight)):
        assert answer.frame[column].sum() == 1_000_000
        exact = 1_000_000 * share / share.sum()
        assert np.abs(answer.frame[column].to_numpy() - exact).max() < 1


def test_h_liverpool_beside_similar_areas(made, rows, pack: Pack) -> None:
    [answer] = made["h"]
    of = totals(rows, "smoking_adults")
    table = of.pivot(index="area_code", columns="period_end", values="value")
    years = table.columns.year
    before, after = table.columns[years <= 2019][-5:], table.columns[years > 2019][:5]
    table = table[[*before, *after]].dropna()
    moved = table[after].mean(axis=1) - table[before].mean(axis=1)
    effects = {}
    for code in set(pack.current("districts")["area_code"]) & set(moved.index):
        near = [other for other in pack.neighbours(code).codes if other in moved.index]
        if len(near) >= 5:
            effects[code] = moved[code] - moved[near].mean()
    liverpool = effects[pack.area("Liverpool").code]
    [effect] = [fact for fact in answer.facts if fact.id.startswith("moved-beyond-similar")]
    [placebo] = [fact for fact in answer.facts if fact.id.startswith("placebo")]
    assert effect.value == pytest.approx(liverpool)
    rate = (pd.Series(effects).abs() >= abs(liverpool) - 1e-12).mean()
    assert placebo.value == pytest.approx(100 * rate)
