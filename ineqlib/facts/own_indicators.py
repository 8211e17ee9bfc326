"""The indicators that a pack has: the catalogue's, the council's own, and others; by name."""

from dataclasses import replace
from itertools import chain

from ineqlib.catalogue import Catalogue, Indicator, load_catalogue
from ineqlib.errors import UnknownIndicator, listed, nearest
from ineqlib.observations import OWN
from ineqlib.pack import Pack
from ineqlib.text import plain_name


def is_own(indicator_id: str) -> bool:
    """Tell whether an indicator is one of the council's own, under a name of its own."""
    return indicator_id.startswith(f"{OWN}_")


def uncatalogued(pack: Pack) -> dict[str, Indicator]:
    """Return the indicators of a pack that the catalogue does not know, by id.

    Of the council's own ones its file may say whether high is good; all others are not judged.
    """
    rows = pack.indicators
    rows = rows[~rows["catalogued"].astype(bool)]
    polarities = rows["polarity"] if "polarity" in rows else [""] * len(rows)
    indicators = {}
    for row, polarity in zip(rows.itertuples(index=False), polarities, strict=True):
        described = Catalogue.describe_unknown(row.indicator_id, row.name, row.unit)
        topic = f"own {row.indicator_id}"
        indicators[row.indicator_id] = replace(
            described,
            decimals=_decimals(pack, row.indicator_id, row.unit, int(row.decimals)),
            polarity=polarity or "neutral",
            topic=topic,
        )
    return indicators


def _decimals(pack: Pack, indicator_id: str, unit: str, usual: int) -> int:
    """Return the decimals of an indicator: pounds have pence or none, and counted things none."""
    if unit and not unit.startswith("£"):
        return usual
    rows = pack.table("observations", [("indicator_id", "==", indicator_id)])
    if (rows["value"].dropna() % 1 == 0).all():
        return 0
    return 2 if unit else usual


def indicators_by_id(pack: Pack) -> dict[str, Indicator]:
    """Return every indicator of a pack by id, in the order of the catalogue, its own ones first."""
    others = pack.shared(uncatalogued)
    own = {name: indicator for name, indicator in others.items() if is_own(name)}
    in_pack = pack.indicator_ids
    catalogue = load_catalogue().indicators
    known = {name: catalogue[name] for name in catalogue if name in in_pack}
    return own | known | others


def indicator_named(pack: Pack, text: str) -> Indicator:
    """Find an indicator of the pack by id or whole name, or list those that it could be.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> indicator_named(pack, "Life expectancy").id, indicator_named(pack, "adults who smoke").id
    ('life_expectancy', 'smoking_adults')
    """
    known = indicators_by_id(pack)
    wanted = plain_name(str(text))
    id = wanted.replace(" ", "_")
    if id in known:
        return known[id]
    names = {name: {indicator.name, indicator.public_name} for name, indicator in known.items()}
    exact = [name for name, own in names.items() if wanted in map(plain_name, own)]
    if len(exact) == 1:
        return known[exact[0]]
    if exact:
        raise UnknownIndicator(
            f"{len(exact)} indicators of the pack '{pack.title}' are called '{text}': "
            f"{listed(exact, 12)}. Give the id of one of them."
        )
    there = nearest(text, [*known, *chain(*names.values())])
    if id in load_catalogue():
        there = " The catalogue has it, but no file of the pack brought its figures."
    raise UnknownIndicator(
        f"The pack '{pack.title}' has no indicator '{text}'.{there} It has {len(known)}: see "
        "`pack.indicators`."
    )


def first_headline(pack: Pack) -> Indicator:
    """Return the indicator taken where none is named: the first headline, else the first."""
    known = list(indicators_by_id(pack).values())
    return next((indicator for indicator in known if indicator.headline), known[0])
