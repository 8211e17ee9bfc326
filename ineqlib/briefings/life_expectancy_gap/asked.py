"""What may be asked of the gap: against whom, whose lives, by whose conventions."""

from dataclasses import dataclass

from ineqlib.errors import ParameterError, UnknownArea, choose_from
from ineqlib.facts.deaths_by_age import APART
from ineqlib.pack import Area, Pack

INSIDE = "least_deprived"
ABOVE = ("county", "region", "country")
COMPARATORS = (INSIDE, *ABOVE)
SEXES = {"both": ("Persons",), "men": ("Male",), "women": ("Female",)}
CONVENTIONS = ("ours", "ohid")


@dataclass(frozen=True)
class Asked:
    """What was asked, checked."""

    area: Area
    """The area that the document is about."""
    other: Area | None
    """The area it is compared with; None for its own least deprived group, or where `why_not` says
    why there is none."""
    is_inside: bool
    """Whether its most deprived group is compared with its least deprived."""
    sexes: tuple[str, ...]
    """Whose lives, as the tables have them."""
    is_ohid: bool
    """Whether by the conventions of OHID's Segment Tool."""
    why_not: str = ""
    """Why there is no such comparator; empty where there is."""

    @property
    def is_part(self) -> bool:
        """Whether the area compared with contains the area."""
        return self.other is not None and self.other.code in self.area.above.values()

    @property
    def apart(self) -> tuple[str, ...]:
        """Whose published life expectancy is shown: men and women are published apart."""
        return APART if self.sexes == SEXES["both"] else self.sexes


def read_asked(pack: Pack, area: str, comparator: str, sex: str, convention: str) -> Asked:
    """Check what was asked, and find the areas."""
    _one_of("sex", sex, tuple(SEXES))
    _one_of("convention", convention, CONVENTIONS)
    here = pack.area(area)
    is_ohid = convention == "ohid"
    sexes = APART if is_ohid and sex == "both" else SEXES[sex]
    if comparator == INSIDE:
        return Asked(here, None, True, sexes, is_ohid)
    if comparator in ABOVE:
        code = here.above[comparator]
        if not code or code == here.code:
            why = f"{here.name} lies in no {comparator} that it could be compared with."
            return Asked(here, None, False, sexes, is_ohid, why)
        return Asked(here, pack.area(code), False, sexes, is_ohid)
    other = _area_named(pack, comparator)
    if other.code == here.code:
        raise ParameterError(f"comparator='{comparator}' is {here.name} itself. Choose another.")
    return Asked(here, other, False, sexes, is_ohid)


def _area_named(pack: Pack, comparator: str) -> Area:
    try:
        return pack.area(comparator)
    except UnknownArea as error:
        raise ParameterError(
            f"There is no comparator '{comparator}'.{choose_from(str(comparator), COMPARATORS)}, "
            f"or give the code or name of an area. {error}"
        ) from error


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ParameterError(f"{name}='{value}' is not known.{choose_from(str(value), known)}.")
