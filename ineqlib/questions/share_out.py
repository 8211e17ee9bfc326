"""A sum of money over areas: the same for each person, or by need."""

from collections.abc import Sequence
from numbers import Real
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
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.facts.money import whole_pounds
from ineqlib.narrative.answers import shared_out
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import as_given, indicator_of, places_of, sex_of
from ineqlib.questions.reading import figures_of
from ineqlib.questions.small_areas import DEPRIVATION
from ineqlib.text import lower_first, series_name, slug

MONEY = "£"


class _Need(NamedTuple):
    """How much need a head there is in each area, and what that is."""

    a_head: NDArray[np.float64]
    words: str
    sources: set[str]
    caution: str = ""


class _Shares(NamedTuple):
    """What one area gets: the same for each person, by need, and the second less the first."""

    flat: Fact
    by_need: Fact
    difference: Fact

    @classmethod
    def of(cls, place: Area, flat: float, by_need: float, need: str) -> "_Shares":
        """Make the facts of pounds."""
        return cls(
            _pounds(place, "flat", flat, "the same for each person"),
            _pounds(place, "by-need", by_need, f"by people times need: {need}"),
            _pounds(place, "difference", by_need - flat, "by need less the same for each person"),
        )


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
        A name or a population the pack does not have, an area without need, an indicator of which
        more is not worse, or a total that is no number above zero.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.share_out("demo", 1_000_000, "Wendlemere")
    >>> int(answer.frame["flat"].sum()), int(answer.frame["by_need"].sum())
    (1000000, 1000000)
    """
    if not isinstance(total, Real) or not 0 < total < float("inf"):
        raise ParameterError(f"total={total!r}: expected pounds, as a number above zero.")
    pack = open_pack(pack)
    places, called = places_of(pack, areas)
    people = pack.population([place.code for place in places])["population"].to_numpy(float)
    wanted = _need(pack, places, need, sex_of(sex))
    flat, by_need = whole_pounds(total, people), whole_pounds(total, people * wanted.a_head)
    shares = [
        _Shares.of(*pounds, wanted.words) for pounds in zip(places, flat, by_need, strict=True)
    ]
    order = sorted(
        range(len(places)), key=lambda at: (-shares[at].difference.value, places[at].name)
    )
    whole = _pounds(None, f"total-{slug(called)}", float(np.round(total)), "what is shared out")
    most = shares[order[0]]
    words = shared_out(most.flat, most.flat, most.by_need, whole)
    labels = Labels(
        id=slug(f"share-out-{called}-{need}"),
        title=words.text.removesuffix("."),
        subtitle=f"Pounds more or less by need than at the same amount a head; {wanted.words}",
        alt=f"Bar chart of {len(places)} {called}. {words.text}",
        source=short_source(pack, wanted.sources),
    )
    parts = {places[at].name: shares[at].difference for at in order}
    frame = _frame(places, people, wanted, shares)
    return Answer(
        contributions(parts, labels, whole=whole),
        frame.iloc[order].reset_index(drop=True),
        facts_in(shares, whole),
        words,
        code_of(pack, share_out, total, as_given(areas, places), need=need, sex=sex),
        tuple(filter(None, [wanted.caution, "No rule says how much more need is worth."])),
        pack,
    )


def _frame(
    places: Sequence[Area], people: NDArray[np.float64], wanted: _Need, shares: Sequence[_Shares]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": [place.code for place in places],
            "area_name": [place.name for place in places],
            "population": people,
            "need": wanted.a_head,
            **{name: [getattr(share, name).value for share in shares] for name in _Shares._fields},
            "unit": MONEY,
        }
    )


def _need(pack: Pack, places: Sequence[Area], need: str, sex: str | None) -> _Need:
    if str(need).casefold() == DEPRIVATION:
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
    first = next(iter(rows.values()))
    name = lower_first(series_name(what.public_name, first.sex, first.age, what.age))
    words = f"need is {name} ({what.unit}), {first.period}"
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
    return calculated(
        fact_id("share-out", name, place.code if place else ""),
        value,
        unit=MONEY,
        area_code=place.code if place else "",
        area_name=place.name if place else "",
        method=method,
    )
