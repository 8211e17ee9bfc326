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
        """Prove that a number came.

        Raises
        ------
        NotWhole
            None came, or it is 0.
        """
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
    """A page of features in GeoJSON: as many as there must be, each with its code, each once."""

    code: str
    """The property that holds the code of an area, such as ``LAD24CD``."""
    count: int
    is_last: bool = True
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the page whole.

        Raises
        ------
        NotWhole
            Features are missing, doubled or without a code or a shape.
        """
        codes = feature_codes(read_json(content), self.code, self.is_last)
        if len(codes) != self.count:
            raise NotWhole(
                f"{len(codes):,} of {self.count:,} features came, each counted once", may_pass=True
            )
        return Proof((f"{self.count:,} features announced and here",))


def feature_codes(answer: Any, code: str, is_last: bool) -> set[str]:
    """Return the codes of the features of an answer.

    Raises
    ------
    NotWhole
        It has no features or says that there are more, or one lacks its code or shape.
    """
    match answer:
        case {"features": [*features]} if features:
            pass
        case {"features": []}:
            raise NotWhole("the service gave an empty list of features", may_pass=True)
        case _:
            raise NotWhole("expected GeoJSON with features")
    # In GeoJSON the mark stands under `properties`, in Esri's JSON at the top.
    marks = [answer, answer.get("properties")]
    if is_last and any(isinstance(m, dict) and m.get("exceededTransferLimit") for m in marks):
        raise NotWhole("the service says that it left features out (exceededTransferLimit)")
    codes = set()
    for number, feature in enumerate(features, 1):
        match feature:
            case {"properties": {**properties}, "geometry": {}} if properties.get(code):
                codes.add(str(properties[code]))
            case {"properties": {**properties}} if code not in properties:
                raise NotWhole(
                    f"feature {number:,} has no {code}: it has {listed(properties, most=20)}. The "
                    "publisher has changed its layout"
                )
            case _:
                raise NotWhole(f"feature {number:,} has no shape or no code", may_pass=True)
    return codes
