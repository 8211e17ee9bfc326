"""Damage to the names of groups and sexes: all labels of a column become others of it."""

import random
from collections.abc import Callable

from .mutation import Mutated, Mutation
from .table import Seed

MEN, WOMEN = ("Male", "Boys", "1"), ("Female", "Girls", "2")


def _labels_reversed(seed: Seed, rng: random.Random) -> Mutated | None:
    """The names of groups, not their numbers, from the last to the first."""
    made = _relabelled(seed, "group", _backwards)
    return made and Mutated(made.content, is_evident=seed.at("order") >= 0)


def _labels_and_orders_reversed(seed: Seed, rng: random.Random) -> Seed | None:
    if "rank" in seed.roles.order.casefold():
        return None
    made = _relabelled(seed, "group", _backwards)
    return made and _relabelled(made, "order", _backwards)


def _backwards(labels: list[str]) -> dict[str, str]:
    return dict(zip(labels, reversed(labels), strict=True))


def _sexes_exchanged(seed: Seed, rng: random.Random) -> Seed | None:
    """The labels of men and women, in all rows; those of everybody stay."""
    turned = dict(zip((*MEN, *WOMEN), (*WOMEN, *MEN), strict=True))
    return _relabelled(
        seed, "sex", lambda labels: {text: turned.get(text, text) for text in labels}
    )


def _sexes_moved(seed: Seed, rng: random.Random) -> Seed | None:
    """Each label of a sex becomes the next one, that of everybody among them."""
    return _relabelled(
        seed, "sex", lambda labels: dict(zip(labels, [*labels[1:], labels[0]], strict=True))
    )


def _relabelled(
    seed: Seed, role: str, turned: Callable[[list[str]], dict[str, str]]
) -> Seed | None:
    """Put other labels into a column, where it has several."""
    place = seed.at(role)
    labels = list(dict.fromkeys(row[place] for row in seed.rows)) if place >= 0 else []
    if len(labels) < 2:
        return None
    other = turned(labels)
    return seed.with_cells({(n, place): other[row[place]] for n, row in enumerate(seed.rows)})


MUTATIONS = (
    Mutation("labels reversed", _labels_reversed),
    Mutation("labels and orders reversed", _labels_and_orders_reversed),
    Mutation("men and women exchanged", _sexes_exchanged),
    Mutation("sexes moved round", _sexes_moved),
)
