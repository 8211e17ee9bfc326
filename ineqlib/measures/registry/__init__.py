"""One row per measure: what it is called, what kind it is, when to use it, where it comes from.

The rows drive `measure_table`, the methods page and the law tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ineqlib.measures.registry import (
    areas,
    comparison,
    concentration,
    deviation,
    disclosure,
    dispersion,
    gaps,
    gradients,
    impact,
    life,
    lines,
    proportions,
    rates,
    regressions,
    standardised,
)
from ineqlib.measures.registry.rows import Measure, Method, Need

_INEQUALITY: tuple[tuple[Measure, ...], ...] = (
    gaps.ROWS,
    impact.ROWS,
    gradients.ROWS,
    concentration.ROWS,
    dispersion.ROWS,
    deviation.ROWS,
)
_OTHER: tuple[tuple[Method, ...], ...] = (
    impact.METHODS,
    concentration.METHODS,
    dispersion.METHODS,
    deviation.METHODS,
    life.ROWS,
    comparison.ROWS,
    areas.ROWS,
    disclosure.ROWS,
    lines.METHODS,
    regressions.METHODS,
    rates.ROWS,
    standardised.ROWS,
)

REGISTRY: Mapping[str, Measure] = MappingProxyType(
    {row.name: row for rows in _INEQUALITY for row in rows}
)
"""Every inequality measure by name, in the order they are presented."""

PROPORTIONS: Mapping[str, Measure] = MappingProxyType({row.name: row for row in proportions.ROWS})
"""Measures of proportions and of values with two ends: `measure_table` makes them too, by name."""

METHODS: Mapping[str, Method] = MappingProxyType(
    {**REGISTRY, **PROPORTIONS, **{row.name: row for rows in _OTHER for row in rows}}
)
"""Every documented method by name: the inequality measures, then everything they rest on."""

__all__ = ["METHODS", "PROPORTIONS", "REGISTRY", "Measure", "Method", "Need"]
