"""Figures: charts with their words, text alternative, source and table; and their theme."""

from importlib import import_module
from typing import Any

__all__ = [
    "Figure",
    "Labels",
    "beside",
    "concentration",
    "contributions",
    "deprivation_line",
    "distribution",
    "event_time",
    "gradient",
    "small_area_map",
    "spine",
    "theme",
    "trend",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used: a process that only draws does without pandas.
    if name == "theme":
        return import_module("ineqlib.charts.theme")
    if name in ("Figure", "Labels"):
        return getattr(import_module("ineqlib.charts.figure"), name)
    if name in __all__:
        return getattr(import_module(f"ineqlib.charts.{name}_chart"), name)
    raise AttributeError(f"module 'ineqlib.charts' has no attribute '{name}'")
