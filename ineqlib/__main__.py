"""``python -m ineqlib`` is ``ineq``."""

from ineqlib.cli import main

main(prog_name="ineq")
