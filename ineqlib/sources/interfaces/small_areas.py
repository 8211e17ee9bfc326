"""Neighbourhoods in ONS Open Geography: which there are in some districts, and their shapes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ineqlib.sources.interfaces.open_geography import (
    Layer,
    matching,
    one_of,
    put_together,
    unknown_layer,
)
from ineqlib.sources.interfaces.query import Query, in_lots
from ineqlib.sources.layouts.lookups import ONS_LOOKUPS
from ineqlib.sources.proof import WholeFeatures
from ineqlib.sources.proof.model import asked_and_got

ENGLISH_LSOAS = "LSOA21CD LIKE 'E%'"
"""Of a layer, those of England, as the service is asked."""
MOST_CODES = 100
"""Codes of one address: some proxies take no more than 2,000 characters."""


def wards(layers: Iterable[Mapping[str, Any]], districts: Iterable[str] | None = None) -> Layer:
    """Choose the newest lookup from LSOAs of 2021, of England or of some districts, to wards."""
    lookups = matching(layers, r"LSOA21_WD(\d\d)_LAD(\1)_EW_LU((?i:_V\d+)?)")
    if not lookups:
        raise unknown_layer("lookup from LSOAs to wards")
    newest = max(lookups, key=lambda match: (match[1], match[3].casefold()))
    where = ENGLISH_LSOAS
    if districts is not None:
        where = one_of(f"LAD{newest[1]}CD", districts)
    return Layer(newest[0], "LSOA21CD", ONS_LOOKUPS, has_shapes=False, where=where)


@dataclass(frozen=True)
class ChosenShapes:
    """The shapes of some codes of a layer, in lots of which each fits into an address."""

    layer: Layer
    codes: tuple[str, ...]

    def queries(self) -> list[Query]:
        """Ask for the shapes, a lot of codes at a time."""
        return [self.layer.of_codes(lot) for lot in in_lots(self.codes, MOST_CODES)]

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the lots into one file of GeoJSON, and prove that each code has its shape."""
        expectation = WholeFeatures(self.layer.code, len(self.codes))
        joined, codes = put_together(answers, expectation)
        asked_and_got("code", self.codes, codes, others=False)
        return joined
