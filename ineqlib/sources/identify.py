"""Which indicator of the catalogue a publisher's, or your own, name stands for."""

from ineqlib.catalogue import Catalogue, Indicator, PublisherId
from ineqlib.observations import OWN


def find_indicator(
    catalogue: Catalogue, publisher: str, publisher_id: str, sex: str = "", age: str = ""
) -> tuple[Indicator, PublisherId] | None:
    """Return the indicator and the publisher's id of it, or None if the catalogue has none."""
    if publisher != OWN:
        return catalogue.find(publisher, publisher_id, sex or None, age or None)
    wanted = publisher_id.casefold()
    for indicator in catalogue.indicators.values():
        if wanted in (indicator.id, indicator.name.casefold(), indicator.public_name.casefold()):
            return indicator, PublisherId(publisher_id)
    return None
