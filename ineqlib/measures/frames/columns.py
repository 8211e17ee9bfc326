"""What the columns of a frame are called, by default as in the tidy contract."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of a frame of groups are called; None where the frame has none.

    Parameters
    ----------
    order
        Place of the group, 1 = most deprived. Missing in a dimension without order.
    label
        Name of the group: its place where a dimension has no order; where it has one, the two may
        not contradict each other.
    dimension
        What people are grouped by; the groups to expect are those its name tells (quintile, tenth
        …), or those found in it.
    value, lower, upper
        Value of the group and its limits.
    limits_confidence
        Level of those limits as a fraction.
    se
        Standard error of the value; without it, the one the limits imply.
    population
        People in the group. None where groups are equally large by how they are cut, as tenths of
        a country's neighbourhoods nearly are: each then counts alike.
    unit
        Unit of the value; absolute measures need it.
    status
        Word of the tidy contract: ``ok``, ``suppressed``, ``not_available`` …
    """

    order: str | None = "subgroup_order"
    label: str | None = "subgroup"
    dimension: str | None = "dimension"
    value: str = "value"
    lower: str | None = "lower_ci"
    upper: str | None = "upper_ci"
    limits_confidence: float = 0.95
    se: str | None = None
    population: str | None = "denominator"
    unit: str = "unit"
    status: str | None = "status"
