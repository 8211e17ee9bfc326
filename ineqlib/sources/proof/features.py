"""Proving the features of a map service whole (ArcGIS, which errs and cuts with status 200)."""

from dataclasses import dataclass
from typing import Any

from ineqlib.errors import listed
from ineqlib.sources.proof.model import NotWhole, Proof, read_json


@dataclass(frozen=True)
class FeatureCount:
    """The number of features a query has, which is asked before they are."""

    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove that a number came."""
        return Proof((f"{self.read(content):,} features announced",))

    def read(self, content: bytes) -> int:
        """Return the number."""
        match read_json(content):
            case {"count": int(count)} if count > 0:
                return count
            case {"count": 0}:
                raise NotWhole("the service has no features for this question")
        raise NotWhole("the service did not say how many features there are", may_pass=True)


@dataclass(frozen=True)
class WholeFeatures:
    """A page of features: as many as there must be, each with its code, each once."""

    code: str
    """The property that holds the code of an area, such as ``LAD24CD``."""
    count: int
    is_last: bool = True
    has_shapes: bool = True
    """Whether they are shapes (GeoJSON), or rows of a table (Esri's JSON)."""
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the page whole."""
        return self.prove_codes(self.codes(read_json(content)))

    def prove_codes(self, codes: set[str]) -> Proof:
        """Prove that there are as many codes as features."""
        if len(codes) != self.count:
            raise NotWhole(
                f"{len(codes):,} of {self.count:,} features came, each counted once", may_pass=True
            )
        return Proof((f"{self.count:,} features announced and here",))

    def codes(self, answer: Any) -> set[str]:
        """Return the codes of the features of an answer."""
        match answer:
            case {"features": [*features]} if features:
                pass
            case {"features": []}:
                raise NotWhole("the service gave an empty list of features", may_pass=True)
            case _:
                raise NotWhole("expected features, as a map service gives them")
        # In GeoJSON the mark stands under `properties`, in Esri's JSON at the top.
        marks = [answer, answer.get("properties")]
        is_cut = any(isinstance(m, dict) and m.get("exceededTransferLimit") for m in marks)
        if self.is_last and is_cut:
            raise NotWhole("the service says that it left features out (exceededTransferLimit)")
        return {self._code(number, feature) for number, feature in enumerate(features, 1)}

    def _code(self, number: int, feature: Any) -> str:
        values = None
        if isinstance(feature, dict):
            values = feature.get("properties" if self.has_shapes else "attributes")
        if not isinstance(values, dict) or self.code not in values:
            names = listed(values, most=20) if isinstance(values, dict) else "no values"
            raise NotWhole(
                f"feature {number:,} has no {self.code}: it has {names}. The publisher has changed "
                "its layout"
            )
        if not values[self.code] or (self.has_shapes and not feature.get("geometry")):
            raise NotWhole(f"feature {number:,} has no shape, or no code", may_pass=True)
        return str(values[self.code])
