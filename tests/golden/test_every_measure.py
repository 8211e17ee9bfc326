"""No public measure without a number from outside."""

import inspect
import re
from pathlib import Path

from ineqlib import measures


def test_every_public_measure_is_held_to_something_outside() -> None:
    public = {name for name in measures.__all__ if inspect.isfunction(getattr(measures, name))}
    tests = Path(__file__).parent.glob("*/test_*.py")
    words = set(re.findall(r"\w+", " ".join(path.read_text("utf-8") for path in tests)))
    assert public - words == set()
