"""The exercises, in the order of the notebook. To add one, see docs/how-to-training.md."""

from ineqlib.demo.training import broken, divided, mislabelled, noise, overlap, projects, withheld
from ineqlib.demo.training.exercise import Exercise
from ineqlib.errors import ParameterError, listed, nearest

EXERCISES: dict[str, Exercise] = {
    module.EXERCISE.name: module.EXERCISE
    for module in (divided, noise, overlap, broken, mislabelled, withheld, projects)
}


def exercise_named(name: str) -> Exercise:
    """Return an exercise."""
    if name not in EXERCISES:
        raise ParameterError(
            f"There is no exercise '{name}'.{nearest(name, EXERCISES)} There are "
            f"{listed(EXERCISES, len(EXERCISES))}."
        )
    return EXERCISES[name]
