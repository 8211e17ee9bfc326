"""Indicators that a pack has and the catalogue does not: the council's own, and others."""

from dataclasses import replace

from ineqlib.catalogue import Catalogue, Indicator, load_catalogue
from ineqlib.observations import OWN
from ineqlib.pack import Pack


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
            decimals=int(row.decimals),
            polarity=polarity or "neutral",
            topic=topic,
        )
    return indicators


def indicators_by_id(pack: Pack) -> dict[str, Indicator]:
    """Return every indicator of a pack by id, in the order of the catalogue, its own ones first."""
    others = pack.shared(uncatalogued)
    own = {name: indicator for name, indicator in others.items() if is_own(name)}
    in_pack = pack.indicator_ids
    catalogue = load_catalogue().indicators
    known = {name: catalogue[name] for name in catalogue if name in in_pack}
    return own | known | others
