"""Figures of the catalogue that Explore Local Statistics has: a part of a plan for each. Pure."""

from collections.abc import Sequence

from ineqlib.pulling.parts import catalogue_ids
from ineqlib.pulling.place import Whole
from ineqlib.pulling.plan import File, Files, Part
from ineqlib.sources.fetch import Download
from ineqlib.sources.interfaces import explore_statistics
from ineqlib.sources.layouts.explore_statistics_json import read_indicators
from ineqlib.text import plural

NO_LOCAL_STATISTICS = "the indicators of Explore Local Statistics"
INDICATOR_BYTES = 300_000
"""Of the areas of all levels in all years, about."""
LEVELS: dict[Whole, tuple[str, ...]] = {
    "districts": ("ctry", "rgn", "utla", "ltla"),
    "counties": ("ctry", "rgn", "utla"),
}
"""What the service calls the levels of areas that a pack of a tier has."""


def local_statistics_parts(descriptions: bytes, which: Whole) -> list[Part]:
    """Plan the figures of each indicator that the service lists and the catalogue knows.

    All areas of a level are asked for: whichever area a pull is of, the kept copy will do, and
    areas that are alike have figures too. An indicator that cannot be had leaves the others be.
    """
    listed = read_indicators(descriptions)
    levels = listed["levels"].map(lambda own: tuple(name for name in own if name in LEVELS[which]))
    is_known = listed["publisher_id"].isin(catalogue_ids("explore_statistics"))
    asked = listed.assign(levels=levels)[is_known & levels.map(bool)]
    return [
        Part(
            what=f"figures of {plural(len(asked), 'further indicator')}",
            queries=(explore_statistics.data(row.slug, row.levels),),
            files=_files_of(row.publisher_id),
            size=INDICATOR_BYTES,
            lack=row.publisher_id,
        )
        for row in asked.itertuples(index=False)
    ]


def _files_of(name: str) -> Files:
    """Make a file of each answer, and tell the build of which indicator it is: it does not say."""

    def files(answers: Sequence[Download]) -> list[File]:
        return [File(None, ".csv", [answer], {"indicator": name}) for answer in answers]

    return files
