"""What every expectation is, what it proves, and what no answer may be."""

import io
import re
from typing import Any, BinaryIO, NamedTuple, Protocol

from ineqlib.errors import InputError, listed
from ineqlib.files import parse_json
from ineqlib.sources.reading.text import encoding_of
from ineqlib.text import plural, visible

LONGEST_QUOTE = 200
"""Characters of a publisher's message that are repeated."""

_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class NotWhole(InputError):
    """An answer that is not proved to be the whole of what was asked, and why.

    `may_pass` tells whether the same question may get a right answer a moment later.
    """

    def __init__(self, reason: str, *, may_pass: bool = False):
        super().__init__(reason)
        self.may_pass = may_pass


class Proof(NamedTuple):
    """What was proved of an answer, in words, and what is worth saying besides."""

    proved: tuple[str, ...]
    remarks: tuple[str, ...] = ()


class Expectation(Protocol):
    """What an answer must be to be believed. A value: it can be compared, and shown by `repr`."""

    @property
    def shows_its_end(self) -> bool:
        """Whether an answer that is cut anywhere is seen without the length that was announced."""

    def prove(self, content: bytes) -> Proof:
        """Prove an answer whole, or raise `NotWhole`."""


def quoted(text: str) -> str:
    """Return a publisher's message as one short line without tags.

    Examples
    --------
    >>> quoted("<p>CSV data could\\r\\n not be built</p>")
    'CSV data could not be built'
    """
    line = visible(" ".join(_TAG.sub(" ", text).split()))
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def page_title(content: bytes) -> str | None:
    """Return the title of a web page, empty where it has none; None for what is no web page.

    Examples
    --------
    >>> page_title(b"<!DOCTYPE html><title>Sign in</title>"), page_title(b"Area Code,Value")
    ('Sign in', None)
    """
    start = content[:4096]
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or not _PAGE.search(start):
        return None
    title = _TITLE.search(content[:65536])
    return quoted(title.group(1).decode("utf-8", "replace")) if title else ""


def refuse_page(content: bytes) -> None:
    """Refuse a web page that comes in place of data; the message quotes its title."""
    title = page_title(content)
    if title is not None:
        named = f" titled “{title}”" if title else ""
        raise NotWhole(
            f"a web page{named} came in place of the data: the sign-in page or the refusal of a "
            "proxy, or the publisher's error page. docs/proxies.md says what to do"
        )


def refuse_no_text(content: bytes) -> None:
    """Refuse a web page in place of data, and an empty answer."""
    refuse_page(content)
    if not content.strip():
        raise NotWhole("the answer is empty", may_pass=True)


def encoding_of_answer(file: BinaryIO) -> str:
    """Return the encoding of a text by its bytes: what a publisher says of it is often wrong."""
    try:
        return encoding_of(file)
    except InputError as error:
        raise NotWhole(f"the answer cannot be read. {error}") from error
    finally:
        file.seek(0)


def read_json(content: bytes) -> Any:
    """Return what an answer in JSON holds; refuse an error that came with status 200."""
    refuse_no_text(content)
    text = content.decode(encoding_of_answer(io.BytesIO(content)), "replace")
    try:
        value = parse_json(text)
    except ValueError as error:
        if text.lstrip()[:1] in ("{", "["):
            words = f"the JSON is cut short or damaged ({error})"
            raise NotWhole(words, may_pass=True) from error
        raise NotWhole(f"expected JSON, got “{quoted(text)}”") from error
    refuse_error(value)
    return value


def refuse_error(value: Any) -> None:
    """Refuse an error that came with status 200; its message or its details say what it is.

    A service that is asked too fast says so in the same words, so it may pass.
    """
    match value:
        case {"error": {"code": code, **rest}}:
            details = rest.get("details")
            said = [rest.get("message"), *(details if isinstance(details, list) else [])]
        case {"error": str(message)}:
            code, said = "", [message]
        case _:
            return
    words = "; ".join(quoted(part) for part in said if isinstance(part, str) and part)
    raise NotWhole(
        f"the service answered with an error in place of data: {f'{code} {words}'.strip()}",
        may_pass=True,
    )


def asked_and_got(what: str, asked: tuple[str, ...], got: set[str], *, others: bool) -> str:
    """Prove that what was asked is what was got, `others` besides or not; return that in words."""
    absent = tuple(value for value in asked if value not in got)
    if absent:
        are, them = ("is", "it") if len(absent) == 1 else ("are", "them")
        raise NotWhole(
            f"{len(absent)} of {plural(len(asked), what)} asked {are} not answered: "
            f"{listed(absent)}. The publisher may have cut the answer or retired {them}"
        )
    strange = sorted(got - set(asked))
    if strange and not others:
        raise NotWhole(
            f"the answer is to another question: asked was {what} {listed(asked)}, and "
            f"{listed(strange)} came",
        )
    return f"{plural(len(asked), what)} asked and answered"
