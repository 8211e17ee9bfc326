"""The reference of all public names, from their docstrings."""

import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from sphinx.pycode import ModuleAnalyzer


class Face(NamedTuple):
    """A module with public names, and what one finds there."""

    module: str
    title: str


FACES = (
    Face("ineqlib", "`ineqlib`: what one types in a notebook"),
    Face("ineqlib.pack", "`ineqlib.pack`: packs and what is in them"),
    Face("ineqlib.measures", "`ineqlib.measures`: every statistic"),
    Face("ineqlib.facts", "`ineqlib.facts`: figures with where they come from"),
    Face("ineqlib.charts", "`ineqlib.charts`: figures as charts"),
    Face("ineqlib.catalogue", "`ineqlib.catalogue`: what is measured"),
    Face("ineqlib.audit", "`ineqlib.audit`: published labels and facts, checked"),
    Face("ineqlib.trace", "`ineqlib.trace`: a figure back to its source"),
    Face("ineqlib.pull", "`ineqlib.pull`: data from publishers"),
    Face("ineqlib.demo", "`ineqlib.demo`: the fictional county"),
    Face("ineqlib.errors", "`ineqlib.errors`: what can go wrong, as classes"),
)


def public_names(module: ModuleType) -> list[str]:
    """Return the public names of a module: what it lists, or else the classes it defines."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return list(listed)
    own = inspect.getmembers(module, inspect.isclass)
    return [name for name, value in own if value.__module__ == module.__name__]


def pages() -> dict[str, str]:
    """Return a page for each module, by its name in the site."""
    return {f"reference/{face.module}.md": page(face) for face in FACES}


def page(face: Face) -> str:
    """Write the page of one module."""
    module = import_module(face.module)
    about = f"{face.title}\n\n{inspect.getdoc(module)}\n"
    parts = [f"# {about}", "```{eval-rst}", f".. py:module:: {face.module}", ""]
    for name in sorted(public_names(module), key=str.casefold):
        parts += directive(face.module, name, getattr(module, name))
    return "\n".join([*parts, "```", ""])


def directive(module: str, name: str, value: Any) -> list[str]:
    """Have Sphinx write one name: a class with its members, a function, a module or a constant."""
    full = f"{module}.{name}"
    if inspect.ismodule(value):
        about = inspect.getdoc(value) or ""
        return [f".. py:data:: {name}", "", *indented(about), ""]
    if inspect.isclass(value):
        return [f".. autoclass:: {full}", "   :members:", "   :show-inheritance:", ""]
    if callable(value):
        return [f".. autofunction:: {full}", ""]
    return [f".. py:data:: {name}", "", *indented(said_of(name, value)), ""]


def said_of(name: str, value: Any) -> str:
    """Return what stands under a constant where it is defined, which no object remembers."""
    for module, loaded in tuple(sys.modules.items()):
        if module.startswith("ineqlib.") and vars(loaded).get(name) is value:
            documented = ModuleAnalyzer.for_module(module).find_attr_docs()
            if lines := documented.get(("", name)):
                return "\n".join(lines)
    raise LookupError(f"{name} is public: say under it, in a string, what it is.")


def indented(text: str) -> list[str]:
    """Put a text below a directive."""
    return [f"   {line}" for line in text.splitlines()]
