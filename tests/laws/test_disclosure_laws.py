"""What is hidden stays hidden: every table a reader could think of is tried."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ineqlib.measures import Rule, Sum, Suppressed, Totals, differencing_risks, protect, suppress

RULE = Rule(1, 3)
ROUNDED = Rule(1, 3, round_to=4)
MOST_TRIED = 8


def with_totals(table: np.ndarray) -> Totals:
    return Totals(rows=table.sum(1), columns=table.sum(0), grand=table.sum())


def flat(counts: np.ndarray, totals: Totals) -> np.ndarray:
    parts = [counts, *(x for x in (totals.rows, totals.columns, totals.grand) if x is not None)]
    return np.concatenate([np.ravel(part) for part in parts])


def sums_of(rows: int, columns: int) -> list[Sum]:
    """Write the sums of a table out by hand, apart from the code that is tested."""
    cells = np.arange(rows * columns).reshape(rows, columns)
    n = cells.size
    found = [Sum(n + i, tuple(cells[i])) for i in range(rows)]
    found += [Sum(n + rows + j, tuple(cells[:, j])) for j in range(columns)]
    grand = n + rows + columns
    return [
        *found,
        Sum(grand, tuple(range(n, n + rows))),
        Sum(grand, tuple(range(n + rows, grand))),
    ]


def possible_tables(shown: Suppressed) -> np.ndarray:
    """Return every table with the published numbers, small counts known to be small."""
    choices = [
        np.arange(RULE.hide_from, RULE.hide_to + 1)
        if status == "primary"
        else np.arange(MOST_TRIED + 1)
        if status == "secondary"
        else np.array([int(count)])
        for count, status in zip(shown.counts.ravel(), shown.status.ravel(), strict=True)
    ]
    tables = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1)
    tables = tables.reshape(-1, *shown.counts.shape)
    for axis, published in ((2, shown.totals.rows), (1, shown.totals.columns)):
        totals = tables.sum(axis=axis)
        tables = tables[((totals == published) | np.isnan(published)).all(axis=1)]
    grand = shown.totals.grand
    return tables if np.isnan(grand) else tables[tables.sum(axis=(1, 2)) == grand]


small_tables = arrays(np.int64, st.sampled_from([(2, 2), (2, 3)]), elements=st.integers(0, 5))


@given(table=small_tables)
@settings(max_examples=20, deadline=None)
def test_every_hidden_count_could_be_two_numbers_at_least(table: np.ndarray) -> None:
    shown = suppress(table, RULE, totals=with_totals(table))
    tables = possible_tables(shown)
    assert (tables == table).all(axis=(1, 2)).any()
    for place, status in np.ndenumerate(shown.status):
        possible = set(tables[:, *place].tolist())
        assert (len(possible) == 1) == (status == "published")
        if status == "primary":
            assert possible == {1, 2, 3}, "a reader learns no more than the rule tells"
    for totals, status in (
        (tables.sum(axis=2), shown.totals_status.rows),
        (tables.sum(axis=1), shown.totals_status.columns),
        (tables.sum(axis=(1, 2))[:, None], shown.totals_status.grand[None]),
    ):
        alone = (totals == totals[0]).all(axis=0)
        np.testing.assert_array_equal(alone, status == "published")


@pytest.mark.parametrize("rule", [RULE, ROUNDED, Rule(0, 4)])
@given(table=arrays(np.int64, (3, 4), elements=st.integers(0, 9)))
@settings(max_examples=12, deadline=None)
def test_the_check_finds_nothing_after_suppression(rule: Rule, table: np.ndarray) -> None:
    shown = suppress(table, rule, totals=with_totals(table))
    seen = flat(shown.counts, shown.totals)
    sums = sums_of(*table.shape)
    assert differencing_risks(seen, sums, rule=rule) == []
    primary = np.append(shown.status.ravel() == "primary", np.zeros(seen.size - table.size, bool))
    within = (np.where(primary, rule.hide_from, 0), np.where(primary, rule.hide_to, np.inf))
    assert differencing_risks(seen, sums, rule=rule, within=within) == []


@given(table=arrays(np.int64, (3, 4), elements=st.integers(0, 9)))
@settings(max_examples=12, deadline=None)
def test_only_counts_the_rule_hides_are_primary_and_nothing_shown_is_false(
    table: np.ndarray,
) -> None:
    shown = suppress(table, RULE, totals=with_totals(table))
    np.testing.assert_array_equal(shown.status == "primary", (table >= 1) & (table <= 3))
    published = shown.status == "published"
    np.testing.assert_array_equal(shown.counts[published], table[published])
    np.testing.assert_array_equal(np.isnan(shown.counts), ~published)


@given(tables=arrays(np.int64, (3, 2, 3), elements=st.integers(0, 9)))
@settings(max_examples=6, deadline=None)
def test_tables_in_one_call_are_each_as_alone(tables: np.ndarray) -> None:
    margins = Totals(tables.sum(2), tables.sum(1), tables.sum((1, 2)))
    together = suppress(tables, RULE, totals=margins)
    for table, status in zip(tables, together.status, strict=True):
        np.testing.assert_array_equal(
            suppress(table, RULE, totals=with_totals(table)).status, status
        )


@given(
    table=arrays(np.int64, (3, 4), elements=st.integers(0, 9)),
    hidden=arrays(bool, (3, 4)),
)
@settings(max_examples=12, deadline=None)
def test_a_hidden_count_is_found_wherever_row_reduction_finds_it(
    table: np.ndarray, hidden: np.ndarray
) -> None:
    """Without rule or bounds a count is determined if no null vector of the sums moves it."""
    counts = np.append(
        np.where(hidden, np.nan, table + 1000), flat(table + 1000, with_totals(table + 1000))[12:]
    )
    sums = sums_of(3, 4)
    found = {risk.cell for risk in differencing_risks(counts, sums)}
    unknown = np.flatnonzero(np.isnan(counts))
    equations = np.array([[(cell in one.parts) for cell in unknown] for one in sums], float)
    if len(unknown):
        _, size, directions = np.linalg.svd(equations)
        null = directions[(size > 1e-9).sum() :]
        moved = np.abs(null).max(axis=0, initial=0) > 1e-9
        assert found == set(unknown[~moved].tolist())
    else:
        assert found == set()


@given(
    leaves=arrays(np.int64, (2, 3, 2), elements=st.integers(0, 9)),
    small=st.integers(1, 5),
)
@settings(max_examples=12, deadline=None)
def test_linked_tables_are_protected_too(leaves: np.ndarray, small: int) -> None:
    """Areas within regions, by sex: two hierarchies over the same counts."""
    places = np.arange(12).reshape(2, 3, 2)
    counts, sums = list(leaves.ravel()), []

    def total(parts: list[int]) -> int:
        counts.append(sum(counts[part] for part in parts))
        sums.append(Sum(len(counts) - 1, tuple(parts)))
        return len(counts) - 1

    region = [[total(list(places[r, :, s])) for s in (0, 1)] for r in (0, 1)]
    country = [total([region[0][s], region[1][s]]) for s in (0, 1)]
    for r, a in product((0, 1), (0, 1, 2)):
        total(list(places[r, a]))
    total(region[0]), total(region[1]), total(country)
    array = np.array(counts, float)
    first = (array >= 1) & (array <= small)
    kept = protect(array, sums, hidden=first)
    assert (kept >= first).all()
    assert differencing_risks(np.where(kept, np.nan, array), sums) == []
