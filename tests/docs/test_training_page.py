"""The page about training says of exercises and times what is so."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from ineqlib.demo.training.exercises import EXERCISES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to-training.md"
ROW = re.compile(r"^\| (.+?) \| .+ \| .+ \| (\d+) \|$", re.MULTILINE)
PART = re.compile(r"^\| (\d+:\d\d) \| (\d+) \| (.+) \|$", re.MULTILINE)


def test_every_exercise_is_listed_with_its_minutes() -> None:
    said = [(title, int(minutes)) for title, minutes in ROW.findall(PAGE.read_text("utf-8"))]
    assert said == [(one.title, one.minutes) for one in EXERCISES.values()]


def test_the_programme_has_no_gap_and_gives_each_exercise_its_time() -> None:
    parts = PART.findall(PAGE.read_text("utf-8"))
    clock = datetime.strptime(parts[0][0], "%H:%M")
    for begins, minutes, _ in parts:
        assert datetime.strptime(begins, "%H:%M") == clock
        clock += timedelta(minutes=int(minutes))
    assert clock.strftime("%H:%M") == "13:00"
    for exercise in EXERCISES.values():
        title = exercise.title.strip("?").lower().replace(",", "")
        assert any(title in what.lower().replace(",", "") for _, _, what in parts), title
    needed = sum(exercise.minutes for exercise in EXERCISES.values())
    given = sum(int(minutes) for _, minutes, what in parts if what[0].isdigit())
    assert given >= needed
