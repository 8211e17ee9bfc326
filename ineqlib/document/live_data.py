"""The data that the charts of a page come alive with, as JSON text.

A figure brings its specification and its data as JSON already, so that nothing is written twice.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ineqlib.text import as_json


def live_data(theme: Mapping[str, Any], figures: Iterable[str], datasets: Iterable[str]) -> str:
    """Return the whole, of what `figure_entry` and `dataset_entry` give."""
    return (
        f'{{"theme":{as_json(theme)},"datasets":{{{",".join(datasets)}}},'
        f'"figures":[{",".join(figures)}]}}'
    )


def figure_entry(live: Mapping[str, Any]) -> str:
    """Return what the data have of one figure's `live`: its specification, its datasets by name."""
    names = as_json(list(live["datasets"]))
    return f'{figure_begins(live["id"])}"spec":{live["spec"]},"datasets":{names}}}'


def figure_begins(figure_id: str) -> str:
    """Return how a figure's entry begins."""
    return f'{{"id":{as_json(figure_id)},'


def dataset_entry(name: str, rows: str) -> str:
    """Return what the data have of one dataset, given as JSON."""
    return f"{as_json(name)}:{rows}"
