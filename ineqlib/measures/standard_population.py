"""Standard populations as small named tables, and the names of the bands they are matched by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.measures._checks import positive, same_labels
from ineqlib.measures.age_bands import AgeBands
from ineqlib.measures.age_labels import (
    ages_of,
    carried_labels,
    require_apart,
    require_no_gaps,
    require_order,
)

BandNames = Sequence[str] | AgeBands
"""Names of the bands on the last axis of bare numbers."""


@dataclass(frozen=True, eq=False)
class StandardPopulation:
    """How many people of each age a standard population has.

    Parameters
    ----------
    name
        What it is called.
    bands
        Names of its age bands, youngest first, without gaps: "0-4", "5-9" … "90+".
    people
        People in each.

    Raises
    ------
    InputError
        Names that are no age bands or do not follow one another; people not above zero, or not one
        number for each band.

    Examples
    --------
    >>> ESP2013.for_bands(["0-14", "15-64", "65+"]).tolist()
    [16000.0, 64500.0, 19500.0]

    Where the oldest band is 85 and over, its two oldest bands are taken together:

    >>> ESP2013.for_bands(["0-84", "85+"]).tolist()
    [97500.0, 2500.0]
    """

    name: str
    bands: Sequence[str]
    people: ArrayLike

    def __post_init__(self) -> None:
        require_no_gaps(*ages_of(self.bands), self.bands)
        if positive(self.people, "people").shape != (len(self.bands),):
            raise InputError(f"people: expected one number for each of {len(self.bands)} bands.")

    def for_bands(self, bands: BandNames) -> pd.Series:
        """Give the people of bands that may be wider than the standard's own, or only some of them.

        Parameters
        ----------
        bands
            Names of the bands in any order, without gaps: all ages, or those counted, such as "0-4"
            … "70-74". A start alone would not say where the last band ends, but `AgeBands` end in
            an open one.

        Returns
        -------
        Series
            People of each band, by its name.

        Raises
        ------
        InputError
            Names that are no age bands, or a band that is not made of whole bands of the standard.
        """
        names = band_names(bands)
        start, end = ages_of(self.bands, self.name)
        first, last = ages_of(names)
        order = np.argsort(first)
        require_no_gaps(first[order], last[order], [names[place] for place in order])
        whole = np.isin(first, start) & np.isin(last, end)
        if not whole.all():
            place = int(np.argmin(whole))
            raise InputError(
                f"bands: {names[place]!r} at {place} (counting from 0) is not made of whole bands "
                f"of the {self.name} ({', '.join(self.bands)}). Add the counts and populations up "
                "to bands that are."
            )
        total = np.append(0, np.cumsum(positive(self.people, "people")))
        people = total[np.searchsorted(end, last) + 1] - total[np.searchsorted(start, first)]
        return pd.Series(people, index=names, name=self.name)


ESP2013 = StandardPopulation(
    "2013 European Standard Population",
    (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+"),
    tuple(
        1000 * float(thousands)
        for thousands in "5 5.5 5.5 5.5 6 6 6.5 7 7 7 7 6.5 6 5.5 5 4 2.5 1.5 1".split()
    ),
)
"""2013 European Standard Population: 0-4, 5-9 ... 85-89, 90 and over (19 bands)."""


def band_names(bands: BandNames) -> list[str]:
    """Return the names of bands, refusing anything but text, and a name given twice."""
    names = list(bands.labels) if isinstance(bands, AgeBands) else bands
    names = [names] if isinstance(names, str) else list(names) if np.iterable(names) else []
    if not names or not all(isinstance(name, str) for name in names):
        raise InputError(
            f'bands={bands!r}: expected a name for each band, such as "0-4" … "90+": the age '
            "where it starts does not say where the last one ends."
        )
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"bands: {twice!r} is named twice. Expected each band once.")
    return names


def named_bands(bands: BandNames | None, **data: object) -> list[str]:
    """Names of the bands on the last axis: those given, or those that pandas data carry.

    Refused are bands that nobody names, and data that carry the names of others.
    """
    same_labels(**data)
    given = {} if bands is None else {"bands": band_names(bands)}
    carried = {name: list(labels) for name, of in data.items() if (labels := carried_labels(of))}
    named = given | carried
    if not named:
        raise InputError(
            f"bands: not given, and bare numbers of {' and '.join(data)} do not say which bands "
            'they are of. Name them, bands=["0-4", … "90+"], or give pandas data by band.'
        )
    (first, names), *others = named.items()
    for other, labels in others:
        if labels != names:
            raise InputError(
                f"Age bands differ: {first} {', '.join(names)}; {other} {', '.join(labels)}. "
                "Expected the same bands in each, in the same order."
            )
    require_apart(names, first)
    if bands is None and len(carried) < sum(of is not None for of in data.values()):
        require_order(names, first)
    return names
