"""The time of day and waiting, in one place so that tests need not wait."""

import time
from datetime import UTC, datetime


class Clock:
    """The clock of this computer, which may be wrong."""

    def now(self) -> datetime:
        """Return the time of day."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
