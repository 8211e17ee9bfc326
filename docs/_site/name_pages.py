"""The reference of all public names, from their docstrings."""

import inspect
import re
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
    Face("ineqlib.charts.theme", "`ineqlib.charts.theme`: colours and type"),
    Face("ineqlib.catalogue", "`ineqlib.catalogue`: what is measured"),
    Face("ineqlib.audit", "`ineqlib.audit`: published labels and facts, checked"),
    Face("ineqlib.trace", "`ineqlib.trace`: a figure back to its source"),
    Face("ineqlib.pulling", "`ineqlib.pulling`: data from publishers"),
    Face("ineqlib.demo", "`ineqlib.demo`: the fictional county"),
    Face("ineqlib.demo.training", "`iq.training`: a county to learn on"),
    Face("ineqlib.errors", "`ineqlib.errors`: what can go wrong, as classes"),
)

EXAMPLES = re.compile(r"\n\n(?=>>>|Examples\n)")


def public_names(module: ModuleType) -> list[str]:
    """Return the public names of a module: what it lists, or its classes, or its functions."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    own = {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }
    return [name for name, value in own.items() if inspect.isclass(value)] or list(own)


def pages() -> dict[str, str]:
    """Return a page for each module, by its name in the site."""
    for face in FACES:  # a room that is loaded stands where its function of the same name stood
        import_module(face.module)
    return {f"reference/{face.module}.md": page(face) for face in FACES}


def page(face: Face) -> str:
    """Write the page of one module; modules in it have pages of their own."""
    module = import_module(face.module)
    names = sorted(public_names(module), key=str.casefold)
    members = {name: getattr(module, name) for name in names}
    rooms = {name: value.__name__ for name, value in members.items() if inspect.ismodule(value)}
    links = [f"[`{name}`]({room}.md)" for name, room in rooms.items()]
    about = EXAMPLES.split(inspect.getdoc(module) or "")[0]  # (the methods page has examples)
    parts = [f"# {face.title}\n\n{about}\n"]
    parts += [f"With pages of their own: {', '.join(links)}.\n"] if links else []
    parts += ["```{eval-rst}", f".. py:module:: {face.module}", ""]
    for name in names:
        if name not in rooms:
            parts += directive(face.module, name, members[name])
    return "\n".join([*parts, "```", ""])


def directive(module: str, name: str, value: Any) -> list[str]:
    """Have Sphinx write one name: a class with its members, a function or a constant."""
    full = f"{module}.{name}"
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
