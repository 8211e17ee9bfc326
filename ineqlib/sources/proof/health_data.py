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
        """Prove the figures whole."""
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
        starts = _starts(answer)
        if not starts:
            raise NotWhole("the areas came without a figure")
        if self.years:
            proved.append(asked_and_got("year", self.years, set(starts), others=False))
        return Proof((*proved, f"{len(starts):,} figures"))


def _starts(answer: Any) -> list[str]:
    """Return the years in which the periods of all figures begin."""
    try:
        return [
            str(figure["datePeriod"]["from"])[:4]
            for area in answer["areaHealthData"]
            for segment in area["indicatorSegments"]
            for figure in segment["healthData"]
            if "value" in figure
        ]
    except (KeyError, TypeError) as error:
        raise NotWhole(
            f"a figure is not as figures were ({error}): the publisher has changed its layout"
        ) from error
