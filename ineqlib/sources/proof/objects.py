"""Proving lists and objects in JSON whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import listed
from ineqlib.sources.proof.model import NotWhole, Proof, asked_and_got, read_json
from ineqlib.text import plural


@dataclass(frozen=True)
class WholeObjects:
    """Objects in JSON, each with the names needed: a list, or one under a name, or one object."""

    names: tuple[str, ...]
    """Names that each object has."""
    under: str = ""
    """Where the list stands in the answer, names joined by points; empty for the answer itself."""
    key: str = ""
    """The name by which an object is told from another."""
    asked: tuple[str, ...] = ()
    """Values of `key` that must be there; others may come besides."""
    by_name: tuple[str, ...] = ()
    """Of an object whose names are values, such as codes of areas: what they are, and what is under
    them, where that is no object."""
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the list whole."""
        objects = self.read(content)
        proved = [plural(len(objects), "object")]
        if self.asked:
            got = {str(item[self.key]) for item in objects}
            proved.insert(0, asked_and_got(self.key, self.asked, got, others=True))
        return Proof(tuple(proved))

    def read(self, content: bytes) -> list[Mapping[str, Any]]:
        """Return the objects."""
        value = read_json(content)
        for name in self.under.split(".") if self.under else ():
            if not isinstance(value, dict) or name not in value:
                names = listed(value) if isinstance(value, dict) else "no object"
                raise NotWhole(f"expected '{self.under}' in the answer, found {names}")
            value = value[name]
        objects = self._listed(value)
        if not objects and self.asked:
            raise NotWhole(
                "the service gave an empty list: it knows none of "
                f"{plural(len(self.asked), self.key)} asked ({listed(self.asked)}). Codes of areas "
                "change with their boundaries"
            )
        if not objects:
            raise NotWhole("the service gave an empty list", may_pass=True)
        for number, item in enumerate(objects, 1):
            lacking = [name for name in self.names if not (isinstance(item, dict) and name in item)]
            if lacking:
                raise NotWhole(
                    f"object {number:,} of {len(objects):,} lacks {listed(lacking)}: the publisher "
                    "has changed its layout"
                )
        return objects

    def _listed(self, value: Any) -> list[Any]:
        """Return the objects of an answer, each with the name it stands under."""
        if not self.by_name:
            return value if isinstance(value, list) else [value]
        if not isinstance(value, dict):
            raise NotWhole(f"expected an object whose names are each a {self.by_name[0]}")
        name, *under = self.by_name
        return [
            {name: key, under[0]: item} if under else {**_object(item), name: key}
            for key, item in value.items()
        ]


def _object(item: Any) -> dict[str, Any]:
    return item if isinstance(item, dict) else {}
