"""What the inequality of a value among people is made of: determinants, and a rest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import last_axis, numbers, one_of, require, same_labels, together
from ineqlib.measures._ranked import Ranked, absolute_index, ranked
from ineqlib.measures.individual import bounds_of_kind

KINDS = ("standard", "erreygers")
SMALLEST = 1e-9
"""A determinant with less of its own than this part of its size has nothing of its own."""


@dataclass(frozen=True)
class ConcentrationDecomposition:
    """A concentration index in parts; arrays of shape ``(…, m)``, or ``(…)`` where said.

    Parameters
    ----------
    names
        The determinants, in the order of the last axis.
    coefficient
        How much the value rises with each determinant, the others held.
    mean
        Weighted mean of each determinant.
    elasticity
        Coefficient times mean over the mean of the value.
    concentration
        Concentration index of each determinant.
    contribution
        Elasticity times concentration index; of Erreygers' kind 4 / (b - a) times the coefficient
        times the generalised index of the determinant.
    residual
        The same index of what the determinants leave unexplained: shape ``(…)``.
    index
        Index of the value, shape ``(…)``: contributions and residual add up to it.
    kind
        Which index it is.
    """

    names: tuple[str, ...]
    coefficient: FloatArray
    mean: FloatArray
    elasticity: FloatArray
    concentration: FloatArray
    contribution: FloatArray
    residual: FloatArray
    index: FloatArray
    kind: str


def concentration_decomposition(
    value: ArrayLike,
    rank_by: ArrayLike,
    determinants: Mapping[str, ArrayLike],
    weight: ArrayLike | None = None,
    *,
    kind: str = "standard",
    bounds: tuple[float, float] | None = None,
) -> ConcentrationDecomposition:
    """Concentration index in parts that go with determinants, and a rest.

    A determinant contributes where the value depends on it and it is itself unequal.

    Parameters
    ----------
    value
        Value of each person, shape ``(…, n)``; its mean must be above zero.
    rank_by
        What people are ranked by, the most deprived lowest, same shape or broadcasting. Those who
        are equal share the middle rank.
    determinants
        Numbers of each person by name, each of the same shape or broadcasting: a mapping or a data
        frame. Give categories as one 0/1 determinant each, leaving one category out.
    weight
        Survey weights, same shape or broadcasting; without them everybody counts the same.
    kind
        ``"standard"``, or ``"erreygers"`` for a value with two ends.
    bounds
        Least and greatest value there could be, asked of Erreygers' kind.

    Returns
    -------
    ConcentrationDecomposition
        Contributions and residual add up to the index exactly. Values below zero are left as they
        are: nothing is shifted.

    Raises
    ------
    InputError
        No determinants, two of one name, or a determinant that is constant, has a mean of zero (its
        concentration index does not exist), or is a sum of the others; too few people; a missing
        value; a weight not above zero; a mean of the value not above zero; a value outside the
        bounds.
    ParameterError
        An unknown kind; bounds missing, not asked for or the wrong way round.

    Method
    ------
    title: Decomposition of a concentration index
    sentence: Which part of a concentration index goes with each of its determinants.
    formula:
        C = Σ (β x̄ / μ) C(x) + GC(e) / μ;  Erreygers' E = 4 (Σ β GC(x) + GC(e)) / (b − a)
        β: coefficients of weighted least squares of y on the determinants x; x̄, μ: means of x and
            y; C(x): concentration index of x; GC(e): generalised one of what is left over
    use: To see which unequal circumstances a health inequality goes together with.
    avoid: As proof of causes. For determinants whose zero means nothing (temperature, scores):
        elasticities then depend on where zero lies.
    interval: None: draw people, or clusters of them, anew many times.
    source: Wagstaff, van Doorslaer and Watanabe 2003, J Econometrics 112:207; van de Poel,
        Hosseinpoor, Speybroeck, Van Ourti and Vega 2008, Bull World Health Organ 86:282
    doi: 10.1016/S0304-4076(02)00161-6

    Notes
    -----
    The regression has a constant. Of Erreygers' kind each part has the same share of the index as
    of the standard one.

    Examples
    --------
    >>> parts = concentration_decomposition(
    ...     [1, 2, 3, 6], [10, 20, 30, 40], {"schooling": [0, 0, 1, 1], "age": [1, 0, 0, 1]}
    ... )
    >>> parts.names, parts.contribution.round(4).tolist()
    (('schooling', 'age'), [0.25, 0.0])
    >>> round(float(parts.residual), 4), round(float(parts.index), 4)
    (0.0833, 0.3333)
    """
    if not isinstance(determinants, Mapping | pd.DataFrame):
        raise InputError(
            f"determinants: {type(determinants).__name__} found, expected numbers by name: "
            '{"schooling": [...]} or a data frame.'
        )
    for name, given in determinants.items():
        same_labels(value=value, **{f"determinant {name!r}": given})
    one_of(kind, "kind", KINDS)
    people = ranked(value, rank_by, weight)
    low, high = bounds_of_kind(people.value, kind, bounds)
    names, columns = _columns(determinants, people)
    mean = people.mean[..., 0]
    require(mean > 0, "the mean of value", "above zero")
    means = (people.share[..., np.newaxis, :] * columns).sum(axis=-1)
    _refuse_empty(names, columns, means)

    centred = columns - means[..., np.newaxis]
    coefficient = _coefficients(centred, people, names)
    rest = people.value - people.mean - (coefficient[..., np.newaxis] * centred).sum(axis=-2)
    spread = _spread(columns, people)
    divisor = mean if kind == "standard" else np.full_like(mean, (high - low) / 4)
    return ConcentrationDecomposition(
        names=names,
        coefficient=coefficient,
        mean=means,
        elasticity=coefficient * means / mean[..., np.newaxis],
        concentration=spread / means,
        contribution=coefficient * spread / divisor[..., np.newaxis],
        residual=_spread(rest[..., np.newaxis, :], people)[..., 0] / divisor,
        index=absolute_index(people)[0][..., 0] / divisor,
        kind=kind,
    )


def _columns(
    determinants: Mapping[str, ArrayLike], people: Ranked
) -> tuple[tuple[str, ...], FloatArray]:
    """Names, and the determinants in the order of the people, shape ``(…, m, n)``."""
    names = tuple(str(name) for name in determinants)
    n = people.value.shape[-1]
    if not names:
        raise InputError("determinants: none found, at least 1 expected.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"determinants named twice: {', '.join(twice)}. Expected each once.")
    last_axis(people.value, "value", at_least=len(names) + 2, what="people")
    columns = []
    for name, given in determinants.items():
        title = f"determinant {name!r}"
        column, _ = together(**{title: numbers(given, title)}, value=people.value)
        if column.shape != people.value.shape:
            raise InputError(f"{title}: expected {n} numbers, one per person.")
        columns.append(np.take_along_axis(column, people.order, axis=-1))
    return names, np.stack(columns, axis=-2)


def _refuse_empty(names: tuple[str, ...], columns: FloatArray, means: FloatArray) -> None:
    size = np.abs(columns).max(axis=-1)
    constant = np.ptp(columns, axis=-1) <= SMALLEST * size
    _refuse(names, constant, "constant", "What everybody has explains no inequality: leave it out.")
    _refuse(
        names,
        np.abs(means) <= SMALLEST * size,
        "of mean zero",
        "Its concentration index does not exist: measure it from another zero.",
    )


def _refuse(names: tuple[str, ...], bad: NDArray[np.bool_], what: str, advice: str) -> None:
    anywhere = np.asarray(bad.reshape(-1, len(names)).any(axis=0))
    ours = [name for name, some in zip(names, anywhere, strict=True) if some]
    if ours:
        raise InputError(f"determinants {what}: {', '.join(ours)}. {advice}")


def _coefficients(centred: FloatArray, people: Ranked, names: tuple[str, ...]) -> FloatArray:
    """Weighted least squares on determinants less their means; shape ``(…, m)``."""
    root = np.sqrt(people.share)[..., np.newaxis, :]
    columns = root * centred
    size = np.sqrt((columns**2).sum(axis=-1, keepdims=True))
    orthogonal, triangle = np.linalg.qr(np.swapaxes(columns / size, -1, -2))
    own = np.abs(np.diagonal(triangle, axis1=-2, axis2=-1))
    _refuse(
        names, own <= SMALLEST, "that others add up to", "Leave it out, as one category of several."
    )
    value = (root[..., 0, :] * (people.value - people.mean))[..., np.newaxis]
    solved = np.linalg.solve(triangle, np.swapaxes(orthogonal, -1, -2) @ value)
    return (solved / size)[..., 0]


def _spread(columns: FloatArray, people: Ranked) -> FloatArray:
    """Generalised concentration index of each column, shape ``(…, m)``."""
    turn = people.share * (2 * people.middle(people.share) - 1)
    return (turn[..., np.newaxis, :] * columns).sum(axis=-1)
