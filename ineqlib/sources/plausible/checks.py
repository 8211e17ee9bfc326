"""The list of all checks: what each quotes, advises and does with the rows it doubts."""

from ineqlib.sources.plausible import groups, jumps, meaning, others, pairs, places, scale, withheld
from ineqlib.sources.plausible.finding import Check

_COUNTED = ("value", "count", "denominator", "unit")
_PLACED = ("value", "area_code", "period")
_CORRECT = "Correct the value, or state the unit it is in."

CHECKS: tuple[Check, ...] = (
    Check(
        "period_cannot_be",
        meaning.period_cannot_be,
        ("period",),
        "Correct the period.",
        beside=True,
    ),
    Check(
        "text_is_a_date",
        meaning.text_is_a_date,
        ("stated_age", "subgroup"),
        "Format the column as text and type it again.",
        across=True,
    ),
    Check(
        "name_of_another_area",
        pairs.name_of_another_area,
        ("area_code", "area_name"),
        "Correct the code or the name: the figures may stand beside the wrong area.",
        published="warn",
        across=True,
    ),
    Check(
        "several_units",
        meaning.several_units,
        ("stated_unit",),
        "Convert the values, or give the indicator a name of its own.",
    ),
    Check(
        "unit_of_another_kind",
        meaning.unit_of_another_kind,
        ("stated_unit", "value"),
        "If the values are in the unit of the file, they are of another indicator.",
        published="warn",
    ),
    Check(
        "value_on_another_scale",
        scale.value_on_another_scale,
        _COUNTED,
        "Convert the value to the indicator's unit, or correct count or denominator.",
    ),
    Check(
        "value_outside_its_range",
        meaning.value_outside_its_range,
        ("value", "unit"),
        _CORRECT,
    ),
    Check("minus_one", meaning.minus_one, _PLACED, "Write [x] for not available."),
    Check(
        "count_above_denominator",
        scale.count_above_denominator,
        ("count", "denominator"),
        "Correct the count or the denominator.",
    ),
    Check(
        "label_contradicts_order",
        groups.label_contradicts_order,
        ("subgroup", "subgroup_order"),
        "Number the groups from 1 = most deprived, or correct the labels.",
        across=True,
    ),
    Check(
        "value_is_not_its_share",
        scale.value_is_not_its_share,
        _COUNTED,
        "Correct the value, the count or the denominator.",
    ),
    Check(
        "share_far_from_its_count",
        scale.share_far_from_its_count,
        _COUNTED,
        "Correct the value, the count or the denominator.",
        published="warn",
    ),
    Check(
        "limits_lopsided",
        pairs.limits_lopsided,
        ("value", "lower_ci", "upper_ci"),
        "Correct the value or the limits.",
        published="warn",
        own="warn",
    ),
    Check(
        "healthy_life_is_longer",
        pairs.healthy_life_is_longer,
        ("value", "area_code", "period"),
        "Correct the values; the columns of the two may be exchanged.",
        across=True,
    ),
    Check(
        "whole_is_not_its_parts",
        groups.whole_is_not_its_parts,
        ("area_code", "period", "sex", "value", "count"),
        "Correct the row of Persons, or those of Male and Female.",
        published="warn",
    ),
    Check(
        "total_outside_its_groups",
        groups.total_outside_its_groups,
        _PLACED,
        "Correct the total, or the groups.",
        published="warn",
    ),
    Check(
        "zeros_for_withheld",
        groups.zeros_for_withheld,
        ("area_code", "period", "value", "count"),
        "Write [c] where a figure is withheld.",
        published="warn",
        own="warn",
    ),
    Check(
        "withheld_by_difference",
        withheld.withheld_by_difference,
        ("area_code", "period", "sex", "subgroup"),
        "Write [c] for another of these figures too, or leave out the counts.",
        published="warn",
    ),
    Check(
        "day_for_a_period",
        meaning.day_for_a_period,
        ("period",),
        "Write 2024, 2024/25 or Jan 2024 where no single day is meant.",
        published="warn",
        own="warn",
    ),
    Check("fractions", meaning.fractions, _PLACED, _CORRECT, published="warn", own="warn"),
    Check("jump_between_periods", jumps.jump_between_periods, _PLACED, _CORRECT, published="warn"),
    Check("jump_between_areas", jumps.jump_between_areas, _PLACED, _CORRECT, published="warn"),
    Check("jump_between_groups", jumps.jump_between_groups, _PLACED, _CORRECT, published="warn"),
    Check("unlike_other_files", others.unlike_other_files, _PLACED, _CORRECT, "warn", beside=True),
    Check(
        "name_of_area_elsewhere",
        places.name_of_area_elsewhere,
        ("area_code", "area_name"),
        "Correct the code or the name: the figures may stand beside the wrong area.",
        published="warn",
        across=True,
        beside=True,
    ),
    Check(
        "name_unlike_elsewhere",
        places.name_unlike_elsewhere,
        ("area_code", "area_name"),
        "Look whether the code is that of the area.",
        published="warn",
        own="warn",
        across=True,
        beside=True,
    ),
)
"""Every check, in the order they are made; a row is told of once, by the first that doubts it."""
