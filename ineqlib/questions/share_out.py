"""A sum of money over areas: the same for each person, or by need."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import index_title, newest_index
from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.figure import Labels
from ineqlib.errors import ParameterError, listed
from ineqlib.facts.attribution import index_source, short_source
from ineqlib.facts.fact import Fact, fact_id
from ineqlib.facts.money import whole_pounds
from ineqlib.narrative.answers import shared_out
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import indicator_of, places_of, sex_of
from ineqlib.questions.reading import figures_of
from ineqlib.questions.small_areas import DEPRIVATION
from ineqlib.text import number, slug, with_unit

MONEY = "£"


class _Need(NamedTuple):
    """How much need a head there is in each area, and what that is."""

    a_head: NDArray[np.float64]
    words: str
    sources: set[str]
    caution: str = ""


def share_out(
    pack: Pack | str | Path,
    total: float,
    areas: str | Sequence[str] = "districts",
    *,
    need: str = DEPRIVATION,
    sex: str | None = None,
) -> Answer:
    """Share a sum of money over areas, at the same amount a head and by need.

    Parameters
    ----------
    pack
        A pack, or where it is; it needs the people of each area's neighbourhoods.
    total
        Pounds.
    areas
        A kind of area, a county, region or country whose districts are meant, or a list of areas.
    need
        ``deprivation`` (the average score of the newest index); or an indicator of which more is
        worse, such as a share of people or a rate of events.
    sex
        Whose figures of the indicator.

    Returns
    -------
    Answer
        A row of `frame` is one area: `population`, `need` a head, `flat` and `by_need` in whole
        pounds that add up to the total, and their `difference`.

    Raises
    ------
    UnknownArea, UnknownIndicator, PackError, ParameterError
        A name or a population the pack does not have, an area without need, or an indicator of
        which more is not worse.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.share_out("demo", 1_000_000, "Wendlemere")
    >>> int(answer.frame["flat"].sum()), int(answer.frame["by_need"].sum())
    (1000000, 1000000)
    """
    if not 0 < total < float("inf"):
        raise ParameterError(f"total={total!r}: expected pounds, above zero, to share out.")
    pack = open_pack(pack)
    places, called = places_of(pack, areas)
    people = pack.population([place.code for place in places])["population"].to_numpy(float)
    wanted = _need(pack, places, need, sex_of(sex))
    flat = whole_pounds(total, people)
    by_need = whole_pounds(total, people * wanted.a_head)
    facts = [
        tuple(
            _pounds(place, name, value, how)
            for name, value, how in (
                ("flat", flat[at], "the same for each person"),
                ("by-need", by_need[at], f"by people times need: {wanted.words}"),
                ("difference", by_need[at] - flat[at], "by need less the same for each person"),
            )
        )
        for at, place in enumerate(places)
    ]
    order = sorted(range(len(places)), key=lambda at: (-facts[at][2].value, places[at].name))
    whole = _pounds(None, f"total-{slug(called)}", float(np.round(total)), "what is shared out")
    most = facts[order[0]]
    words = shared_out(most[0], most[0], most[1], whole)
    labels = Labels(
        id=slug(f"share-out-{called}-{need}"),
        title=words.text.removesuffix("."),
        subtitle=f"Pounds more or less by need than at the same amount a head; {wanted.words}",
        alt=f"Bar chart of {len(places)} {called}. {words.text}",
        source=short_source(pack, wanted.sources),
    )
    parts = {places[at].name: facts[at][2] for at in order}
    given = areas if isinstance(areas, str) else [place.code for place in places]
    code = code_of(
        pack, share_out, total, given, need=None if need == DEPRIVATION else need, sex=sex
    )
    frame = pd.DataFrame(
        {
            "area_code": [place.code for place in places],
            "area_name": [place.name for place in places],
            "population": people,
            "need": wanted.a_head,
            "flat": flat,
            "by_need": by_need,
            "difference": by_need - flat,
            "unit": MONEY,
        }
    )
    notes = tuple(filter(None, [wanted.caution, "No rule says how much more need is worth."]))
    return Answer(
        contributions(parts, labels, whole=whole),
        frame.iloc[order].reset_index(drop=True),
        facts_in(facts, whole),
        words,
        code,
        notes,
        pack,
    )


def _need(pack: Pack, places: Sequence[Area], need: str, sex: str | None) -> _Need:
    if need.casefold() == DEPRIVATION:
        if not pack.has("area_deprivation"):
            raise ParameterError(
                f"The pack '{pack.title}' has no deprivation of whole authorities; give an "
                "indicator as need."
            )
        table = pack.area_deprivation()
        index = str(newest_index(table["index"].unique()))
        scores = dict(zip(table["area_code"], table["average_score"], strict=True))
        caution = (
            "A deprivation score has no true zero: twice the score is not twice the need. A share "
            "of people or a rate as need says more plainly what the money follows."
        )
        words = f"need is the average score, {index_title(index)}"
        return _Need(_of_all(scores, places, "score"), words, {index_source(index)}, caution)
    what = indicator_of(pack, need)
    if what.polarity != "adverse":
        raise ParameterError(
            f"More of {what.public_name} ({what.id}) is not more need. Give an indicator of which "
            "more is worse, such as a share of people who smoke."
        )
    rows = figures_of(pack, what, places, sex, None)
    values = {code: row.value for code, row in rows.items()}
    period = next(iter(rows.values())).period
    words = f"need is {what.public_name.lower()} ({what.unit}), {period}"
    return _Need(_of_all(values, places, "figure"), words, {row.source for row in rows.values()})


def _of_all(values: dict[str, float], places: Sequence[Area], what: str) -> NDArray[np.float64]:
    without = [place for place in places if not values.get(place.code, -1.0) > 0]
    if without:
        names = listed((f"{place.name} ({place.code})" for place in without), 10)
        raise ParameterError(
            f"{len(without)} of {len(places)} areas have no {what} above zero to share by: {names}."
            " Name the others, or take another need."
        )
    return np.array([values[place.code] for place in places], dtype=float)


def _pounds(place: Area | None, name: str, value: float, method: str) -> Fact:
    return Fact(
        id=fact_id("share-out", name, place.code if place else ""),
        value=float(value),
        text=with_unit(number(float(value), 0), MONEY),
        unit=MONEY,
        area_code=place.code if place else "",
        area_name=place.name if place else "",
        method=method,
    )
