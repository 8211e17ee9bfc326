"""Published tables beside ours: typed whole, compared to the last digit, wrong names told."""

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.methods.published import Published, published, readable
from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    Columns,
    byar_interval,
    life_expectancy,
    measure_table,
    proportion,
    wilson_interval,
)


@pytest.fixture
def small() -> Published:
    text = pd.DataFrame({"place": ["A", "B"], "rate": ["1.2", "10.05"]})
    return Published("Rates", "nobody", text)


def test_ours_agree_when_they_round_to_what_was_published(small):
    near = small.beside(rate=[1.2499, 10.0451])
    assert near.agree["rate"].all()
    assert near.verdict() == "Published and ours agree to the last digit published: all 2."
    far = small.beside(rate=[1.2511, 10.05])
    assert far.agree["rate"].tolist() == [False, True]
    assert "differ in the last digit published: 1 of 2 (rate)" in far.verdict()


def test_a_missing_number_of_ours_never_agrees(small):
    found = small.beside(rate=[np.nan, 10.05])
    assert found.agree["rate"].tolist() == [False, True]
    assert found.frame["rate, ours"].tolist() == ["[z]", "10.050"]


def test_each_number_is_shown_with_one_digit_more_than_was_published(small):
    frame = small.beside(rate=[1.18, 1000.0]).frame
    assert frame.to_dict("list") == {
        "place": ["A", "B"],
        "rate, published": ["1.2", "10.05"],
        "rate, ours": ["1.18", "1000.000"],
        "rate, difference": ["−0.02", "989.950"],
    }


def test_the_table_names_its_source_and_escapes(small):
    hostile = Published("<b>Rates</b>", "a & b", small.text)
    html = hostile.beside(rate=[1.2, 10.05])._repr_html_()
    assert "&lt;b&gt;Rates&lt;/b&gt;: published, and ours. Source: a &amp; b." in html
    assert "<b>" not in hostile._repr_html_()


def test_wrong_names_and_lengths_are_told(small):
    with pytest.raises(ParameterError, match="rate"):
        small["rat"]
    with pytest.raises(InputError, match="2 published rows"):
        small.beside(rate=[1.0])
    with pytest.raises(ParameterError, match="life_table"):
        published("life_tables")


def test_a_frame_of_results_is_written_with_its_caption():
    html = readable(pd.DataFrame({"a": ["x"], "b": [1.236]}), "Results")._repr_html_()
    assert "<caption>Results</caption>" in html
    assert "1.24" in html


def test_published_tables_are_whole_and_recomputed():
    for name, rows in [("obesity", 10), ("rate_by_age", 18), ("life_table", 20)]:
        assert len(published(name).frame) == rows
        assert published(name).frame.notna().all(axis=None)
    counts, shares, children = map(published, ("poisson_limits", "wilson_limits", "obesity"))
    for table, limits in [
        (counts, byar_interval(counts["count"])),
        (shares, wilson_interval(shares["count"], shares["denominator"])),
    ]:
        found = table.beside(lower=limits[0], upper=limits[1])
        assert all(same.all() for same in found.agree.values())
    obese = proportion(children["obese"], children["measured"])
    assert children.beside(percent=obese.value).agree["percent"].all()
    deaths = published("life_table")
    life = life_expectancy(deaths["deaths"], deaths["population"], age="all")
    found = deaths.beside(years=life.value, lower=life.lower, upper=life.upper)
    assert all(same.all() for same in found.agree.values())


def test_englands_slopes_are_recomputed():
    tenths = published("life_expectancy").frame.assign(unit="years")
    names = Columns(se="se", lower=None, upper=None, status=None, dimension=None, label=None)
    slopes = measure_table(tenths, ["sii"], by="sex", columns=names)
    assert published("slopes").beside(sii=slopes["value"]).agree["sii"].all()
