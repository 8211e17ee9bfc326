"""From Vega-Lite to Vega, compiled once for all charts that differ only in data and numbers."""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import vl_convert

from ineqlib.charts import theme

if TYPE_CHECKING:  # it needs pandas, and a renderer starts in half the time without
    from ineqlib.charts.vegalite import Spec

SHAPES = 256
"""How many compiled shapes are kept: a batch meets a few dozen of some ten kilobytes."""
MEASURED_IN = "Liberation Sans"
"""The font texts are measured in, as wide as the theme's: vl-convert brings it, so that drawings do
not depend on which of the theme's fonts a machine has."""
PASSED_ON = ("description", "width", "height", "padding")
"""What Vega-Lite hands to Vega as it is, where a single plot is not to be fitted to anything."""


def to_vega(spec: "Spec") -> "Spec":
    """Compile a Vega-Lite specification, with its data, in the package's theme, to be drawn once.

    Its shape, what is left without datasets, values of parameters and sizes, is compiled when it is
    first met.
    """
    tables: dict[str, str] = {}
    datasets = spec.get("datasets", {})
    bare = {name: part for name, part in spec.items() if name != "datasets"}
    shape = _with_numbered_tables(bare, datasets, tables)
    values = {param["name"]: param["value"] for param in _plain_params(spec)}
    for param in _plain_params(shape):
        param["value"] = None
    sizes = {name: spec[name] for name in PASSED_ON if name in spec} if _is_fixed(spec) else {}
    shape |= dict.fromkeys(sizes, 1)
    vega = _compiled(json.dumps(shape, sort_keys=True))
    rows = {table: datasets[name] for name, table in tables.items()}
    return {
        **vega,
        **sizes,
        "data": _filled(vega.get("data", []), "values", rows),
        "signals": _filled(vega.get("signals", []), "value", values),
    }


@lru_cache(maxsize=SHAPES)
def _compiled(shape: str) -> "Spec":
    config = theme.CONFIG | {"font": MEASURED_IN}
    compiled: Spec = vl_convert.vegalite_to_vega(json.loads(shape), config=config)
    return compiled


def _is_fixed(spec: "Spec") -> bool:
    numbers = isinstance(spec.get("width"), int) and isinstance(spec.get("height"), int)
    return numbers and spec.get("autosize") == "none" and ("layer" in spec or "mark" in spec)


def _plain_params(spec: "Spec") -> "list[Spec]":
    """Return the parameters that are a name and a value and nothing more."""
    return [param for param in spec.get("params", []) if set(param) == {"name", "value"}]


def _with_numbered_tables(part: Any, datasets: "Spec", tables: dict[str, str]) -> Any:
    """Return a copy whose datasets are named by the order in which they are met."""
    if isinstance(part, list):
        return [_with_numbered_tables(member, datasets, tables) for member in part]
    if not isinstance(part, dict):
        return part
    copied = {name: _with_numbered_tables(x, datasets, tables) for name, x in part.items()}
    data = copied.get("data")
    if isinstance(data, dict) and data.get("name") in datasets:
        data["name"] = tables.setdefault(data["name"], f"table_{len(tables)}")
    return copied


def _filled(entries: "list[Spec]", key: str, content: dict[str, Any]) -> "list[Spec]":
    return [
        {**entry, key: content[entry["name"]]} if entry["name"] in content else entry
        for entry in entries
    ]
