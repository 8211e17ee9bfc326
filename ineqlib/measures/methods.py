"""Every documented method: each public function that says below ``Method`` what it is."""

from collections.abc import Iterator, Mapping
from inspect import isfunction
from types import MappingProxyType

from ineqlib import measures
from ineqlib.measures.registry import PROPORTIONS, REGISTRY
from ineqlib.measures.registry.rows import Method, said_of


def _documented() -> Iterator[Method]:
    for name in measures.__all__:
        function = getattr(measures, name)
        if isfunction(function) and (title := said_of(function).get("title")):
            yield Method(function, title)


METHODS: Mapping[str, Method] = MappingProxyType(
    {**{method.name: method for method in _documented()}, **REGISTRY, **PROPORTIONS}
)
"""By name; those of the registry as its rows."""
