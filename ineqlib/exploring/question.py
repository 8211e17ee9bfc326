"""What is asked: one value, and one line of text that says it again."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, quote

from ineqlib.errors import ParameterError, choose_from, listed, nearest
from ineqlib.facts.profile import COMPARATORS
from ineqlib.text import visible

VIEWS = {
    "trend": "Trend",
    "gradient": "By deprivation",
    "decomposition": "Life expectancy by age",
    "table": "Table",
    "peers": "Among its peers",
    "map": "Its neighbourhoods",
    "areas": "All areas",
}
"""Ways to look at a question, in the order they are shown, and what they are called."""

SAFE = " /:,+().-'"
"""Signs that a line keeps as they are, so that people can read it."""


@dataclass(frozen=True)
class Question:
    """What an analyst asks."""

    pack: str
    """Folder or name of the pack, as `open_pack` takes it."""
    area: str = ""
    indicator: str = ""
    comparators: tuple[str, ...] = ("county", "region", "country")
    """Which of county, region and country stand beside the area, as far as it has them, and whether
    its peers are only those most like it (``neighbours``)."""
    sex: str = ""
    dimension: str = ""
    period: str = ""
    """As the pack has them; empty for the newest. An empty dimension is everybody together."""
    second: str = ""
    """Code of the area it is compared with; may be empty."""
    selected: str = ""
    """Code of the neighbourhood or area that is marked in the views; may be empty."""
    views: tuple[str, ...] = tuple(VIEWS)

    def to_line(self) -> str:
        """Return the question as one line of text.

        Examples
        --------
        >>> Question("demo", "X07000001", "smoking_adults", ("country",)).to_line()[:60]
        'pack=demo&area=X07000001&indicator=smoking_adults&comparator'
        """
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        texts = {
            name: ",".join(part) if isinstance(part, tuple) else part
            for name, part in parts.items()
        }
        # What is empty by default need not be said; what is a list may be empty on purpose.
        return "&".join(
            f"{name}={quote(text, safe=SAFE)}"
            for name, text in texts.items()
            if text or isinstance(parts[name], tuple)
        )


LISTS: dict[str, Sequence[str]] = {"comparators": COMPARATORS, "views": tuple(VIEWS)}
"""Parts that may have several values, and which there are."""


def from_line(line: str, *, pack: str = "") -> Question:
    """Read a question from what `Question.to_line` wrote, or from some of it.

    A line that names no pack is about the one given; one that is no such line is refused, and the
    message says what is wrong with which part.

    Examples
    --------
    >>> from_line("area=X07000001&sex=Female", pack="demo").sex
    'Female'
    """
    known = [field.name for field in fields(Question)]
    pairs = parse_qsl(line.strip(), keep_blank_values=True)
    if line.strip() and "=" not in line:
        raise ParameterError(
            f"'{visible(line.strip()[:60])}' is no bookmark. One looks like "
            "'area=X07000001&indicator=life_expectancy&sex=Female'."
        )
    names = [name for name, _ in pairs]
    if unknown := [name for name in names if name not in known]:
        raise ParameterError(
            f"A bookmark has no '{visible(unknown[0])}'.{nearest(unknown[0], known)} It is made of "
            f"{', '.join(known)}."
        )
    if twice := [name for name in known if names.count(name) > 1]:
        raise ParameterError(f"The bookmark says {listed(twice)} more than once; once is enough.")
    given: dict[str, Any] = {"pack": pack, **dict(pairs)}
    if strange := [text for text in given.values() if not text.isprintable()]:
        raise ParameterError(
            f"The bookmark holds a sign that no screen shows: '{visible(strange[0])}'. Copy it "
            "again, as one line."
        )
    if not given["pack"]:
        raise ParameterError("The bookmark names no pack: begin it with 'pack=data/demo&'.")
    for name, members in LISTS.items():
        if name in given:
            given[name] = _several(name, given[name], members)
    return Question(**given)


def _several(name: str, text: str, members: Sequence[str]) -> tuple[str, ...]:
    """Read a list of words, in the order in which they are always shown."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if unknown := [word for word in words if word not in members]:
        raise ParameterError(
            f"The bookmark's {name} have no '{unknown[0]}'.{choose_from(unknown[0], members)}."
        )
    return tuple(member for member in members if member in words)
