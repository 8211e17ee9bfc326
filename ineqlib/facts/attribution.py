"""Who published what is shown."""

from collections.abc import Iterable

from ineqlib.catalogue.indices import deprivation_index
from ineqlib.facts.shared import attributions, publishers
from ineqlib.observations import NOT_STATED
from ineqlib.pack import Pack
from ineqlib.text import joined


def source_line(pack: Pack, source_ids: Iterable[str]) -> str:
    """Name the publishers of a figure's data, in the words their licences ask for.

    These may be several sentences, so that semicolons part them.
    """
    asked_for = pack.shared(attributions)
    texts = [asked_for[name].rstrip(".") for name in sorted(set(source_ids)) if name in asked_for]
    return "; ".join(dict.fromkeys(texts)) if texts else pack.title


def sources_in_full(pack: Pack, source_ids: Iterable[str]) -> str:
    """Name publishers as their licences ask for, with the day of their newest file.

    A licence that is not stated is said to be so.
    """
    used = pack.sources[pack.sources["source_id"].isin(set(source_ids))]
    texts: dict[str, None] = {}
    for source in used.to_dict("records"):
        licence = "" if source["licence"] not in ("", NOT_STATED) else f"licence {NOT_STATED}"
        about = ", ".join(filter(None, (licence, source.get("day", ""))))
        texts[source["attribution"].rstrip(".") + (f" ({about})" if about else "")] = None
    return "; ".join(texts) if texts else pack.title


def short_source(pack: Pack, source_ids: Iterable[str]) -> str:
    """Name who published a figure's data in a few words; the section of sources has the rest."""
    rows = pack.shared(publishers)
    names = [rows[name] for name in sorted(set(source_ids)) if name in rows]
    return joined(list(dict.fromkeys(names))) if names else pack.title


def index_source(index: str) -> str:
    """Return the id of the source of an index of deprivation."""
    return f"deprivation_{index}"


def shape_source(index: str) -> str:
    """Return the id of the source of the outlines of an index's small areas."""
    return f"boundaries_lsoa_{deprivation_index(index).small_areas}"
