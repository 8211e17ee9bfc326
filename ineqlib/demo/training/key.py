"""The key of a training pack: made of what was planted, kept in the pack, not read by accident."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ineqlib.demo.training.county import Plant
from ineqlib.errors import PackError, ParameterError
from ineqlib.pack import Pack

TABLE = "exercises"
"""The table of a pack with the key: coded, for a learner who only looks what is in the pack."""


@dataclass(frozen=True)
class Answers:
    """What `Plant` says of one exercise: see there."""

    asked: Mapping[str, str]
    right: Mapping[str, Any]
    wrong: Mapping[str, tuple[str, list[Any]]]


def key_table(plants: Mapping[str, Plant]) -> pd.DataFrame:
    """Return the table that keeps the answers of every exercise."""
    coded = [
        base64.b85encode(
            zlib.compress(json.dumps([plant.asked, plant.right, plant.wrong]).encode("utf-8"))
        ).decode("ascii")
        for plant in plants.values()
    ]
    return pd.DataFrame({"exercise": list(plants), "coded": coded})


def answers_of(pack: Pack, exercise: str) -> Answers:
    """Read the key of one exercise.

    Raises
    ------
    ParameterError
        The pack is no training pack, or one from before there was this exercise.
    PackError
        The key cannot be read.
    """
    remedy = "`ineq demo --training` makes one at data/training."
    if TABLE not in pack.meta.tables:
        raise ParameterError(f"The pack '{pack.title}' has no exercises: {remedy}")
    table = pack.table(TABLE)
    coded = table.loc[table["exercise"] == exercise, "coded"]
    if coded.empty:
        raise ParameterError(
            f"The pack '{pack.title}' is older than the exercise '{exercise}': {remedy}"
        )
    try:
        asked, right, wrong = json.loads(zlib.decompress(base64.b85decode(coded.item())))
    except (ValueError, zlib.error) as error:
        raise PackError(f"The key of '{pack.title}' cannot be read. Make it again: {remedy}") from (
            error
        )
    return Answers(asked, right, {mistake: (field, of) for mistake, (field, of) in wrong.items()})
