"""The places that money went to, at the level at which it is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import newest_index
from ineqlib.errors import UnknownArea
from ineqlib.measures import assign_quantiles
from ineqlib.pack import Area, Pack

SMALL, FIFTH, DISTRICT, UPPER = "neighbourhoods", "fifths", "districts", "upper-tier authorities"
FIFTHS = 5
FIFTH_NAMES = (
    "Most deprived fifth",
    "Second most deprived fifth",
    "Middle fifth",
    "Second least deprived fifth",
    "Least deprived fifth",
)
DOMAIN = "_decile"
"""Ends the columns of neighbourhoods that hold the tenth of one domain of deprivation."""


@dataclass(frozen=True)
class Units:
    """The places of one level inside the subject."""

    level: str
    """`SMALL`, `FIFTH`, `DISTRICT` or `UPPER`."""
    codes: tuple[str, ...]
    names: tuple[str, ...]
    people: NDArray[np.float64]
    """Of each place."""
    place_of: Mapping[str, int]
    """Code of a place, or of what lies in it -> where it stands among them."""
    deprivation: NDArray[np.float64]
    """Larger where more deprived, an order alone."""
    score: NDArray[np.float64] | None
    """Mean deprivation score; None where the pack lacks that of one of them."""
    index: str
    """Id of the index of deprivation."""
    domains: Mapping[str, NDArray[np.float64]]
    """Words for a domain of deprivation -> its order; of neighbourhoods alone."""

    def __len__(self) -> int:
        return len(self.codes)


def current_code(pack: Pack, code: str) -> str:
    """Return the code that an area goes by today; empty of one that has ended or is not known."""
    try:
        return pack.area(code).code
    except UnknownArea:
        return ""


class Geography:
    """What a pack knows of the places inside one area, level by level."""

    def __init__(self, pack: Pack, area: Area) -> None:
        self.pack, self.area = pack, area
        self.districts = pack.districts_within(area.code)
        every = pack.small_areas(area.code) if pack.has("small_areas") else pd.DataFrame()
        self._every = every if len(every) else pd.DataFrame(columns=["small_area_code"])
        codes = [self._every[name] for name in ("small_area_code", "area_code") if len(every)]
        self.district_of: dict[str, str] = dict(zip(*codes, strict=True)) if codes else {}

    @cached_property
    def neighbourhoods(self) -> pd.DataFrame:
        """Those of the newest index that knows the people of each; may be empty."""
        if not self.district_of:
            return self._every
        known = self._every.dropna(subset="population")
        newest = newest_index(known["index"].unique())
        return known[known["index"] == newest].drop_duplicates("small_area_code")

    @cached_property
    def upper_of(self) -> dict[str, str]:
        """Code of a district -> that of the upper-tier authority it lies in, or is."""
        areas = self.pack.areas
        parents = dict(zip(areas["area_code"], areas["parent_code"], strict=True))
        return {code: parents.get(code) or code for code in self.districts}

    def level_of(self, codes: Collection[str], *, has_fifths: bool) -> str:
        """Return the finest level at which all the money can be placed."""
        inside = set(codes) - {self.area.code}
        counties = set(self.upper_of.values()) - set(self.districts)
        several = len(self.districts) > 1
        if several and inside & counties:
            return UPPER
        if several and inside & set(self.districts):
            return DISTRICT
        if has_fifths:
            return FIFTH
        small = inside & set(self.district_of)
        with_people = bool(small) and small <= set(self.neighbourhoods["small_area_code"])
        return SMALL if with_people or not several else DISTRICT

    def edition_of(self, codes: Collection[str]) -> pd.Series:
        """Return the neighbourhoods of the index that knows most of some codes."""
        parts = [part["small_area_code"] for _, part in self._every.groupby("index")]
        return max(parts, key=lambda part: part.isin(codes).sum())

    def units(self, level: str) -> Units | None:
        """Return the places of a level; None where the pack does not know their people."""
        frame = self.neighbourhoods
        if frame.empty:
            return None
        if level == SMALL:
            return self._small(frame)
        if level == FIFTH:
            rank = frame["rank"].to_numpy(float)
            fifth = assign_quantiles(rank, FIFTHS, most_deprived="lowest")
            keys = [str(number) for number in range(1, FIFTHS + 1)]
            return self._merged(level, keys, list(FIFTH_NAMES), np.array(list(map(str, fifth))))
        to = self.upper_of if level == UPPER else dict.fromkeys(self.districts)
        group = frame["area_code"].map(lambda code: to.get(code) or code).to_numpy(str)
        codes = sorted({to[code] or code for code in self.districts})
        if not set(codes) <= set(group):
            return None
        names = [self.pack.area(code).name for code in codes]
        return self._merged(level, codes, names, group)

    def _small(self, frame: pd.DataFrame) -> Units:
        codes = tuple(frame["small_area_code"])
        domains = {
            f"{name.removesuffix(DOMAIN)} deprivation": -frame[name].to_numpy(float)
            for name in frame.columns
            if name.endswith(DOMAIN) and frame[name].notna().all()
        }
        return Units(
            SMALL,
            codes,
            tuple(frame["small_area_name"]),
            frame["population"].to_numpy(float),
            {code: place for place, code in enumerate(codes)},
            -frame["rank"].to_numpy(float),
            self._scores(frame),
            self._index(frame),
            domains,
        )

    def _merged(self, level: str, codes: list[str], names: list[str], group: NDArray) -> Units:
        """Merge neighbourhoods into larger places, by the code of the one that each lies in."""
        frame = self.neighbourhoods
        people, rank = (frame[name].to_numpy(float) for name in ("population", "rank"))
        member = np.array([codes.index(code) for code in group])
        total = np.bincount(member, people, len(codes)).astype(float)
        at = {code: place for place, code in enumerate(codes)}
        if level == FIFTH:
            place_of = dict(zip(frame["small_area_code"], member.tolist(), strict=True)) | at
            index, score = self._index(frame), self._scores(frame)
            mean = None if score is None else np.bincount(member, people * score) / total
            deprivation: NDArray[np.float64] = -np.arange(len(codes), dtype=float)
        else:
            upper = {lad: self.upper_of[lad] if level == UPPER else lad for lad in self.districts}
            inside = {lad: at[larger] for lad, larger in upper.items()}
            small = {code: inside[lad] for code, lad in self.district_of.items() if lad in inside}
            place_of = small | inside | at
            index, mean = self._authority_scores(codes)
            index = index or self._index(frame)
            deprivation = -np.bincount(member, people * rank) / total if mean is None else mean
        return Units(
            level, tuple(codes), tuple(names), total, place_of, deprivation, mean, index, {}
        )

    def _authority_scores(self, codes: list[str]) -> tuple[str, NDArray[np.float64] | None]:
        """Return the newest index of authorities, and each one's mean score of it.

        Of an authority that is not in the table, the districts' scores weighted by their people.
        """
        if not self.pack.has("area_deprivation"):
            return "", None
        table = self.pack.area_deprivation()
        score = dict(zip(table["area_code"], table["average_score"], strict=True))
        people = self.neighbourhoods.groupby("area_code")["population"].sum()
        values = []
        for code in codes:
            parts = [lad for lad in self.districts if code in (lad, self.upper_of[lad])]
            if code in score:
                values.append(float(score[code]))
            elif set(parts) <= set(score):
                weights = [people[lad] for lad in parts]
                values.append(float(np.average([score[lad] for lad in parts], weights=weights)))
        index = str(table["index"].iloc[0])
        whole = len(values) == len(codes) and bool(np.isfinite(values).all())
        return (index, np.array(values)) if whole else ("", None)

    @staticmethod
    def _scores(frame: pd.DataFrame) -> NDArray[np.float64] | None:
        return frame["score"].to_numpy(float) if frame["score"].notna().all() else None

    @staticmethod
    def _index(frame: pd.DataFrame) -> str:
        return str(frame["index"].iloc[0])
