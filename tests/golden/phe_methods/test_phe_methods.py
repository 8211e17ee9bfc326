"""Our numbers against those published with PHE's own methods (see ORIGIN.md)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib import measures
from ineqlib.errors import InputError
from ineqlib.measures import ESP2013, rii, sii

pytestmark = pytest.mark.real

LEVELS = {"95_0": 0.95, "99_8": 0.998}


@pytest.fixture(scope="module")
def folder(real_data) -> Path:
    return real_data / "phe_methods_reference"


def sheet(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(next(folder.glob(f"{name}.csv*")), encoding="utf-8")


def agrees(measure, data: tuple, published: pd.Series | pd.DataFrame, multiplier=None) -> None:
    """Hold value and limits at both levels against a published row, or a row per value."""
    scale = {} if multiplier is None else {"multiplier": multiplier}
    for suffix, confidence in LEVELS.items():
        columns = ["value", f"lower{suffix}cl", f"upper{suffix}cl"]
        expected = published[columns].to_numpy(dtype=float)
        if np.isnan(expected).any():  # no limits published at this level
            continue
        found = measure(*data, **scale, confidence=confidence)
        assert_allclose(
            np.stack([found.value, found.lower, found.upper], axis=-1), expected, rtol=1e-9
        )


def test_byar_and_wilson(folder):
    rows = sheet(folder, "xlsx_Byars_Wilson__testdata_B_W").fillna({"lowercl": 0})
    for row in rows.itertuples():
        confidence = float(row.confidence.rstrip("%")) / 100
        if row.method == "Byars":
            found = measures.byar_interval(row.x, confidence=confidence)
        else:
            found = measures.wilson_interval(row.x, row.n, confidence=confidence)
        assert_allclose(found, (row.lowercl, row.uppercl), rtol=1e-9)


COUNTED = {
    "Proportion__testdata_Prop": measures.proportion,
    "Rate__testdata_Rate": measures.crude_rate,
}


@pytest.mark.parametrize(("name", "measure"), COUNTED.items())
def test_proportions_and_crude_rates(folder, name, measure):
    rows = sheet(folder, f"xlsx_{name}").dropna(subset=["value"])
    assert len(rows) >= 16
    for multiplier, part in rows.groupby("multiplier"):
        agrees(measure, (part["Numerator"], part["Denominator"]), part, multiplier)


@pytest.mark.parametrize(("name", "measure"), COUNTED.items())
def test_proportions_and_crude_rates_of_areas_added_up(folder, name, measure):
    rows = sheet(folder, f"xlsx_{name}_g").dropna(subset=["value"])
    assert len(rows) >= 8
    for row in rows.itertuples():
        confidence = float(row.confidence.rstrip("%")) / 100
        found = measure(
            row.Numerator, row.Denominator, multiplier=row.multiplier, confidence=confidence
        )
        assert_allclose(
            [found.value, found.lower, found.upper],
            [row.value, row.lowercl, row.uppercl],
            rtol=1e-9,
        )


@pytest.mark.parametrize("area", ["testdata_big", "testdata_small"])
@pytest.mark.parametrize("multiplier", [10_000, 100_000])
def test_dsr(folder, area, multiplier):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").query("area == @area")
    rows = sheet(folder, "xlsx_DSR_ISR__testresults_DSR").set_index(["area", "statistic"])
    row = rows.loc[(area, f"dsr per {multiplier}")]
    agrees(measures.dsr, (bands["count"], bands["pop"], ESP2013), row, multiplier)


def test_dsr_with_a_standard_of_its_own(folder):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_1976")
    rows = sheet(folder, "xlsx_DSR_ISR__testresults_DSR").set_index(["area", "statistic"])
    row = rows.loc[("testdata_1976", "dsr per 100000")].copy()
    row[["lower99_8cl", "upper99_8cl"]] /= 10  # see ORIGIN.md
    agrees(measures.dsr, (bands["count"], bands["pop"], bands["esp1976"]), row)


def test_dsr_of_fewer_than_ten_events(folder):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").query("area == 'testdata_tiny'")
    with pytest.raises(InputError, match="never taken as zero"):
        measures.dsr(bands["count"], bands["pop"], ESP2013)
    assert np.isnan(measures.dsr(bands["count"].fillna(0), bands["pop"], ESP2013).value)


def test_isr_and_smr(folder):
    data = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea")
    reference = sheet(folder, "xlsx_DSR_ISR__refdata")
    rows = sheet(folder, "xlsx_DSR_ISR__testresults_ISR")
    rows = rows[rows["area"].str.startswith("testdata")]
    assert len(rows) == 12
    for _, row in rows.iterrows():
        bands = data[data["area"] == row["area"]]
        measure = measures.isr if "rate" in row["statistic"] else measures.smr
        multiplier = float(row["statistic"].rsplit(" ", 1)[1])
        # One band's count is missing; their answer is that of a zero (see ORIGIN.md).
        arrays = (
            bands["count"].fillna(0),
            bands["pop"],
            reference["refcount"],
            reference["refpop"],
        )
        agrees(measure, arrays, row, multiplier)


def test_means(folder):
    data = sheet(folder, "xlsx_Mean__testdata_Mean")
    rows = sheet(folder, "xlsx_Mean__testdata_Mean_results").set_index("area")
    for area, row in rows.iterrows():
        values = data["values"] if area == "No grouping" else data.query("area == @area")["values"]
        agrees(measures.sample_mean, (values,), row)


def test_quantiles(folder):
    data = sheet(folder, "xlsx_Quantiles__testdata_Quantiles").dropna(subset=["QuantileInGrp"])
    kinds = {  # sheet's name: quantiles, and the columns that make a set of areas
        "Decile": (10, ["IndSexRef", "ParentCode"]),
        "Septile": (7, ["IndSexRef"]),
        "Quartile": (4, []),
    }
    ways = set()
    for name, (k, columns) in kinds.items():
        rows = data[data["QuantileNm"] == name]
        sets = [part for _, part in rows.groupby(columns)] if columns else [rows]
        for areas in sets:
            first = areas.loc[areas["RankinGrp"].idxmin(), "Value"]
            way = "highest" if first == areas["Value"].max() else "lowest"
            found = measures.assign_quantiles(areas["Value"], k, most_deprived=way)
            assert found.tolist() == areas["QuantileInGrp"].tolist(), (name, way)
            ways.add(way)
    assert ways == {"highest", "lowest"}


def slope_cases(folder: Path) -> list[pd.DataFrame]:
    """Groups of the SII sheet whose answer is published, most deprived group first."""
    data = sheet(folder, "xlsx_SII__testdata_SII")
    keys = ["TestDescription", "Area"]
    cases = [part for _, part in data.groupby(keys, sort=False) if part["sii"].notna().any()]
    assert len(cases) == 44
    assert all(case["Quantile"].is_monotonic_increasing for case in cases)
    return cases


def test_slope_and_relative_indices(folder):
    for case in slope_cases(folder):
        first = case.iloc[0]
        kind = first["TestDescription"]
        scale = "log" if "log transform" in kind else "logit" if "logit" in kind else "linear"
        error = own_unit_error(case)
        turned = -1 if "-100" in kind or "negative multiplier" in kind else 1
        times = 100 * turned if "100)" in kind else turned
        slope, relative = (
            measure(case["Value"], case["Population"], se=error, scale=scale)
            for measure in (sii, rii)
        )
        assert_allclose(slope.value * times, first["sii"], rtol=1e-9, err_msg=kind)
        if not np.isnan(first["rii"]):
            assert_allclose(relative.value**turned, first["rii"], rtol=1e-9, err_msg=kind)


def test_exact_limits_are_what_a_hundred_thousand_simulations_come_near(folder):
    """Where both are of the same thing: values with normal errors, and the log and logit scales."""
    compared = 0
    for case in slope_cases(folder):
        first = case.iloc[0]
        kind = first["TestDescription"]
        same_thing = "default" in kind.split(" ")[0] or "transform" in kind
        if not same_thing or "negative" in kind or np.isnan(first["sii_lowercl_1"]):
            continue
        scale = "log" if "log transform" in kind else "logit" if "logit" in kind else "linear"
        level = 0.98 if "98%" in kind and "95%" not in kind else 0.99 if "99%" in kind else 0.95
        for name, measure in (("sii", sii), ("rii", rii)):
            expected = first[[f"{name}_lowercl_1", f"{name}_uppercl_1"]].to_numpy(dtype=float)
            if np.isnan(expected).any():
                continue
            found = measure(
                case["Value"],
                case["Population"],
                se=own_unit_error(case),
                scale=scale,
                confidence=level,
            )
            near = 0.02 * np.ptp(expected)
            assert_allclose([found.lower, found.upper], expected, atol=near, rtol=0, err_msg=kind)
            compared += 1
    assert compared >= 30


def own_unit_error(case: pd.DataFrame) -> np.ndarray:
    """Standard errors of values, where the sheet has those of their logs (rates) or logits."""
    value, error = case["Value"].to_numpy(), case["StandardError"].to_numpy()
    kind = case["ValueType"].iloc[0]
    if kind == 1:
        return error * value
    return error * value * (1 - value) if kind == 2 else error


@pytest.fixture(scope="module")
def life_expectancy(folder) -> pd.DataFrame:
    """Areas and sexes with all ten tenths, in order."""
    rows = sheet(folder, "LE_by_la_decile_sex").dropna()
    whole = rows.groupby(["GeoCode", "Sex"])["Decile"].transform("size") == 10
    return rows[whole].sort_values(["GeoCode", "Sex", "Decile"])


def tenths(rows: pd.DataFrame, column: str) -> np.ndarray:
    return rows[column].to_numpy(dtype=float).reshape(-1, 10)


def test_englands_published_slope_index(life_expectancy):
    for sex, published in ((1, 9.3), (2, 7.3)):
        england = life_expectancy["GeoCode"] == "England"
        rows = life_expectancy[england & (life_expectancy["Sex"] == sex)]
        assert round(float(sii(rows["LifeExp"], rows["Pop"]).value), 1) == published


def test_every_area_in_one_call_equals_least_squares_area_by_area(life_expectancy):
    value, people = tenths(life_expectancy, "LifeExp"), tenths(life_expectancy, "Pop")
    assert len(value) > 600
    found = sii(value, people, se=tenths(life_expectancy, "SE")).value
    relative = rii(value, people).value
    for row in range(len(value)):
        share = people[row] / people[row].sum()
        rank = np.cumsum(share) - share / 2
        weight = np.sqrt(share)
        design = np.column_stack([weight, weight * rank])
        (start, slope), *_ = np.linalg.lstsq(design, weight * value[row], rcond=None)
        assert_allclose(found[row], slope, rtol=0, atol=1e-9)
        assert_allclose(relative[row], (start + slope) / start, rtol=0, atol=1e-9)


def test_obesity_by_tenth_keeps_its_published_limits(folder):
    rows = sheet(folder, "NCMP_england_by_decile")
    found = measures.proportion(rows["Count"], rows["Measured"])
    expected = rows[["Rate", "LCL", "UCL"]].to_numpy()
    assert_allclose(np.stack([found.value, found.lower, found.upper], axis=-1), expected, rtol=1e-6)
