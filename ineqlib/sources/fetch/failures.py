"""What can go wrong between here and a publisher, in words, and whether it may pass."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from requests import exceptions

from ineqlib.errors import FetchError
from ineqlib.sources.proof.model import page_title, quoted
from ineqlib.text import day_in_words, plural

HELP = "docs/proxies.md says what to do"
_CLOCK = re.compile(r"not yet valid|has expired|not valid (?:before|after)", re.IGNORECASE)
_PASSING = (408, 425, 429, 502, 503, 504)


class Failed(Exception):
    """An attempt that failed, and why.

    It is worth so many `attempts`: 1 where asking again is no use. `wait` is how many seconds the
    publisher asks to wait; without it the wait grows with each attempt.
    """

    def __init__(self, reason: str, *, attempts: int = 1, wait: float | None = None):
        super().__init__(reason)
        self.reason = reason
        self.attempts = attempts
        self.wait = wait


def of_status(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Failed:
    """Return what a status other than success means; a message in the body is repeated."""
    title = page_title(body)
    said = quoted(body.decode("utf-8", "replace")) if title is None else title
    words = f"it answered with status {status}" + (f": “{said}”" if said else "")
    if status in _PASSING:
        wait = retry_after(headers, now)
        asks = "" if wait is None else f" (asked to wait {wait:,.0f} seconds)"
        return Failed(f"{words}{asks}", attempts=5, wait=wait)
    match status:
        case 500:
            # Fingertips' 500 may be for good: its text tells which.
            return Failed(words, attempts=3)
        case 404 | 410:
            return Failed(f"{words}: nothing stands at this address any more")
        case 401 | 403 | 407:
            return Failed(f"{words}: the publisher, or a proxy on the way, refuses. {HELP}")
        case 416:
            return Failed(words, attempts=3, wait=0)
    return Failed(words)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a publisher asks to wait; None where it does not say.

    A time of day is compared with the publisher's own clock, for this computer's may be wrong.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    until, there = http_date(text), http_date(headers.get("Date", ""))
    return max(0.0, (until - (there or now)).total_seconds()) if until else None


def http_date(text: str) -> datetime | None:
    """Read a date of HTTP; None where it is none.

    Examples
    --------
    >>> http_date("Sun, 29 Nov 2026 10:00:00 GMT").hour, http_date("soon")
    (10, None)
    """
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def of_exception(error: Exception, url: str, now: datetime) -> Failed:
    """Return what an error of `requests` or of the network means."""
    host = urlsplit(url).hostname
    text = str(error)
    match error:
        case exceptions.ProxyError():
            if "407" in text:
                return Failed(f"the proxy asks for a name and password (407). {HELP}")
            return Failed(f"the proxy cannot be reached or refuses {host}. {HELP}", attempts=3)
        case exceptions.SSLError():
            return _of_certificate(text, host or "", now)
        case exceptions.ConnectTimeout():
            return Failed(f"{host} cannot be reached in time", attempts=4)
        case exceptions.Timeout():
            return Failed(f"{host} sent nothing for too long", attempts=4)
    if "timed out" in text:
        return Failed(f"{host} stopped sending", attempts=4)
    if "IncompleteRead" in text:
        return Failed("the answer was cut short: fewer bytes came than were announced", attempts=4)
    if "NameResolution" in text or "getaddrinfo" in text:
        return Failed(
            f"{host} is not found: is this computer online? Where the network is only reached by a "
            f"proxy, {HELP}",
            attempts=2,
        )
    return Failed(f"the connection to {host} broke ({type(error).__name__})", attempts=4)


def _of_certificate(text: str, host: str, now: datetime) -> Failed:
    if _CLOCK.search(text):
        return Failed(
            f"the certificate of {host} is not valid today, {day_in_words(now)} by this "
            "computer's clock: set the clock if it is wrong"
        )
    if "CERTIFICATE_VERIFY_FAILED" in text or "certificate verify failed" in text:
        return Failed(
            f"the certificate of {host} is not one this computer trusts: a proxy may open what is "
            f"encrypted, or somebody may. It is not fetched. {HELP}"
        )
    return Failed(f"no encrypted connection to {host} can be made ({quoted(text)}). {HELP}")


def raise_failures(failures: Sequence[FetchError], answers: Sequence[object]) -> None:
    """Raise what failed of some answers as one error; nothing where all came."""
    if len(failures) == 1:
        raise failures[0]
    if failures:
        reasons = "\n".join(sorted(str(error) for error in failures))
        raise FetchError(
            f"{len(failures)} of {plural(len(answers), 'request')} failed; what came is kept for "
            f"the next time.\n{reasons}"
        )
