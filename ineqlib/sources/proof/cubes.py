"""Proving a table of Stat-Xplore whole: as many cells as its fields have items together."""

import math
from dataclasses import dataclass
from typing import Any

from ineqlib.sources.proof.model import NotWhole, Proof, asked_and_got, read_json


@dataclass(frozen=True)
class WholeCube:
    """One measure by some fields, each with the values asked."""

    measure: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    """Each field and its values, in the order asked."""
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the table whole."""
        match read_json(content):
            case {"fields": [*fields], "cubes": dict(cubes)}:
                pass
            case _:
                raise NotWhole("expected a table with fields and cubes")
        asked_and_got("measure", (self.measure,), set(cubes), others=False)
        try:
            shape = self._shape(fields)
            values = cubes[self.measure]["values"]
        except (KeyError, TypeError, AttributeError) as error:
            raise NotWhole(f"a field is not as fields were ({error}): its layout is new") from error
        _prove_shape(values, shape)
        return Proof((f"{math.prod(shape):,} cells, of all values asked",))

    def _shape(self, fields: list[Any]) -> list[int]:
        """Prove that the fields have the values asked; return how many items each has."""
        names = tuple(str(field["uri"]) for field in fields)
        if names != tuple(name for name, _ in self.fields):
            raise NotWhole(f"the answer is to another question: its fields are {', '.join(names)}")
        for field, (_, asked) in zip(fields, self.fields, strict=True):
            got = {uri for item in field["items"] for uri in item.get("uris", ["a total"])}
            asked_and_got("value", asked, got, others=False)
        return [len(field["items"]) for field in fields]


def _prove_shape(values: Any, shape: list[int]) -> None:
    if not shape:
        if isinstance(values, bool) or not isinstance(values, int | float | None):
            raise NotWhole(f"a cell is no number, but {values!r}")
        return
    if not isinstance(values, list) or len(values) != shape[0]:
        count = len(values) if isinstance(values, list) else 0
        raise NotWhole(f"{count:,} of {shape[0]:,} cells of a row are here", may_pass=True)
    for inner in values:
        _prove_shape(inner, shape[1:])
