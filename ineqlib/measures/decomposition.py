"""Where a difference in life expectancy comes from: by age and by cause.

All run from group 1 to group 2. With the most deprived group as 1 and the least deprived as 2, as
everywhere here, the parts say how the least deprived differ from the most deprived.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import flag, not_negative, same_bands
from ineqlib.measures.age_bands import AgeBands, Bands, as_bands
from ineqlib.measures.life_table import LifeTable, table_of_rates


@dataclass(frozen=True)
class AgeDecomposition:
    """Parts of a difference in life expectancy by age, in years, from group 1 to group 2.

    Parameters
    ----------
    age
        Age at which each band starts, shape ``(bands,)``.
    direct
        Years gained (or lost) within the band itself, shape ``(…, bands)``.
    indirect
        Years lived later by those whom the band's death rate spared (or took), ``(…, bands)``.
    difference
        Life expectancy of group 2 minus that of group 1 at the first age, shape ``(…)``.
    """

    age: FloatArray
    direct: FloatArray
    indirect: FloatArray
    difference: FloatArray

    @property
    def total(self) -> FloatArray:
        """Direct and indirect part together; their sum over the bands is the difference."""
        return self.direct + self.indirect


@dataclass(frozen=True)
class CauseDecomposition:
    """Parts of a difference in life expectancy by cause and age, in years, from group 1 to 2.

    Parameters
    ----------
    age
        Age at which each band starts, shape ``(bands,)``.
    parts
        Years by cause and band, shape ``(…, causes, bands)``; they add up to the difference.
    difference
        Life expectancy of group 2 minus that of group 1 at the first age, shape ``(…)``.
    """

    age: FloatArray
    parts: FloatArray
    difference: FloatArray


def arriaga(
    mortality_1: ArrayLike,
    mortality_2: ArrayLike,
    *,
    bands: Bands | None = None,
    symmetric: bool = False,
) -> AgeDecomposition:
    """Difference in life expectancy between two groups by age: Arriaga's direct and indirect parts.

    Parameters
    ----------
    mortality_1, mortality_2
        Death rates per person-year (not per 1,000 or 100,000) by age band of the group to come
        from and the group to go to, shape ``(…, bands)``: most and least deprived.
    bands
        As in `life_table`: ages at which the bands start, their names, or `AgeBands`.
    symmetric
        True for the mean of the parts from 1 to 2 and, turned round, from 2 to 1. Otherwise the
        parts depend a little on which group comes first; their sum never does.

    Returns
    -------
    AgeDecomposition
        Parts that add up exactly to the difference at the first age.

    Raises
    ------
    InputError
        A missing or negative rate; no mortality in the open band; a closed band nobody survives
        (are the rates per person-year?); bands that do not match.

    Method
    ------
    title: Life expectancy difference by age (Arriaga)
    sentence: At which ages two groups' life expectancies come apart, in years that add up.
    formula:
        direct = l1_x (L2_x / l2_x − L1_x / l1_x);  indirect = T2_x+n (l1_x / l2_x − l1_x+n /
            l2_x+n)
        open band: l1 (T2 / l2 − T1 / l1)
        l: survivors, L: years lived in the band, T: years lived from an age on; 1 and 2: the
            groups, most and least deprived
    use: To say how much of a gap comes from infants, from working ages, from old age.
    avoid: To say what would happen if one age improved: parts depend on the other ages. Compare
        parts of different pairs in one direction only, or use the symmetric version.
    interval: None: it takes rates. `arriaga_limits` takes deaths and gives each part its interval.
    source: Arriaga 1984, Demography 21:83; Preston, Heuveline and Guillot 2001, Demography;
        Andreev, Shkolnikov and Begun 2002, Demographic Research 7:499
    doi: 10.2307/2061029

    Notes
    -----
    Equal to replacing the rates of group 1 by those of group 2 one band after another from the
    oldest to the youngest.

    Examples
    --------
    >>> parts = arriaga([0.02, 0.1], [0.01, 0.1], bands=[60, 70])
    >>> parts.direct.round(3).tolist(), parts.indirect.round(3).tolist()
    ([0.433, 0.0], [0.866, 0.0])
    >>> round(float(parts.difference), 3)
    1.299
    """
    known = as_bands(bands, mortality_1=mortality_1, mortality_2=mortality_2)
    mx_1, mx_2 = same_bands(
        known.labels,
        mortality_1=not_negative(mortality_1, "mortality_1"),
        mortality_2=not_negative(mortality_2, "mortality_2"),
    )
    direct, indirect, difference = years_per_rate(mx_1, mx_2, known, symmetric=symmetric)
    return AgeDecomposition(known.age, direct * (mx_1 - mx_2), indirect * (mx_1 - mx_2), difference)


def arriaga_by_cause(
    rates_1: ArrayLike,
    rates_2: ArrayLike,
    *,
    bands: Bands | None = None,
    symmetric: bool = False,
) -> CauseDecomposition:
    """Difference in life expectancy between two groups by age and cause of death.

    Parameters
    ----------
    rates_1, rates_2
        Death rates per person-year by cause and age band, shape ``(…, causes, bands)``. The causes
        leave no death out and count none twice: they add up to all causes.
    bands, symmetric
        As in `arriaga`, with its errors.

    Returns
    -------
    CauseDecomposition
        Parts that add up over the causes to `arriaga`'s, and over the ages too to the difference.

    Method
    ------
    title: Life expectancy difference by cause of death (Arriaga)
    sentence: Which causes of death, at which ages, set two groups' life expectancies apart.
    formula:
        part of cause c = part of the age × (m2_c − m1_c) / (m2 − m1)
        m: death rate in the age band, m_c: from cause c; 1 and 2: the groups, most and least
            deprived. Where m2 = m1 the limit is taken
    use: To find which causes a plan on the gap should begin with.
    avoid: With causes that leave deaths out or count them twice. Causes that differ in opposite
        directions have parts larger than the total: show years, not percentages of it.
    interval: None: it takes rates. `arriaga_limits` takes deaths and gives each part its interval.
    source: Arriaga 1989, in Ruzicka, Wunsch and Kane, Differential Mortality; Preston, Heuveline
        and Guillot 2001, Demography

    Notes
    -----
    A part is worked out as ``m1c - m2c`` times the years lost per unit of rate, which has no zero
    to divide by: where rates of all causes are equal but causes differ, parts take their limit and
    cancel out, and where they are nearly equal no digit is lost.

    Examples
    --------
    >>> causes = arriaga_by_cause(
    ...     [[0.01, 0.06], [0.01, 0.04]], [[0.004, 0.06], [0.006, 0.04]], bands=[60, 70]
    ... )
    >>> causes.parts.round(3).tolist()
    [[0.779, 0.0], [0.519, 0.0]]
    """
    known, rates_1, rates_2 = rates_by_cause(rates_1, rates_2, bands, "use arriaga")
    direct, indirect, difference = years_per_rate(
        rates_1.sum(axis=-2), rates_2.sum(axis=-2), known, symmetric=symmetric
    )
    return CauseDecomposition(
        known.age, (direct + indirect)[..., None, :] * (rates_1 - rates_2), difference
    )


def rates_by_cause(
    rates_1: ArrayLike, rates_2: ArrayLike, bands: Bands | None, without: str
) -> tuple[AgeBands, FloatArray, FloatArray]:
    """Return the bands and both groups' rates, of shape ``(…, causes, bands)``.

    Parameters
    ----------
    rates_1, rates_2, bands
        As in `arriaga_by_cause`.
    without
        What to do where there are no causes, for the message.

    Raises
    ------
    InputError
        As `arriaga_by_cause`.
    """
    known = as_bands(bands, rates_1=rates_1, rates_2=rates_2)
    first, second = same_bands(
        known.labels,
        rates_1=not_negative(rates_1, "rates_1"),
        rates_2=not_negative(rates_2, "rates_2"),
    )
    if first.ndim < 2:
        raise InputError(
            f"rates_1: shape {first.shape} found, (…, causes, bands) expected. "
            f"Without causes {without}."
        )
    return known, first, second


def years_per_rate(
    mx_1: FloatArray, mx_2: FloatArray, bands: AgeBands, *, symmetric: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Years lost per unit of each band's rate, direct and indirect, and the difference in all."""
    table_1, table_2 = table_of_rates(mx_1, bands), table_of_rates(mx_2, bands)
    slope = bands.share_lived_slope(mx_1, mx_2)
    direct, indirect = _one_way(table_1, table_2, slope)
    if flag(symmetric, "symmetric"):
        other = _one_way(table_2, table_1, slope)
        direct, indirect = (direct + other[0]) / 2, (indirect + other[1]) / 2
    return direct, indirect, table_2.ex[..., 0] - table_1.ex[..., 0]


def _one_way(
    table_1: LifeTable, table_2: LifeTable, slope: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Arriaga's parts over the fall in each band's rate, with that fall cancelled by hand.

    In a closed band of n years q = n m / D and L / l = n / D, where D = 1 + n m (1 - a), so that
    differences between two tables have the factor (m2 - m1) in full; `slope` is that of a.
    """
    width = table_1.nx[..., :-1]
    m_1, m_2 = table_1.mx[..., :-1], table_2.mx[..., :-1]
    rest, change = 1 - table_1.ax[..., :-1], -slope[..., :-1]
    both = (1 + width * m_1 * rest) * (1 + width * m_2 * (1 - table_2.ax[..., :-1]))
    direct, indirect = np.empty_like(table_1.lx), np.zeros_like(table_1.lx)
    direct[..., :-1] = table_1.lx[..., :-1] * width**2 * (rest + m_2 * change) / both
    direct[..., -1] = table_1.lx[..., -1] / (table_1.mx[..., -1] * table_2.mx[..., -1])
    dying = width * (1 - width * m_1 * m_2 * change) / both
    indirect[..., :-1] = table_1.lx[..., :-1] * table_2.ex[..., 1:] * dying
    return direct, indirect
