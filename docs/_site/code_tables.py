"""Reference pages of what is data in the code: kinds of document, indicators, layouts."""

import inspect
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.document.kinds import Kind, kind_named, kinds
from ineqlib.processes import LazyFunction
from ineqlib.sources.recognise import LAYOUTS

KINDS = """\
# Kinds of document

What a [run file](../run-file.md) may ask for under `documents`, and the parameters each takes. They
look like [this](../gallery-documents.md).
"""
INDICATORS = """\
# Every indicator

What the [catalogue](../catalogue.md) holds: by these ids or names, figures are asked for.
"""
LAYOUT = """\
# Every layout

Files are recognised by their content, in this order, and read by the module that is named. What
each takes and refuses is told in [packs](../packs.md).
"""


def pages() -> dict[str, str]:
    """Return the pages, by their names in the site."""
    return {
        "reference/documents.md": "\n".join([KINDS, *map(_kind, sorted(kinds()))]),
        "reference/indicators.md": "\n".join([INDICATORS, *_indicators()]),
        "reference/layouts.md": "\n".join([LAYOUT, *_layouts()]),
    }


def table(heads: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    """Write a table in Markdown."""
    cells = [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    lines = [" | ".join(heads), "|".join(["---"] * len(heads)), *cells]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _kind(name: str) -> str:
    kind: Kind = kind_named(name)
    about = (inspect.getdoc(builder(kind)) or "").partition("\n\n")[0]
    given = [(f"`{key}`", f"`{value!r}`") for key, value in kind.parameters.items()]
    subject = f"About: {kind.subject_type}. Notebook: [{name}](../notebooks/{name}.md)."
    parameters = table(("parameter", "unless it is given"), given) if given else ""
    return "\n".join([f"## {name}\n", f"{about}\n", f"{subject}\n", parameters])


def builder(kind: Kind) -> Callable[..., Any]:
    """Return the function that builds a kind, whose first words tell what it is."""
    if isinstance(kind.build, LazyFunction):
        return getattr(import_module(kind.build.module), kind.build.function)
    return kind.build


def _indicators() -> Iterable[str]:
    catalogue = load_catalogue()
    for objective in catalogue.objectives.values():
        own = catalogue.of_objective(objective.id)
        rows = [
            (f"`{entry.id}`", entry.name, entry.unit, entry.polarity, _leads(entry))
            for entry in own
        ]
        yield f"## {objective.id}: {objective.name}\n"
        yield table(("id", "name", "unit", "polarity", "leads"), rows)


def _leads(indicator: Indicator) -> str:
    """Return who leads on an indicator, and in two tiers for which of them."""
    tiers = {"both": "county and district"}.get(indicator.two_tier_owner, indicator.two_tier_owner)
    return f"{indicator.lead_owner} ({tiers})" if indicator.lead_owner else ""


def _layouts() -> Iterable[str]:
    rows = []
    for layout in LAYOUTS:
        module = layout.parser.__module__
        about = (inspect.getdoc(sys.modules[module]) or "").partition("\n")[0]
        rows.append((layout.name, about, f"`{module.removeprefix('ineqlib.sources.')}`"))
    yield table(("layout", "its module reads", "module"), rows)
