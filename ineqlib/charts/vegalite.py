"""Vega-Lite specifications written as what they are: plain dictionaries, their data beside them.

A briefing has fifty charts of seven kinds. Building each through a library that checks every part
costs more than drawing it, so the parts are checked against Vega-Lite's own schema in tests.
"""

import math
from collections.abc import Mapping
from typing import Any

from ineqlib.facts.fact import Fact, interval_text

Spec = dict[str, Any]

PARTS = {"layer", "hconcat", "vconcat", "concat", "spec", "transform", "from"}
"""Where a specification holds others, or names data to look something up in."""


def layer(
    mark: str,
    encoding: Mapping[str, Any],
    *,
    where: str = "",
    data: Spec | None = None,
    **style: Any,
) -> Spec:
    """Return one layer of a chart, with properties of its mark.

    Only rows that fulfil `where` are drawn. `data` is from `inline`, where it is not the chart's.
    """
    spec: Spec = {"mark": {"type": mark, **style}, "encoding": dict(encoding)}
    if where:
        spec["transform"] = [{"filter": where}]
    if data is not None:
        spec["data"] = data
    return spec


def amount(field: str, **more: Any) -> Spec:
    """Return a definition for a column of numbers."""
    return {"field": field, "type": "quantitative", **more}


def words(field: str, **more: Any) -> Spec:
    """Return a definition for a column of words."""
    return {"field": field, "type": "nominal", **more}


def fixed(value: Any) -> Spec:
    """Return a definition that is the same for every row."""
    return {"value": value}


def between(name: str) -> Spec:
    """Return a scale that begins and ends exactly where the parameter `name` says."""
    ends = [{"expr": f"{name}[0]"}, {"expr": f"{name}[1]"}]
    return {"domain": ends, "nice": False, "zero": False}


def params(**values: Any) -> list[Spec]:
    """Return parameters: what differs between charts of one shape, apart from their data."""
    return [{"name": name, "value": value} for name, value in values.items()]


LABELLED: Spec = {"description": words("label")}
"""Encoding of marks that say their row's `label` where a reader points at them."""


def label(*lines: str, fact: Fact | None = None) -> Spec:
    """Return the cell `label` of a row: what its mark is, what is said of it, and its fact."""
    said = [*lines, fact.text if fact else ""]
    if fact and fact.limits:
        said.append(f"95% interval: {interval_text(fact)}")
    return {"label": "\n".join(filter(None, said))}


def inline(rows: list[Spec]) -> Spec:
    """Return rows as the data of a chart."""
    return {"values": rows}


def limits(fact: Fact) -> Spec:
    """Return the limits of a fact as cells of a row; none where it has none."""
    if fact.limits is None:
        return {}
    return {"lower_ci": fact.lower_ci, "upper_ci": fact.upper_ci}


def known(rows: list[Spec], *names: str) -> list[Any]:
    """Return the cells of some columns that are not empty."""
    return [row[name] for name in names for row in rows if name in row]


def apart(spec: Mapping[str, Any]) -> tuple[Spec, dict[str, Any]]:
    """Return a specification without its data, and the data by name; equal data have one name.

    Empty cells are left out.
    """
    datasets = {name: known_cells(rows) for name, rows in spec.get("datasets", {}).items()}
    names: dict[int, str] = {}

    def named(rows: Any) -> str:
        if id(rows) not in names:  # half of all layers show the very rows of another one
            shown = known_cells(rows)
            same = (name for name, others in datasets.items() if others == shown)
            name = next(same, f"data-{len(datasets) + 1}")
            datasets.setdefault(name, shown)
            names[id(rows)] = name
        return names[id(rows)]

    def without(part: Spec) -> Spec:
        bare = dict(part)
        if "values" in (part.get("data") or {}):
            data = dict(part["data"])
            bare["data"] = data
            data["name"] = named(data.pop("values"))
        for name, inner in part.items():
            if name in PARTS:
                many = isinstance(inner, list)
                bare[name] = [without(member) for member in inner] if many else without(inner)
        return bare

    return without({name: part for name, part in spec.items() if name != "datasets"}), datasets


def known_cells(rows: Any) -> Any:
    """Return the rows of a dataset without empty cells; a number that is not finite is refused."""
    if not isinstance(rows, list):
        return rows
    numbers = (cell for row in rows for cell in row.values() if isinstance(cell, float))
    if endless := [number for number in numbers if not math.isfinite(number)]:
        raise ValueError(f"A chart's data have a number that cannot be drawn: {endless[0]}")
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
