"""As if it were not installed: see `QUICK` in `tests/conftest.py`."""

raise ImportError("jsonschema asks for it, and nothing that is tested here needs it")
