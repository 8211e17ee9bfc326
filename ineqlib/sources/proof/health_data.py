"""Proving the figures of an indicator whole, as the successor of Fingertips gives them."""

from dataclasses import dataclass
from typing import Any

from ineqlib.sources.proof.model import NotWhole, Proof, asked_and_got, read_json
from ineqlib.sources.proof.objects import WholeObjects


@dataclass(frozen=True)
class WholeHealthData:
    """Figures of one indicator for areas and years: of areas it does not know, it says nothing."""

    indicator: str
    areas: tuple[str, ...]
    years: tuple[str, ...] = ()
    """Years in which the periods asked begin; empty where all were asked."""
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the figures whole.

        Raises
        ------
        NotWhole
            They are of another indicator, or areas, years or all figures are missing.
        """
        areas = WholeObjects(
            ("areaCode", "areaName", "indicatorSegments"),
            under="areaHealthData",
            key="areaCode",
            asked=self.areas,
        )
        proved = list(areas.prove(content).proved)
        answer = read_json(content)
        if str(answer.get("indicatorId")) != self.indicator:
            raise NotWhole(
                f"the answer is to another question: asked was indicator {self.indicator}, and "
                f"{answer.get('indicatorId')} came"
            )
        starts = [str(item["datePeriod"]["from"])[:4] for item in figures(answer)]
        if not starts:
            raise NotWhole("the areas came without a figure")
        if self.years:
            proved.append(asked_and_got("year", self.years, set(starts), others=False))
        return Proof((*proved, f"{len(starts):,} figures"))


def figures(answer: Any) -> list[Any]:
    """Return the figures of all areas.

    Raises
    ------
    NotWhole
        A segment or a figure lacks what it should have.
    """
    every = [
        figure
        for area in answer["areaHealthData"]
        for segment in area["indicatorSegments"]
        for figure in segment.get("healthData", [None])
    ]
    if not all(isinstance(f, dict) and {"datePeriod", "value"} <= set(f) for f in every):
        raise NotWhole("a figure lacks its period or value: the publisher has changed its layout")
    return every
