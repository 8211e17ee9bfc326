"""A neighbourhood gets the figure of the ward it is in, or none where nothing tells which it is."""

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.facts.local_figures import LocalFigure, LocalFigures, places_of

WARDS = (
    LocalFigure("E05000001", "Abbey", None, "suppressed"),
    LocalFigure("E05000002", "Abbey", None, "suppressed"),
    LocalFigure("E05000003", "Riverside", None, "suppressed"),
)


def figures() -> LocalFigures:
    indicator = load_catalogue()["smoking_adults"]
    return LocalFigures(
        indicator=indicator, unit="ward", name="", period="2023", figures=WARDS, whole=None
    )


def test_of_two_wards_of_one_name_neither_is_taken_for_the_other() -> None:
    by_name = pd.DataFrame(
        {"code": ["a", "b"], "name": ["1", "2"], "locality": ["Abbey", "Riverside"]}
    )
    assert places_of(figures(), by_name) == [None, 2]
    by_code = by_name.assign(locality_code=["E05000002", "E05000003"])
    assert places_of(figures(), by_code) == [1, 2]
