"""Measures of a whole frame: one row for each set of groups and measure, with a status.

The one place that groups frames. Sets of groups of one size are solved in one call.
"""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import ParameterError, nearest
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import z_score
from ineqlib.measures.frames.columns import Columns
from ineqlib.measures.frames.groups import Groups, read_groups
from ineqlib.measures.frames.results import NUMBERS, columns_of, key_columns, numbers_of
from ineqlib.measures.frames.stack import Findings, Positions, pandas_frame
from ineqlib.measures.registry import PROPORTIONS, REGISTRY, Measure

ADDED = ("measure", *NUMBERS, "confidence", "groups", "unit", "status", "note", "method")
"""Columns of the table after those of `by`."""

_SET_BY_TABLE = ("se", "confidence")


class Request(NamedTuple):
    """A measure and the options it is to be called with."""

    measure: Measure
    options: Mapping[str, Any]


def measure_table(
    frame: pd.DataFrame,
    measures: Iterable[str | tuple[str, Mapping[str, Any]]],
    *,
    by: str | Iterable[str],
    columns: Columns | None = None,
    groups: int | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Measures of inequality of every set of groups in a frame, one row each.

    Where a measure cannot be made its row says why, and the others are made all the same.

    Parameters
    ----------
    frame
        One row for each group (a tenth of the neighbourhoods, say) of each set. Rows may be in any
        order. Rows without a dimension are of whole areas, not of groups, and are left out.
    measures
        Names from `REGISTRY`, such as ``"sii"``, or from `PROPORTIONS`, such as ``"odds_ratio"``;
        or a name with options, such as ``("sii", {"scale": "log"})``.
    by
        Columns that tell the sets apart, such as ``["area_code", "period", "sex"]``.
    columns
        What the columns are called, where they are not called as in the tidy contract.
    groups
        How many groups every set must have. Without it, as many as the name of the dimension says
        (quintile, tenth …), or as the largest order found anywhere in it; so a group missing in one
        area is found out. A last group missing in every area can only be found out where the name
        or `groups` says how many there should be: where neither does, the note says so.
    confidence
        Level of the intervals as a fraction.

    Returns
    -------
    DataFrame
        The columns of `by`, then ``measure, value, lower_ci, upper_ci, se, confidence, groups,
        unit, status, note, method``; sets in order of first appearance, measures in the order
        given. `groups` is how many were found. `unit` is empty for relative measures. `status` is
        one of

        - ``ok``; ``low_reliability`` and ``provisional`` where a group's value is that;
        - ``suppressed``: a group's value is;
        - ``not_available``: a group, its value, its population or its unit is missing, or given
          twice;
        - ``not_applicable``: these groups cannot have this measure, or label and order say
          opposite things ("Most deprived fifth" with order 5).

        `note` says which groups and why, also where a value has no limits.

    Raises
    ------
    ParameterError
        An unknown measure, option, column or status.
    InputError
        Text where numbers should be: an order held as text sorts as 1, 10, 2.

    Examples
    --------
    >>> fifths = pd.DataFrame({
    ...     "area": ["A"] * 5 + ["B"] * 4,
    ...     "subgroup_order": [1, 2, 3, 4, 5, 1, 2, 3, 5],
    ...     "value": [10.0, 20, 30, 40, 50, 10, 20, 30, 50],
    ...     "denominator": 1000,
    ...     "unit": "%",
    ... })
    >>> bare = Columns(lower=None, upper=None, status=None, dimension=None, label=None)
    >>> table = measure_table(fifths, ["difference", "sii"], by="area", columns=bare, groups=5)
    >>> table[["area", "measure", "value", "status"]]
      area     measure  value         status
    0    A  difference   40.0             ok
    1    A         sii   50.0             ok
    2    B  difference    NaN  not_available
    3    B         sii    NaN  not_available
    >>> table["note"].iloc[-1]
    '1 of 5 groups missing (4)'
    """
    frame = pandas_frame(frame)
    entries = [measures] if isinstance(measures, str) else measures
    if not isinstance(entries, Iterable):
        raise ParameterError(f"measures={measures!r}: expected names, such as ['sii', 'rii'].")
    requests = [_request(entry) for entry in entries]
    if not requests:
        raise ParameterError(f"measures: name one or more of {', '.join(REGISTRY)}.")
    keys = key_columns(frame, by, ADDED)
    z_score(confidence)
    read = read_groups(frame, keys, columns_of(Columns, columns), groups)
    parts = [_measure_columns(read, request, confidence) for request in requests]
    names = [request.measure.name for request in requests]
    return _joined(read, parts, names, confidence)


def _request(entry: str | tuple[str, Mapping[str, Any]]) -> Request:
    match entry:
        case str(name):
            options: Mapping[str, Any] = {}
        case (str(name), Mapping() as options):
            pass
        case _:
            raise ParameterError(
                f"measures: {entry!r} found; expected a name, or a name with its options, such as "
                "('sii', {'scale': 'log'})."
            )
    measures = {**REGISTRY, **PROPORTIONS}
    if name not in measures:
        raise ParameterError(
            f"No measure is called {name!r}.{nearest(str(name), measures)} "
            f"There are: {', '.join(measures)}."
        )
    measure = measures[name]
    known = {
        parameter.name: parameter.default
        for parameter in inspect.signature(measure.function).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.name not in _SET_BY_TABLE
    }
    for option in options:
        if option in _SET_BY_TABLE:
            raise ParameterError(f"{name}: {option!r} is set for the whole table, not for one.")
        if option not in known:
            raise ParameterError(f"{name} has no option {option!r}.{nearest(option, known)}")
    chosen = {**known, **options}
    for option, setting in chosen.items():
        if setting is inspect.Parameter.empty:
            raise ParameterError(
                f"{name} needs {option!r}: give it with the name, ({name!r}, {{{option!r}: …}})."
            )
    return Request(measure, chosen)


def _measure_columns(read: Groups, request: Request, confidence: float) -> dict[str, NDArray]:
    """Columns of the table that differ between measures, for one measure of every set."""
    measure = request.measure
    findings = read.findings_for(
        with_unit=measure.has_unit, ordered=measure.ordered, weighted=measure.weighted
    )
    size = read.stack.size
    findings.add(
        (findings.status == "ok") & (size < measure.least_groups),
        "not_applicable",
        np.array([f"{n} groups, at least {measure.least_groups} needed" for n in size], object),
    )
    numbers, method = _numbers(read, request, findings, confidence)
    usable = findings.status == "ok"
    no_value = usable & ~np.isfinite(numbers[0])
    findings.add(no_value, "not_applicable", "the method gives these groups no value")
    numbers[:, no_value] = np.nan
    _note_limits(read, numbers, usable & ~no_value, findings)
    careful = findings.status == "ok"
    findings.status[careful] = read.caution[careful]
    unit = np.full(len(size), "", dtype=object)
    if measure.has_unit:
        stated = read.unit != ""
        unit[stated] = read.unit[stated] + (" squared" if measure.squared else "")
    columns = dict(zip(NUMBERS, numbers, strict=True))
    return {
        **columns,
        "unit": unit,
        "status": findings.status,
        "note": findings.note,
        "method": method,
    }


def _numbers(
    read: Groups, request: Request, findings: Findings, confidence: float
) -> tuple[FloatArray, NDArray]:
    """Numbers and method of every set that nothing spoils so far, one call for each size."""
    numbers = np.full((len(NUMBERS), len(findings.status)), np.nan)
    method = np.full(len(findings.status), "", dtype=object)
    for problems, places in read.stack.blocks(findings.status == "ok"):
        met = _needs_met(request, problems, read.value[places], read.population[places], findings)
        for with_se in (True, False):
            chosen = met & (read.has_se[problems] == with_se)
            if not chosen.any():
                continue
            estimate = _call(request, read, places[chosen], with_se, confidence)
            numbers[:, problems[chosen]] = numbers_of(estimate)
            method[problems[chosen]] = estimate.method
    return numbers, method


def _needs_met(
    request: Request,
    problems: Positions,
    value: FloatArray,
    population: FloatArray,
    findings: Findings,
) -> NDArray[np.bool_]:
    """Whether each problem of a block meets what the measure needs; notes what is not met."""
    everything = np.full(len(problems), True)
    for need in request.measure.needs:
        met = need.is_met(value, population, request.options)
        where = np.full(len(findings.status), False)
        # The first need that is not met is enough: others often follow from it.
        where[problems[everything & ~met]] = True
        findings.add(where, "not_applicable", f"needs {need.words}")
        everything &= met
    return everything


def _call(
    request: Request, read: Groups, places: Positions, with_se: bool, confidence: float
) -> Estimate:
    measure = request.measure
    data = (read.value, read.population) if measure.weighted else (read.value,)
    se = read.se[places] if with_se else None
    arguments = (array[places] for array in data)
    estimate = measure.function(*arguments, se=se, confidence=confidence, **request.options)
    if estimate.value.shape != places.shape[:1]:
        raise ParameterError(
            f"{measure.name}: with these options it gives {estimate.value.shape[1:]} numbers for "
            "each set of groups; the table holds one. Call the function itself."
        )
    return estimate


def _note_limits(
    read: Groups, numbers: FloatArray, solved: NDArray[np.bool_], findings: Findings
) -> None:
    bare = solved & ~np.isfinite(numbers[1:3]).all(axis=0)
    numbers[1:3, bare] = np.nan
    findings.remark(bare & ~read.has_se, read.why_no_se)
    findings.remark(bare & read.has_se, "no limits exist by this method at this confidence")


def _joined(
    read: Groups, parts: list[dict[str, NDArray]], names: list[str], confidence: float
) -> pd.DataFrame:
    """Sets of groups and measures as rows, measures changing fastest."""
    problems, measures = len(read.stack.size), len(names)
    table = read.stack.keys.loc[np.repeat(np.arange(problems), measures)].reset_index(drop=True)

    def interleaved(column: str) -> NDArray:
        return np.column_stack([part[column] for part in parts]).ravel()

    table["measure"] = np.tile(np.array(names, dtype=object), problems)
    for column in NUMBERS:
        table[column] = interleaved(column).astype(np.float64)
    table["confidence"] = confidence
    table["groups"] = np.repeat(read.stack.size, measures)
    for column in ("unit", "status", "note", "method"):
        table[column] = interleaved(column)
    return table.astype(dict.fromkeys(("measure", "unit", "status", "note", "method"), "string"))
