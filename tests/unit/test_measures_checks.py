"""What every measure refuses, and the words it refuses it with."""

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures
from ineqlib.errors import InputError, ParameterError

EVEN = [1, 1, 1, 1, 1]
RISING = [10, 20, 30, 40, 50]


def test_a_missing_count_is_never_zero_and_the_message_says_where():
    with pytest.raises(InputError) as refusal:
        measures.crude_rate([1, np.nan, 3, np.nan], [10, 10, 10, 10])
    assert str(refusal.value) == (
        "count: 2 of 4 not a number (counting from 0, at 1, 3). Missing and suppressed values are "
        "never taken as zero: find the figures, or leave out the area they belong to."
    )


def test_only_the_first_five_places_are_listed():
    with pytest.raises(InputError, match=r"8 of 8 not above zero .*at 0, 1, 2, 3, 4 and 3 more"):
        measures.relative_rank(np.zeros(8))


def test_places_in_a_batch_are_given_by_row_and_group():
    values = np.ones((3, 5))
    values[2, 4] = np.nan
    with pytest.raises(InputError, match=r"value: 1 of 15 .*\(2, 4\)"):
        measures.sii(values, EVEN)


@pytest.mark.parametrize(
    "missing",
    [None, np.nan, np.inf, pd.NA],
)
def test_no_kind_of_missing_number_passes(missing):
    with pytest.raises(InputError, match="value"):
        measures.difference(pd.Series([1, missing, 3], dtype=object))


@pytest.mark.parametrize("text", [["1", "2"], pd.Series(["1", "2"]), [1, "[c]"]])
def test_text_is_not_read_as_numbers(text):
    with pytest.raises(InputError, match="found text"):
        measures.difference(text)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(InputError, match=r"value \(5,\), population \(4,\)"):
        measures.sii(RISING, [1, 1, 1, 1])


@pytest.mark.parametrize("population", [[1, 1, 0, 1, 1], [1, 1, -5, 1, 1]])
def test_populations_must_be_above_zero(population):
    with pytest.raises(InputError, match="population: 1 of 5 not above zero"):
        measures.sii(RISING, population)


def test_percentages_are_not_guessed_to_be_proportions():
    with pytest.raises(InputError, match="divide percentages by 100"):
        measures.sii(RISING, EVEN, scale="logit")


def test_unknown_words_get_the_nearest_known_one():
    with pytest.raises(ParameterError, match="Did you mean 'linear'"):
        measures.sii(RISING, EVEN, scale="linaer")


def test_confidence_is_a_fraction():
    with pytest.raises(ParameterError, match=r"0\.95 for 95%"):
        measures.sii(RISING, EVEN, confidence=95)


def test_unknown_options_raise():
    with pytest.raises(TypeError):
        measures.sii(RISING, EVEN, weights=EVEN)


def test_options_cannot_be_given_by_position():
    with pytest.raises(TypeError):
        measures.sii(RISING, EVEN, EVEN)


@pytest.mark.parametrize("multiplier", [0, -100, np.nan])
def test_multipliers_are_above_zero(multiplier):
    with pytest.raises(ParameterError, match="multiplier"):
        measures.proportion(1, 2, multiplier=multiplier)
