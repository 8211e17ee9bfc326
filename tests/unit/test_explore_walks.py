"""Whatever an analyst does, the explorer asks what can be asked, and shows what is so."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from ineqlib.pack import Pack
from tests.unit.explorer_walk import Walk


def test_no_walk_ends_in_an_error_or_a_wrong_number(demo_pack: Pack) -> None:
    class Here(Walk):
        pack = str(demo_pack.path)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
