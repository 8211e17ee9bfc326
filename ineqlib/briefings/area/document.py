"""One area's briefing: what the notebook asks, section by section."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ineqlib import __version__
from ineqlib.briefings.area import comparisons, data_notes, overview, within_area
from ineqlib.document.blocks import Blocks, Html
from ineqlib.document.page import PAGE_MIME
from ineqlib.facts.comparisons import Comparison, at_a_glance, only_above
from ineqlib.facts.deprivation import Spread, national_spread
from ineqlib.facts.deprivation_line import deprivation_lines
from ineqlib.facts.fact import FactTable
from ineqlib.facts.gradients import Gradient, local_gradients
from ineqlib.facts.most_deprived_group import poorest_groups
from ineqlib.facts.profile import COMPARATORS, Profile, read_profile
from ineqlib.facts.series import Series
from ineqlib.pack import Pack, open_pack


def open_briefing(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = "marmot",
) -> "Briefing":
    """Open the briefing of one area.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    comparators
        Any of ``county``, ``region``, ``country``, ``neighbours``; one the area does not have
        (a unitary authority has no county) is left out and the data notes say so.
    indicator_set
        Name or file of an indicator set, or indicator ids in order.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    held = pack if isinstance(pack, Pack) else open_pack(pack)
    return Briefing(
        read_profile(held, area, comparators=list(comparators), indicator_set=indicator_set)
    )


SECTIONS = (
    *("page", "headline", "at_a_glance", "wider_areas_only", "trends", "deprivation", "gradients"),
    *("poorest", "on_the_gradient", "map", "uncatalogued", "missing", "remarks", "sources"),
    *("methods", "shorthand", "facts"),
)
"""All sections of a briefing, by the name of their method."""


@dataclass(frozen=True)
class PageDetails:
    """The page's identity, for the exporter; in a notebook it shows as a heading."""

    details: dict[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PAGE_MIME: self.details, "text/plain": self.details["title"]}


class Briefing:
    """One area's briefing; each method is one section, and shows what it returns.

    Parameters
    ----------
    profile
        The area, its comparators and the indicators to show.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    @cached_property
    def _comparisons(self) -> list[Comparison]:
        return at_a_glance(self.profile)

    @cached_property
    def _above(self) -> list[Series]:
        return only_above(self.profile)

    @cached_property
    def _gradients(self) -> list[Gradient]:
        return list(local_gradients(self.profile))

    @cached_property
    def _spread(self) -> Spread | None:
        return national_spread(self.profile)

    def page(self) -> PageDetails:
        """Title, area and pack: what the exported page says it is."""
        area, pack = self.profile.area, self.profile.pack
        return PageDetails(
            {
                "title": f"{area.name}: health inequalities briefing",
                "area_name": area.name,
                "area_code": area.code,
                "pack_title": pack.title,
                "fictional": pack.fictional,
                "made_with": f"ineqlib {__version__}",
                "summary": overview.summary(self.profile, self._comparisons),
                "figures": [_figure(found) for found in self._comparisons],
            }
        )

    def headline(self) -> Html:
        """The few sentences a reader must not miss."""
        return overview.headline(self.profile, self._comparisons, self._spread, self._gradients)

    def at_a_glance(self) -> Blocks:
        """Every indicator's newest figure beside the county, region, country and neighbours."""
        return comparisons.section(self.profile, self._comparisons)

    def wider_areas_only(self) -> Blocks:
        """Figures published only for the county or the country, labelled as theirs."""
        return overview.above_only(self.profile, self._above)

    def trends(self) -> Blocks:
        """One chart per indicator: area, county or region, and country over time."""
        return overview.trends(self.profile, self._comparisons)

    def deprivation(self) -> Blocks:
        """How people, or neighbourhoods, spread over the national tenths of deprivation."""
        return within_area.spread_over_tenths(self.profile, self._spread)

    def gradients(self) -> Blocks:
        """Indicators across the area's own fifths or tenths, with slopes and their checks."""
        return within_area.gradients(self.profile, self._gradients)

    def poorest(self) -> Blocks:
        """Our most deprived neighbourhoods beside the country's."""
        return within_area.poorest(self.profile, list(poorest_groups(self.profile)))

    def on_the_gradient(self) -> Blocks:
        """The area among all areas of its tier, by deprivation."""
        found = list(deprivation_lines(self.profile, self._comparisons))
        return within_area.on_the_gradient(self.profile, found)

    def map(self) -> Blocks:
        """The area's neighbourhoods, linked to its gradient."""
        return within_area.neighbourhood_map(self.profile, self._gradients, self._spread)

    def uncatalogued(self) -> Blocks:
        """Figures the catalogue does not know, shown without judgement."""
        return data_notes.uncatalogued(self.profile)

    def missing(self) -> Blocks:
        """What is not here, and why."""
        return data_notes.missing(self.profile, self._comparisons, self._above)

    def remarks(self) -> Blocks:
        """What the publishers say of the figures shown."""
        return data_notes.remarks(self._comparisons)

    def sources(self) -> Blocks:
        """Publishers, licences and attributions."""
        return data_notes.sources(self.profile)

    def methods(self) -> Html:
        """How the figures were calculated."""
        return data_notes.methods(self.profile, self._comparisons, self._gradients)

    def shorthand(self) -> Html:
        """The key to ``[c]``, ``[x]`` and the others."""
        return data_notes.shorthand()

    def facts(self) -> FactTable:
        """Every number shown so far, with its id, method and rows."""
        return self.profile.book


def _figure(found: Comparison) -> dict[str, Any]:
    """Return a newest figure as a later briefing is held against it."""
    area = found.facts.get("area")
    return {
        "indicator": found.indicator.id,
        "sex": found.series.sex,
        "age": found.newest.age,
        "period": found.period,
        "value": area.value if area else None,
        "comparison": found.verdict,
    }
