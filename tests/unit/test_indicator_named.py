"""A document finds an indicator by id or whole name, and never takes one for another."""

import math
from dataclasses import replace

import numpy as np
import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import UnknownIndicator
from ineqlib.estimate import Estimate
from ineqlib.facts import own_indicators
from ineqlib.facts.estimated import estimate_of, limits_of, se_of
from ineqlib.facts.fact import calculated
from ineqlib.facts.own_indicators import first_headline, indicator_named
from ineqlib.pack import Pack


def test_an_id_comes_before_the_name_of_another(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_catalogue()["fuel_poverty"]
    again = {n: replace(known, id=f"extract_{n}", name="Fuel poverty") for n in (1, 2)}
    both = {known.id: known} | {other.id: other for other in again.values()}
    monkeypatch.setattr(own_indicators, "indicators_by_id", lambda _: both)
    assert indicator_named(demo_pack, "fuel_poverty") is known
    del both["fuel_poverty"]
    with pytest.raises(UnknownIndicator, match=r"are called .*: extract_1, extract_2"):
        indicator_named(demo_pack, "fuel poverty")


def test_a_misspelt_id_is_refused_and_one_without_figures_explained(demo_pack: Pack) -> None:
    assert indicator_named(demo_pack, "adults  WHO smoke").id == "smoking_adults"
    with pytest.raises(UnknownIndicator, match="Did you mean 'health_checks'"):
        indicator_named(demo_pack, "health_check")
    absent = set(load_catalogue().indicators) - set(demo_pack.indicators["indicator_id"])
    with pytest.raises(UnknownIndicator, match="no file of the pack brought its figures"):
        indicator_named(demo_pack, min(absent))


def test_without_a_name_the_first_headline_is_taken(demo_pack: Pack) -> None:
    assert first_headline(demo_pack).headline


def test_limits_go_from_estimates_to_facts_and_back() -> None:
    parts = (np.asarray(part) for part in (5.0, 3.04, 6.96, 1.0))
    made = Estimate(*parts)
    fact = calculated("five", 5.0, **limits_of(made))
    assert fact.limits == (3.04, 6.96)
    assert se_of(fact) == pytest.approx(1.0)
    assert float(estimate_of(fact).se) == pytest.approx(1.0)
    bare = calculated("bare", 5.0)
    assert limits_of(estimate_of(bare)) == {}
    assert se_of(bare) == 0.0
    assert math.isnan(float(estimate_of(bare).lower))
