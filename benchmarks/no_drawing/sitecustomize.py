"""Read by every Python that has this folder on PYTHONPATH: charts are not drawn there.

What is left is to run the notebook, to export the page and to check it.
"""

import sys
from html import escape
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

FIGURES = {"ineqlib.charts.figure": "Figure", "ineqlib.charts.drawn_figure": "DrawnFigure"}
"""Module -> its class of figures."""


def nothing(figure: Any) -> str:
    """Return a picture of nothing with a figure's text alternative, which a page is held to."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200" '
        f'role="img" aria-label="{escape(figure.labels.alt)}"></svg>'
    )


class NotDrawn(MetaPathFinder):
    """Has figures show a picture of nothing, as soon as they are imported."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find one of the modules as usual, and change its class once it has run."""
        spec = PathFinder.find_spec(name, path, target) if name in FIGURES else None
        if spec is None or spec.loader is None:
            return None
        loader: Any = spec.loader
        run = loader.exec_module

        def run_and_change(module: ModuleType) -> None:
            run(module)
            figure = getattr(module, FIGURES[name])
            figure.svg = figure._plain_drawing = property(nothing)

        loader.exec_module = run_and_change
        return spec


sys.meta_path.insert(0, NotDrawn())
