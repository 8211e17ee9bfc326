"""Our numbers against those published with PHE's own methods (see ORIGIN.md)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib import measures
from ineqlib.errors import InputError
from ineqlib.measures import ESP2013

pytestmark = pytest.mark.real

BANDS = ESP2013.bands
LEVELS = {"95_0": 0.95, "99_8": 0.998}


@pytest.fixture(scope="module")
def folder(real_data) -> Path:
    return real_data / "phe_methods_reference"


def sheet(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(next(folder.glob(f"{name}.csv*")), encoding="utf-8")


def agrees(
    measure, data: tuple, published: pd.Series | pd.DataFrame, multiplier=None, **options
) -> int:
    """Hold value and limits against a published row, or a row per value; returns levels held."""
    held = 0
    scale = {} if multiplier is None else {"multiplier": multiplier}
    for suffix, confidence in LEVELS.items():
        columns = ["value", f"lower{suffix}cl", f"upper{suffix}cl"]
        expected = published[columns].to_numpy(dtype=float)
        if np.isnan(expected).any():  # no limits published at this level
            continue
        found = measure(*data, **options, **scale, confidence=confidence)
        assert_allclose(
            np.stack([found.value, found.lower, found.upper], axis=-1), expected, rtol=1e-9
        )
        held += 1
    assert held
    return held


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
    rows = sheet(folder, f"xlsx_{name}")
    missing = rows["value"].isna()
    assert missing.sum() == 3
    for row in rows[missing].itertuples():  # they give no answer; we refuse
        with pytest.raises(InputError, match="not a number"):
            measure(row.Numerator, row.Denominator)
    rows = rows[~missing]
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


def results(folder: Path, family: str, *areas: str) -> list[pd.Series]:
    """Rows of a results sheet for these areas."""
    rows = sheet(folder, f"xlsx_DSR_ISR__testresults_{family}")
    return [row for _, row in rows[rows["area"].isin(areas)].iterrows()]


def per(row: pd.Series) -> float:
    """How many people a rate is per, or what a ratio of 1 is written as."""
    return float(row["statistic"].rsplit(" ", 1)[1])


def test_every_row_of_the_results_is_compared(folder):
    areas = {
        "DSR": ("big", "small", "tiny", "1976", "nonind_big", "nonind_dummy", "nonind_small"),
        "ISR": ("big", "small", "tiny"),
    }
    others = {"testdata_nonind_tiny", "Area1", "Area2"}
    for family, names in areas.items():
        published = set(sheet(folder, f"xlsx_DSR_ISR__testresults_{family}")["area"])
        assert published - others == {f"testdata_{name}" for name in names}


def test_dsr(folder):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").set_index("area")
    rows = results(folder, "DSR", "testdata_big", "testdata_small")
    assert len(rows) == 4
    for row in rows:
        area = bands.loc[row["area"]]
        agrees(measures.dsr, (area["count"], area["pop"], ESP2013), row, per(row), bands=BANDS)
        assert area["count"].sum() == row["total_count"]


def test_dsr_with_a_standard_of_its_own(folder):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_1976")
    rows = results(folder, "DSR", "testdata_1976")
    assert len(rows) == 2
    for row in rows:
        right = row.copy()
        right[["lower99_8cl", "upper99_8cl"]] /= 10  # see ORIGIN.md
        data = (bands["count"], bands["pop"], bands["esp1976"])
        agrees(measures.dsr, data, right, per(row), bands=[*BANDS[:-2], "85+"])


def test_dsr_of_fewer_than_ten_events(folder):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").query("area == 'testdata_tiny'")
    with pytest.raises(InputError, match="never taken as zero"):
        measures.dsr(bands["count"], bands["pop"], ESP2013, bands=BANDS)
    found = measures.dsr(bands["count"].fillna(0), bands["pop"], ESP2013, bands=BANDS)
    rows = results(folder, "DSR", "testdata_tiny")
    assert len(rows) == 2
    for row in rows:
        assert np.isnan([found.value, row["value"], row["lower95_0cl"]]).all()


NON_INDEPENDENT = ("big", "dummy", "small", "tiny")


@pytest.mark.parametrize("area", [f"testdata_nonind_{name}" for name in NON_INDEPENDENT])
def test_dsr_of_events_a_person_can_have_again(folder, area):
    bands = sheet(folder, "xlsx_DSR_ISR__testdata_nonindepe").query("area == @area")
    # Nobody had so many events where the sheet leaves a cell empty.
    people = bands[["f1", "f2", "f3", "f4"]].fillna(0).to_numpy().T
    data = (people, bands["pop"], ESP2013)
    (row,) = results(folder, "DSR", area)
    assert np.arange(1, 5) @ people.sum(axis=1) == row["total_count"]
    if row["total_count"] < 10:
        assert np.isnan([measures.dsr_of_repeats(*data, bands=BANDS).value, row["value"]]).all()
    else:
        agrees(measures.dsr_of_repeats, data, row, bands=BANDS)


def test_isr_and_smr(folder):
    data = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").set_index("area")
    reference = sheet(folder, "xlsx_DSR_ISR__refdata")
    rows = results(folder, "ISR", "testdata_big", "testdata_small", "testdata_tiny")
    assert len(rows) == 12
    for row in rows:
        bands = data.loc[row["area"]]
        # One band's count is missing; their answer is that of a zero (see ORIGIN.md).
        counts = bands["count"].fillna(0)
        arrays = (counts, bands["pop"], reference["refcount"], reference["refpop"])
        agrees(standardised(row), arrays, row, per(row), bands=BANDS)
        if standardised(row) is measures.smr:
            expected = measures.expected_events(*arrays[1:], bands=BANDS)
            agrees(measures.smr_of_totals, (counts.sum(), expected), row, per(row))


def test_isr_where_the_population_of_a_band_is_missing(folder):
    """Their Area1 is `testdata_big` with a missing population taken as zero; its events count."""
    data = sheet(folder, "xlsx_DSR_ISR__testdata_multiarea").set_index("area")
    reference = sheet(folder, "xlsx_DSR_ISR__refdata")
    rows = results(folder, "ISR", "Area1", "Area2")
    assert len(rows) == 4
    for row in rows:
        bands = data.loc[{"Area1": "testdata_big", "Area2": "testdata_small"}[row["area"]]]
        people = bands["pop"].to_numpy(dtype=float)
        if row["area"] == "Area1":
            people[1] = np.nan
            arrays = (bands["count"], people, reference["refcount"], reference["refpop"])
            with pytest.raises(InputError, match="population: 1 of 19 not a number"):
                measures.smr(*arrays, bands=BANDS)
            people[1] = 1e-12  # as good as their zero, which we refuse too
        arrays = (bands["count"], people, reference["refcount"], reference["refpop"])
        assert agrees(standardised(row), arrays, row, per(row), bands=BANDS) == 1


def standardised(row: pd.Series):
    return measures.isr if "rate" in row["statistic"] else measures.smr


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


def test_quantiles_that_are_not_given_are_refused(folder):
    data = sheet(folder, "xlsx_Quantiles__testdata_Quantiles")
    rows = data[data["QuantileInGrp"].isna()]
    unknown, few = rows[rows["Value"].isna()], rows[rows["Value"].notna()]
    assert (len(unknown), len(few)) == (12, 18)
    for value in unknown["Value"]:
        with pytest.raises(InputError, match="value: 1 of 11 not a number"):
            measures.assign_quantiles([*range(10), value], 10, most_deprived="highest")
    for _, areas in few.groupby("IndSexRef"):
        with pytest.raises(InputError, match="9 areas found, at least 10"):
            measures.assign_quantiles(areas["Value"], 10, most_deprived="highest")


def test_obesity_by_tenth_keeps_its_published_limits(folder):
    rows = sheet(folder, "NCMP_england_by_decile")
    found = measures.proportion(rows["Count"], rows["Measured"])
    expected = rows[["Rate", "LCL", "UCL"]].to_numpy()
    assert_allclose(np.stack([found.value, found.lower, found.upper], axis=-1), expected, rtol=1e-6)
