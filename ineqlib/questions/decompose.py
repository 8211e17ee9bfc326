"""Which ages, and which causes, make the gap in life expectancy inside an area."""

from pathlib import Path

import pandas as pd

from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.figure import Labels
from ineqlib.errors import NoFigures, ParameterError, choose_from
from ineqlib.facts.age_contributions import ContributionByAge, contributions_by_age
from ineqlib.facts.attribution import short_source
from ineqlib.facts.deaths_by_age import EVERYBODY
from ineqlib.facts.fact import Fact
from ineqlib.narrative.answers import largest_part, narrowing
from ineqlib.pack import Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import sex_of
from ineqlib.questions.reading import profile_of
from ineqlib.text import SEX_WORDS, slug, upper_first

BY = ("age", "cause")
WHO = SEX_WORDS | {"Persons": "men and women together"}


def decompose(
    pack: Pack | str | Path, area: str, *, sex: str | None = None, by: str = "age"
) -> Answer:
    """Take the gap in life expectancy between an area's most and least deprived group apart.

    Parameters
    ----------
    pack
        A pack, or where it is; it needs deaths and people by age for the groups.
    area
        Code or name.
    sex
        Whose gap; None for men and women together, as in a briefing. The gaps of men and of women
        do not add up to it.
    by
        ``age`` or ``cause``: what the figure shows. `frame` has both.

    Returns
    -------
    Answer
        A row of `frame` is one part; those of one `by` add up to the gap.

    Raises
    ------
    UnknownArea, ParameterError
        A name the pack does not have, or it has no deaths by age for the area's groups.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.decompose("demo", "Ambersea", sex="Male")
    >>> answer.frame.loc[answer.frame["by"] == "age", "part"].tolist()[:2]
    ['under 1', '1 to 24']
    """
    if by not in BY:
        raise ParameterError(f"A gap cannot be taken apart by='{by}'.{choose_from(by, BY)}.")
    pack = open_pack(pack)
    place, whose = pack.area(area), sex_of(sex) or EVERYBODY
    made_of = contributions_by_age(profile_of(pack, place.code), whose)
    in_order = _in_order(made_of, by)
    if made_of is None or not in_order:
        raise NoFigures(
            f"The pack '{pack.title}' has no deaths by {by} in the most and the least deprived "
            f"group of {place.name} ({place.code}), which taking the gap apart needs."
        )
    name, largest = max(in_order.items(), key=lambda part: part[1].value)
    words = largest_part(
        f"people aged {name}" if by == "age" else name, largest, made_of.gap, WHO[whose]
    )
    texts = ", ".join(f"{part} {fact.text}" for part, fact in in_order.items())
    labels = Labels(
        id=slug(f"decompose-{place.code}-{whose}-{by}"),
        title=words.text.removesuffix("."),
        subtitle=(
            "Years of the gap in life expectancy between the least and the most deprived "
            f"{made_of.dimension.part} of {place.name}, {WHO[whose]}, {made_of.period}"
        ),
        alt=f"Bar chart of a gap by {by}. {words.text} {texts}.",
        source=short_source(pack, [made_of.gap.source]),
        note=narrowing(in_order.values()),
    )
    return Answer(
        contributions(
            {upper_first(part): fact for part, fact in in_order.items()}, labels, whole=made_of.gap
        ),
        _frame(made_of),
        facts_in(made_of),
        words,
        code_of(pack, decompose, place.code, sex=sex, by=by),
        (),
        pack,
    )


def _in_order(made_of: ContributionByAge | None, by: str) -> dict[str, Fact]:
    """Return the parts of a gap: ages as they come, causes from the one that adds most."""
    if made_of is None:
        return {}
    if by == "age":
        return dict(made_of.by_age)
    return dict(sorted(made_of.by_cause.items(), key=lambda part: -part[1].value))


def _frame(made_of: ContributionByAge) -> pd.DataFrame:
    gap = made_of.gap
    parts = [("age", name, fact) for name, fact in made_of.by_age.items()]
    parts += [("cause", name, fact) for name, fact in made_of.by_cause.items()]
    parts.append(("whole gap", "", gap))
    return pd.DataFrame(
        [
            {
                "area_code": gap.area_code,
                "area_name": gap.area_name,
                "period": gap.period,
                "sex": fact.sex,
                "by": by,
                "part": name,
                "value": fact.value,
                "share_of_gap": 100 * fact.value / gap.value if gap.value else float("nan"),
                "unit": fact.unit,
            }
            for by, name, fact in parts
        ]
    )
