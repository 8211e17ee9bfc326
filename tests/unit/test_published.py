"""Published tables beside ours: typed whole, compared to the last digit, wrong names told."""

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.methods.by_group import measured_tenths
from ineqlib.briefings.methods.published import Published, Recomputed, published
from ineqlib.briefings.methods.table_facts import (
    published_block,
    published_facts,
    recomputed_blocks,
    recomputed_facts,
    verdict,
)
from ineqlib.document.html import blocks_html
from ineqlib.measures import byar_interval, life_expectancy, proportion, wilson_interval


@pytest.fixture
def small() -> Published:
    text = pd.DataFrame({"place": ["A", "B"], "rate": ["1.2", "10.05"]})
    return Published("rates", "Rates", "nobody", text)


def says(recomputed: Recomputed) -> str:
    return verdict(recomputed_facts(recomputed, "nothing")).text


def test_ours_agree_when_they_round_to_what_was_published(small):
    near = small.beside(rate=[1.2499, 10.0451])
    assert near.agree["rate"].all()
    assert says(near) == "Published and ours agree to the last digit published: all 2."
    far = small.beside(rate=[1.2511, 10.05])
    assert far.agree["rate"].tolist() == [False, True]
    assert "differ in the last digit published: 1 of 2 (rate)" in says(far)


def test_a_missing_number_of_ours_never_agrees(small):
    recomputed = small.beside(rate=[np.nan, 10.05])
    assert recomputed.agree["rate"].tolist() == [False, True]
    table, _ = recomputed_blocks(recomputed_facts(recomputed, "nothing"))
    assert table.cells["rate, ours"] == ["[z]", "10.050"]


def test_each_number_is_shown_with_one_digit_more_than_was_published(small):
    facts = recomputed_facts(small.beside(rate=[1.18, 1000.0]), "nothing")
    table, _ = recomputed_blocks(facts)
    assert table.cells == {
        "place": ["A", "B"],
        "rate, published": ["1.2", "10.05"],
        "rate, ours": ["1.18", "1000.000"],
        "rate, difference": ["−0.02", "989.950"],
    }


def test_a_fact_says_whose_number_it_is(small):
    facts = recomputed_facts(small.beside(rate=[1.18, 10.05]), ["sii", "rii"])
    assert facts.published.columns["rate"][0].method == "published by nobody"
    assert [fact.method for fact in facts.ours["rate"]] == ["computed by sii", "computed by rii"]
    assert facts.difference["rate"][0].method == "ours minus published by nobody"
    assert facts.difference["rate"][0].value == pytest.approx(-0.02)


def test_rows_may_be_named_by_two_columns():
    tenths = published("life_expectancy")
    assert tenths.row_names[:2] == ["Male, 1", "Male, 2"]
    assert tenths.numbers == ["denominator", "value", "se"]
    assert list(published_block(published_facts(tenths)).cells) == list(tenths.text)


def test_the_table_names_its_source_and_escapes(small):
    hostile = Published("rates", "<b>Rates</b>", "a & b", small.text)
    html = blocks_html(recomputed_blocks(recomputed_facts(hostile.beside(rate=[1.2, 10.05]), "")))
    assert "&lt;b&gt;Rates&lt;/b&gt;: published, and ours. Source: a &amp; b." in html
    assert "<b>" not in blocks_html([published_block(published_facts(hostile))])


def test_published_tables_are_whole_and_recomputed():
    for name, rows in [("obesity", 10), ("rate_by_age", 18), ("life_table", 20)]:
        assert len(published(name).frame) == rows
        assert published(name).frame.notna().all(axis=None)
    counts, shares, children = map(published, ("poisson_limits", "wilson_limits", "obesity"))
    for table, limits in [
        (counts, byar_interval(counts["count"])),
        (shares, wilson_interval(shares["count"], shares["denominator"])),
    ]:
        recomputed = table.beside(lower=limits[0], upper=limits[1])
        assert all(same.all() for same in recomputed.agree.values())
    obese = proportion(children["obese"], children["measured"])
    assert children.beside(percent=obese.value).agree["percent"].all()
    deaths = published("life_table")
    ages = deaths.frame["age"]
    life = life_expectancy(deaths["deaths"], deaths["population"], bands=ages, age="all")
    recomputed = deaths.beside(years=life.value, lower=life.lower, upper=life.upper)
    assert all(same.all() for same in recomputed.agree.values())


def test_englands_slopes_are_recomputed():
    measures = measured_tenths(published("life_expectancy"))
    slopes = measures.loc[measures["measure"] == "sii", "value"]
    assert published("slopes").beside(sii=slopes).agree["sii"].all()
