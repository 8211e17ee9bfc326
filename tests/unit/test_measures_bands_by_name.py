"""Age bands and standards are matched by name: two sets of as many bands are never taken for one.

Reported of other tools: standards given by position, and bands that end at 85 and over
(dhsc-govuk/PHEindicatormethods, issues 31 and 96).
"""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib import measures as m
from ineqlib.errors import InputError
from ineqlib.measures import ABRIDGED_BANDS, ESP2013, AgeBands, StandardPopulation

TO_85 = (*(f"{age}-{age + 4}" for age in range(0, 85, 5)), "85+")
LIFE_TABLE_TO_85 = ("0", "1-4", *TO_85[1:])
PEOPLE = np.linspace(9000.0, 3000, 18)
COUNT = np.round(PEOPLE * 0.0002 * np.exp(0.3 * np.arange(18)))
WEIGHTS = np.array([*ESP2013.people[:17], 2500.0])
RATE = float((WEIGHTS * COUNT / PEOPLE).sum())
"""Per 100,000, for the standard's people add up to that."""

APART = np.array([0.2, 0.8])
COUNT_19, PEOPLE_19 = (
    np.append(numbers[0] * APART, numbers[1:]) for numbers in (COUNT.copy(), PEOPLE)
)


def frame(labels: tuple[str, ...], count: np.ndarray, people: np.ndarray) -> pd.DataFrame:
    data = {"area": "A", "age": labels, "count": count, "denominator": people}
    return pd.DataFrame(data).sample(frac=1, random_state=2)


def test_a_standard_is_added_up_to_the_bands_named():
    assert ESP2013.for_bands(TO_85).to_dict() == dict(zip(TO_85, WEIGHTS, strict=True))
    assert ESP2013.for_bands(["85+", "0-84"]).tolist() == [2500, 97_500]
    assert ESP2013.for_bands(TO_85[:15]).sum() == sum(ESP2013.people[:15])
    other_words = ["aged 0 to 4 years", "5–9", "10 - 89", "90 years and over"]
    assert ESP2013.for_bands(other_words).tolist() == [5000, 5500, 88_500, 1000]
    assert ESP2013.for_bands(AgeBands([0, 5, 90], infants=0.1)).tolist() == [5000, 94_000, 1000]


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        (LIFE_TABLE_TO_85, "'0' at 0 .* not made of whole bands .* Add the counts and populations"),
        (["0-4", "10-14"], "'10-14' at 1 .* does not follow '0-4'"),
        (["0-4", "0-4"], "'0-4' is named twice"),
        (["infants", "1-4"], "1 of 2 labels are no age band: infants"),
        (range(0, 75, 5), "does not say where the last one ends"),
        ([], "expected a name for each band"),
    ],
)
def test_bands_the_standard_has_not_are_refused(bands, message):
    with pytest.raises(InputError, match=message):
        ESP2013.for_bands(bands)


def test_a_standard_of_your_own_is_named_too():
    own = StandardPopulation("ours", ["under 65", "65 and over"], [3, 1])
    assert_allclose(m.dsr([10, 40], [1000, 1000], own, bands=["0-64", "65+"]).value, 1750)
    with pytest.raises(InputError, match="people: expected one number for each of 2 bands"):
        StandardPopulation("ours", ["0-64", "65+"], [3])
    with pytest.raises(InputError, match="does not follow"):
        StandardPopulation("ours", ["65+", "0-64"], [3, 1])


def test_a_rate_is_the_same_however_the_bands_are_named():
    by_label = (pd.Series(numbers, index=TO_85) for numbers in (COUNT, PEOPLE))
    for rate in (
        m.dsr(COUNT, PEOPLE, ESP2013, bands=TO_85),
        m.dsr(COUNT, PEOPLE, ESP2013.for_bands(TO_85)),
        m.dsr(*by_label, ESP2013),
        m.dsr(COUNT, PEOPLE, WEIGHTS, bands=TO_85),
        m.dsr(pd.DataFrame([COUNT], columns=TO_85), PEOPLE, ESP2013)[0],
    ):
        assert_allclose(rate.value, RATE)


def test_nineteen_bands_are_not_taken_for_the_standards_nineteen():
    with pytest.raises(InputError, match="bands: not given"):
        m.dsr(COUNT_19, PEOPLE_19, ESP2013)
    with pytest.raises(InputError, match="not made of whole bands"):
        m.dsr(COUNT_19, PEOPLE_19, ESP2013, bands=LIFE_TABLE_TO_85)
    with pytest.raises(InputError, match="count 19, population 19, standard 18, bands 18"):
        m.dsr(COUNT_19, PEOPLE_19, ESP2013, bands=TO_85)


def test_twenty_bands_are_not_taken_for_those_of_a_life_table():
    deaths, people = np.append(COUNT, [30, 20]), np.append(PEOPLE, [200.0, 60])
    with pytest.raises(InputError, match=r"bands: not given, .* bands=ABRIDGED_BANDS"):
        m.life_expectancy(deaths, people)
    names = [*(f"{age}-{age + 4}" for age in range(0, 95, 5)), "95+"]
    to_95 = m.life_expectancy(deaths, people, bands=AgeBands(names, infants=0.1))
    starts = AgeBands(range(0, 100, 5), infants=0.1)
    assert starts.labels == tuple(names)
    assert to_95.value == m.life_expectancy(deaths, people, bands=starts).value
    as_abridged = m.life_expectancy(deaths, people, bands=ABRIDGED_BANDS).value
    assert abs(to_95.value - as_abridged) > 1  # so a guess would have been far off
    labelled = pd.Series(deaths, index=names)
    with pytest.raises(InputError, match=r"Age bands differ: bands 0, 1-4, .*; deaths 0-4, 5-9"):
        m.life_expectancy(labelled, people, bands=ABRIDGED_BANDS)


def test_life_tables_read_the_labels_of_pandas_data():
    names = ["60-69", "70-79", "80+"]
    deaths, people = (pd.Series(of, index=names) for of in ([20.0, 30, 50], [900.0, 500, 300]))
    found = m.life_table(deaths, people)
    assert found.age.tolist() == [60, 70, 80]
    assert_allclose(found.ex, m.life_table(deaths, people, bands=[60, 70, 80]).ex)
    with pytest.raises(InputError, match="open at the end"):
        m.life_table(deaths[:2], people[:2])
    with pytest.raises(InputError, match="does not follow"):
        m.life_table(deaths[::-1], people[::-1])


@pytest.mark.parametrize(
    "call",
    [
        m.life_table,
        m.life_expectancy,
        lambda deaths, people: m.healthy_life_expectancy(deaths, people, people, people),
        m.life_table_problems,
        m.suppression_reasons,
        m.arriaga,
        lambda deaths, people: m.arriaga_by_cause([deaths], [people]),
        lambda deaths, people: m.dsr(deaths, people, people),
        lambda deaths, people: m.dsr_of_repeats([deaths], people, people),
        lambda deaths, people: m.isr(deaths, people, deaths, people),
        lambda deaths, people: m.smr(deaths, people, deaths, people),
        m.years_of_life_lost,
    ],
)
def test_bands_that_nobody_names_are_asked_for(call):
    with pytest.raises(InputError, match="bands: not given, and bare numbers of"):
        call(np.full(20, 20.0), np.full(20, 9000.0))


def test_labels_in_the_order_of_the_alphabet_are_not_youngest_first():
    text_order = sorted(TO_85)
    wrong = pd.Series(WEIGHTS, index=text_order)
    people = frame(TO_85, COUNT, PEOPLE)
    with pytest.raises(InputError, match=r"comes after .* puts 10-14 before 5-9"):
        m.rate_table(people, "dsr", by="area", bands=wrong)
    with pytest.raises(InputError, match="comes after"):
        m.dsr(COUNT, PEOPLE, wrong)
    right = ESP2013.for_bands(text_order)  # by name, whatever the order
    place = [TO_85.index(name) for name in text_order]
    assert_allclose(m.dsr(COUNT[place], PEOPLE[place], right, bands=text_order).value, RATE)


def test_rate_table_takes_the_standard_itself():
    labels = ESP2013.bands
    count, people = np.append(COUNT, 40), np.append(PEOPLE, 500.0)
    rates = m.rate_table(frame(labels, count, people), "dsr", by="area", bands=ESP2013)
    assert_allclose(rates["value"], m.dsr(count, people, ESP2013, bands=labels).value)
    other = frame(LIFE_TABLE_TO_85, COUNT_19, PEOPLE_19)
    rates = m.rate_table(other, "dsr", by="area", bands=ESP2013)
    assert rates["status"].tolist() == ["not_available"]
    assert "3 of 19 bands not among those expected (0, 1-4, 85+)" in rates["note"].iloc[0]
    with pytest.raises(InputError, match="bands: ndarray found, expected ESP2013"):
        m.rate_table(other, "dsr", by="area", bands=WEIGHTS)


def test_rate_table_takes_the_bands_of_a_life_table_by_name():
    names = ("0-4", *TO_85[1:])
    people = frame(names, COUNT, PEOPLE)
    of_life = m.life_expectancy(COUNT, PEOPLE, bands=AgeBands(names, infants=0.1))
    for bands in (AgeBands(names, infants=0.1), AgeBands(range(0, 90, 5), infants=0.1)):
        rates = m.rate_table(people, "life_expectancy", by="area", bands=bands)
        assert_allclose(rates["value"], of_life.value)
    shifted = pd.Series([60, 75], index=["60-69", "70+"])
    with pytest.raises(InputError, match=r"'70\+' at 1 .* is said to start at 75"):
        m.rate_table(people, "life_expectancy", by="area", bands=shifted)
    plain = frame(("60-69", "70+"), np.array([90.0, 80]), np.array([9000.0, 900]))
    rates = m.rate_table(plain, "life_expectancy", by="area", bands=["60-69", "70+"])
    expected = m.life_expectancy([90, 80], [9000, 900], bands=[60, 70], age=60)
    assert_allclose(rates["value"], expected.value)


def test_years_lost_carry_their_bands():
    years = m.years_before_age(75, bands=[0, 1, 65, 75])
    assert years.to_dict() == {"0": 74.5, "1-64": 42.0, "65-74": 5.0, "75+": 0.0}
    deaths, people = [2, 10, 30, 90], [800, 40_000, 9000, 5000]
    lost = m.years_of_life_lost(deaths, years, population=people)
    bare = m.years_of_life_lost(deaths, years.to_numpy(), population=people, bands=years.index)
    assert lost.value == bare.value
    with pytest.raises(InputError, match="not made of whole bands"):
        m.years_of_life_lost(deaths, years, population=people, standard=ESP2013)
    with pytest.raises(InputError, match=r"Age bands differ: bands 0-4, .*; years 0, 1-64"):
        m.years_of_life_lost(deaths, years, bands=["0-4", "5-64", "65-74", "75+"])


def test_data_of_other_bands_are_refused():
    area = pd.Series([5.0, 20], index=["0-64", "65+"])
    reference = pd.Series([50.0, 90], index=["0-74", "75+"])
    with pytest.raises(InputError, match=r"carry different labels: '0-64' and '0-74' at 0"):
        m.smr(area, area * 100, reference, reference * 100)
    with pytest.raises(InputError, match=r"Age bands differ: bands 0-64, 65\+; standard 0-74, 75"):
        m.dsr([5, 20], [900, 900], reference, bands=["0-64", "65+"])
