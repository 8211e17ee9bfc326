"""Age bands of a life table, and how much of the first year those who die in it have lived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import as_number, not_negative, one_of, require, same_labels
from ineqlib.measures.age_labels import ages_of, carried_labels, labels_of, require_no_gaps

ABRIDGED_BANDS = (0, 1, *range(5, 91, 5))
"""Starts of the 20 bands of English life tables: under 1, 1-4, 5-9 ... 85-89, 90 and over."""


def _english(rate: FloatArray) -> FloatArray:
    return np.full_like(rate, 0.1)


def _andreev_kingkade_male(rate: FloatArray) -> FloatArray:
    return np.where(
        rate < 0.0230,
        0.14929 - 1.99545 * rate,
        np.where(rate < 0.08307, 0.02832 + 3.26021 * rate, 0.29915),
    )


def _andreev_kingkade_female(rate: FloatArray) -> FloatArray:
    return np.where(
        rate < 0.01724,
        0.14903 - 2.05527 * rate,
        np.where(rate < 0.06891, 0.04667 + 3.88089 * rate, 0.31411),
    )


BOYS_TO_GIRLS = 1.05
"""Born, as is usual in Europe."""


def _andreev_kingkade_both(rate: FloatArray) -> FloatArray:
    boys, girls = _andreev_kingkade_male(rate), _andreev_kingkade_female(rate)
    return (BOYS_TO_GIRLS * boys + girls) / (BOYS_TO_GIRLS + 1)


INFANTS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "english": _english,
    "andreev_kingkade_male": _andreev_kingkade_male,
    "andreev_kingkade_female": _andreev_kingkade_female,
    "andreev_kingkade_both": _andreev_kingkade_both,
}
"""How much of their first year those who die in it have lived, by convention, from the rate."""


@dataclass(frozen=True)
class AgeBands:
    """Age bands one after the other, the last one open, and a convention for infants.

    Parameters
    ----------
    start
        Ages in years at which the bands start, youngest first; or the bands' names, such as
        ``["0", "1-4", "5+"]``.
    infants
        How much of the first band from birth those who die in it have lived, as a share of the
        band; half of the band at all other ages. ``"english"``: 0.1 of the first year, as in
        English tables. ``"andreev_kingkade_male"``, ``"andreev_kingkade_female"``: from the death
        rate of the first year, as in the Human Mortality Database; ``"andreev_kingkade_both"``: of
        both sexes together, those two at the rate of both, as 105 boys are born to 100 girls (the
        Database weighs them by deaths, which nobody has who has no rates by sex; the third decimal
        of a share is the same). Or the share itself, which a first band wider than a year must
        have, for no convention exists: most of its deaths come early. Not used where the first band
        starts after birth.

    Raises
    ------
    InputError
        Ages out of order, missing or below zero; names that are no ages, or whose last is not open;
        a first band from birth that is not the first year alone, without a share; a share outside 0
        to 1.
    ParameterError
        An unknown convention.

    Notes
    -----
    Source: Andreev and Kingkade 2015, Demographic Research 33:363, doi:10.4054/DemRes.2015.33.13,
    in its form for death rates (Human Mortality Database, Methods Protocol version 6).

    Examples
    --------
    >>> bands = AgeBands([0, 1, 5, 10], infants="andreev_kingkade_male")
    >>> bands.share_lived(np.array([0.004, 0.0001, 0.0001, 0.02])).round(3).tolist()
    [0.141, 0.5, 0.5, 0.5]
    """

    start: ArrayLike | Sequence[str]
    infants: str | float = "english"

    def __post_init__(self) -> None:
        age = self.age
        if age.ndim != 1 or not age.size:
            raise InputError(f"bands: shape {age.shape} found, expected one age for each band.")
        require(np.diff(age) > 0, "steps between bands", "above zero (youngest band first)")
        if isinstance(self.infants, str):
            one_of(self.infants, "infants", INFANTS)
            if age[0] == 0 and len(age) > 1 and age[1] != 1:
                raise InputError(
                    f"bands: the first runs from birth to {age[1]:g}; expected the first year of "
                    "life alone, for deaths in it come early (bands starting 0, 1, 5 …). If it "
                    "must be so, say how much of it those who die in it have lived: "
                    "AgeBands(start, infants=0.1)."
                )
        else:
            share = np.asarray(as_number(self.infants))
            require((share > 0) & (share < 1), "infants", "a share above 0 and below 1")

    @property
    def age(self) -> FloatArray:
        """Age at which each band starts."""
        if not is_text(self.start):
            return np.atleast_1d(not_negative(self.start, "bands"))
        labels = [str(label) for label in np.asarray(self.start, dtype=object).flat]
        start, end = ages_of(labels)
        require_no_gaps(start, end, labels)
        require(np.isinf(end[-1]), "bands", "open at the end", 'The last is, as "90+" is.')
        return start

    @property
    def labels(self) -> tuple[str, ...]:
        """Name of each band: "0", "1-4", "5-9" … "90+"."""
        return labels_of(self.age)

    @property
    def width(self) -> FloatArray:
        """Years in each band; the open band's are infinite."""
        return np.append(np.diff(self.age), np.inf)

    def share_lived(self, rate: FloatArray) -> FloatArray:
        """Share of each band lived by those who die in it.

        Parameters
        ----------
        rate
            Death rates per person-year, shape ``(…, bands)``.

        Returns
        -------
        array
            Shape ``(…, bands)``, fractions of the band.
        """
        share = np.full(rate.shape, 0.5)
        if self.age[0] == 0 and len(self.age) > 1:
            share[..., 0] = self._of_infants(rate[..., 0])
        return share

    def share_lived_slope(self, rate_1: FloatArray, rate_2: FloatArray) -> FloatArray:
        """How fast `share_lived` changes from one death rate to another.

        Parameters
        ----------
        rate_1, rate_2
            Death rates per person-year, shape ``(…, bands)``.

        Returns
        -------
        array
            Shape ``(…, bands)``, change in the share per unit of rate; 0 but for infants.
        """
        slope = np.zeros(np.broadcast_shapes(rate_1.shape, rate_2.shape))
        if self.age[0] == 0 and len(self.age) > 1:
            start, end = rate_1[..., 0], rate_2[..., 0]
            # Equal rates have the slope at that rate, taken over a step too short to matter.
            end = np.where(np.abs(end - start) < 1e-9, start + 1e-6, end)
            slope[..., 0] = (self._of_infants(end) - self._of_infants(start)) / (end - start)
        return slope

    def _of_infants(self, rate: FloatArray) -> FloatArray:
        if isinstance(self.infants, str):
            return INFANTS[self.infants](rate)
        return np.full_like(rate, float(self.infants))


Bands = ArrayLike | Sequence[str] | AgeBands
"""What the bands of a life table can be given as."""


def as_bands(bands: Bands | None, **data: object) -> AgeBands:
    """Return `bands` as `AgeBands`; without any, those that pandas data carry as labels.

    Refused are data of which nobody says what bands they are of, or that carry the names of others.
    """
    same_labels(**data)
    carried = {name: labels for name, given in data.items() if (labels := carried_labels(given))}
    if bands is None and not carried:
        names = " and ".join(data)
        why = f", and bare numbers of {names} do not say which ages they are of" if data else ""
        raise InputError(
            f"bands: not given{why}. Expected the ages at which bands start, such as "
            "bands=ABRIDGED_BANDS for 0, 1-4, 5-9 … 90+, or their names."
        )
    if not isinstance(bands, AgeBands):
        bands = AgeBands(next(iter(carried.values())) if bands is None else bands)
    for name, labels in carried.items():
        if not np.array_equal(ages_of(labels, name)[0], bands.age):
            raise InputError(
                f"Age bands differ: bands {', '.join(bands.labels)}; {name} {', '.join(labels)}. "
                "Expected the same bands in each."
            )
    return bands


def is_text(bands: object) -> bool:
    """Tell whether bands are given by name."""
    return any(isinstance(name, str) for name in np.asarray(bands, dtype=object).flat)
