"""Every public function says what it takes and what it gives back."""

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

import ineqlib
from ineqlib import measures


def functions(face: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions a module exports, and the public methods of the classes it exports."""
    for name in face.__all__:
        item = getattr(face, name)
        if inspect.isfunction(item):
            yield name, item
        elif inspect.isclass(item):
            for method, function in inspect.getmembers(item, inspect.isfunction):
                if not method.startswith("_"):
                    yield f"{name}.{method}", function


PUBLIC = {name: function for face in (measures, ineqlib) for name, function in functions(face)}


def sections(docstring: str) -> dict[str, str]:
    """Return the text below each underlined title."""
    parts = re.split(r"^(\w+)\n-{3,}$", docstring, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def faults(function: Callable[..., Any]) -> list[str]:
    """Return what the docstring of a function lacks."""
    docstring = inspect.getdoc(function)
    if not docstring:
        return ["no docstring"]
    parts = sections(docstring)
    signature = inspect.signature(function)
    expected = [name for name in signature.parameters if name != "self"]
    named = [
        name.strip(" *")
        for line in re.findall(r"^\S.*$", parts.get("Parameters", ""), re.MULTILINE)
        for name in line.partition(" : ")[0].split(",")
    ]
    lacking = []
    if sorted(named) != sorted(expected):
        lacking.append(f"Parameters names {named}, the function takes {expected}")
    if signature.return_annotation is not None and not parts.keys() & {"Returns", "Yields"}:
        lacking.append("no Returns")
    return lacking


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_function_documents_its_parameters_and_result(name: str) -> None:
    lacking = faults(PUBLIC[name])
    assert lacking == []


def test_what_a_docstring_lacks_is_seen() -> None:
    def bare(a: int, *, b: int) -> int:
        """Add.

        Parameters
        ----------
        a, c
            Numbers.
        """
        return a + b

    assert faults(bare) == [
        "Parameters names ['a', 'c'], the function takes ['a', 'b']",
        "no Returns",
    ]
