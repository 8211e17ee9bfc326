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
        objects = value if isinstance(value, list) else [value]
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
