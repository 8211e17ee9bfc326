"""Python runs this first: see `QUICK` in `tests/conftest.py`."""

import gc

gc.set_threshold(20_000, 20, 50)  # as in the tests' own processes: imports leave no garbage
