"""The key of a training pack: made of what was planted, kept in the pack, not read by accident."""

import base64
import json
import zlib
from collections.abc import Mapping

import pandas as pd

from ineqlib.demo.training.county import Answers, Plant
from ineqlib.demo.training.exercise import Exercise
from ineqlib.errors import PackError, ParameterError
from ineqlib.files import parse_json
from ineqlib.pack import Pack

TABLE = "exercises"
"""The table of a pack with the key: coded, for a learner who only looks what is in the pack."""
LARGEST = 100_000
"""Characters of the key of one exercise that are read. Known: 700."""


def key_table(plants: Mapping[str, Plant]) -> pd.DataFrame:
    """Return the table that keeps the answers of every exercise."""
    coded = [
        base64.b85encode(
            zlib.compress(json.dumps([plant.asked, plant.right, plant.wrong]).encode("utf-8"))
        ).decode("ascii")
        for plant in plants.values()
    ]
    return pd.DataFrame({"exercise": list(plants), "coded": coded})


def answers_of(pack: Pack, exercise: Exercise) -> Answers:
    """Read the key of one exercise, or refuse a pack that has none or one of other exercises."""
    remedy = "`ineq demo --training` makes one at data/training."
    if TABLE not in pack.meta.tables:
        raise ParameterError(f"The pack '{pack.title}' has no exercises: {remedy}")
    table = pack.table(TABLE)
    coded = table.loc[table["exercise"] == exercise.name, "coded"]
    key = _decoded(pack, coded.iloc[0]) if len(coded) else None
    fields = {field.name for field in exercise.fields if field.kind != "secret"}
    if key is None or set(key.right) != fields or set(key.wrong) != set(exercise.hints):
        raise ParameterError(
            f"The pack '{pack.title}' was made by a version of ineqlib with another exercise "
            f"'{exercise.name}', or none: {remedy}"
        )
    return key


def _decoded(pack: Pack, coded: str) -> Answers:
    try:
        unpacked = zlib.decompressobj().decompress(base64.b85decode(coded), LARGEST)
        asked, right, wrong = (dict(part) for part in parse_json(unpacked))
        return Answers(
            asked, right, {mistake: (field, of) for mistake, (field, of) in wrong.items()}
        )
    except (ValueError, TypeError, zlib.error) as error:
        raise PackError(
            f"The key of '{pack.title}' cannot be read. Make the pack again: "
            "`ineq demo --training`."
        ) from error
