"""An area's pack in one call, as a notebook asks for it."""

import warnings
from collections.abc import Iterable
from pathlib import Path

from tqdm.auto import tqdm

from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.pulling.extras import Extra, named_extras
from ineqlib.pulling.fetching import Mode, fetch, open_fetcher
from ineqlib.pulling.own_deaths import with_people
from ineqlib.pulling.place import Whole
from ineqlib.pulling.plan_area import plan_all, plan_area
from ineqlib.text import slug

ALL: dict[str, Whole] = {"all districts": "districts", "all counties": "counties"}


def pull(  # noqa: PLR0913 (of what, where to, and by which way)
    area: str,
    out: str | Path | None = None,
    *,
    downloads: str | Path | None = None,
    also: str | Iterable[Extra] = (),
    mode: Mode = "usual",
    network: str | Path | None = None,
    progress: bool = True,
) -> Pack:
    """Fetch an area's figures from their publishers, and open a pack of them.

    What a pack is right without, and could not be had, is said in a warning; so is the age of a
    copy that stands in for a publisher out of reach. A call on the same day asks nobody again.

    Parameters
    ----------
    area
        Code or name of a district, a unitary authority or a county; or ``"all districts"``,
        ``"all counties"`` of England.
    out
        Where the pack goes. Default: ``data/packs/`` and the area's name.
    downloads
        Where the files go that the pack is built from. Default: ``downloads/`` and the area's name.
    also
        What is fetched for who asks for it: ``"spending"`` (what every council spent),
        ``"life_expectancy"`` (the ONS's newest edition), ``"deprivation_2019"`` (the earlier
        Indices), or several of them.
    mode
        ``"usual"`` fetches what is not kept from the last day, ``"refresh"`` asks publishers about
        everything again, ``"offline"`` asks nobody.
    network
        A file of settings: proxy, certificates.
    progress
        Whether to show a progress bar.

    Returns
    -------
    Pack
        Built and open.

    Raises
    ------
    UnknownArea
        There is no such area.
    ParameterError
        `also` or `mode` is none of those.
    FetchError
        Something needed is neither fetched nor kept.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.pull("Stevenage")  # doctest: +SKIP
    >>> iq.open_briefing(pack, "Stevenage")  # doctest: +SKIP
    """
    extras = named_extras([also] if isinstance(also, str) else also)
    name = slug(area)
    place = Path(out or Path("data") / "packs" / name)
    folder = Path(downloads or Path("downloads") / name)
    with open_fetcher(mode, network) as fetcher:
        whole = ALL.get(" ".join(area.casefold().split()))
        plan = plan_all(whole, fetcher, extras) if whole else plan_area(area, fetcher, extras)
        plan = with_people(plan, folder)
        with tqdm(total=len(plan.queries), desc=plan.name, disable=not progress) as bar:
            pulled = fetch(plan, folder, fetcher, lambda _what: bar.update())
    if pulled.remarks:
        warnings.warn("\n".join(pulled.remarks), stacklevel=2)
    build(pulled.folder.files, place, title=pulled.title, describe=pulled.folder.description)
    return open_pack(place)
