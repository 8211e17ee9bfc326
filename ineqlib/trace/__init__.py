"""From a number on a page back to its row, file, publisher and day, each step proved."""

from ineqlib.trace.chain import Step, Trace
from ineqlib.trace.tracer import Tracer, open_tracer

__all__ = ["Step", "Trace", "Tracer", "open_tracer"]
