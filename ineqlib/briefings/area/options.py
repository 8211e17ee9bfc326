"""What may be asked of a briefing besides its area: for whom, what first, who made it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from ineqlib.briefings.area.earlier import find_earlier
from ineqlib.briefings.kinds import BRIEFING_OPTIONS
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import ParameterError, choose_from, nearest
from ineqlib.facts.profile import read_profile
from ineqlib.narrative.reader import Annex, Reader, reader_named
from ineqlib.pack import Pack
from ineqlib.text import day_in_words

_DATES = ("%Y-%m-%d", "%d %B %Y")


@dataclass(frozen=True)
class Options:
    """What was asked for, checked."""

    reader: Reader
    priorities: tuple[str, ...] = ()
    """Ids of the indicators that come first, in order."""
    owner: str = ""
    contact: str = ""
    published: str = ""
    """Who made it, whom to ask, and when it came out; empty where not given."""
    next_steps: tuple[str, ...] = ()
    """What happens next, a sentence each."""
    annex: Annex = "same"
    """Whether the annex follows in the same page, is a page of its own, or is not made."""
    previous: str = ""
    """The last briefing, or the folder it is in; empty for the first."""


def read_options(asked: Mapping[str, Any]) -> Options:
    """Check what was asked for, by name; what is not there is as `BRIEFING_OPTIONS` has it."""
    if unknown := [name for name in asked if name not in BRIEFING_OPTIONS]:
        raise ParameterError(
            f"A briefing takes no '{unknown[0]}'.{nearest(unknown[0], BRIEFING_OPTIONS)} "
            f"It takes {', '.join(BRIEFING_OPTIONS)}."
        )
    given = {**BRIEFING_OPTIONS, **asked}
    texts: dict[str, Any] = {
        name: _text(name, given[name])
        for name in ("audience", "owner", "contact", "annex", "previous")
    }
    reader = reader_named(texts["audience"])
    annex, places = texts["annex"], get_args(Annex)
    if annex and annex not in places:
        raise ParameterError(f"The annex cannot be '{annex}'.{choose_from(annex, places)}.")
    return Options(
        reader,
        _indicators(_texts("priorities", given["priorities"])),
        texts["owner"],
        texts["contact"],
        _day(given["published"]),
        _texts("next_steps", given["next_steps"]),
        annex or reader.annex,
        texts["previous"],
    )


def check(
    pack: Pack, area: str, *, comparators: list[str], indicator_set: str | list[str], **asked: Any
) -> None:
    """Refuse what a briefing would refuse, without building it."""
    options = read_options(asked)
    profile = read_profile(pack, area, comparators=comparators, indicator_set=indicator_set)
    if options.previous:
        find_earlier(options.previous, profile.area, options.reader)


def _text(name: str, given: Any) -> str:
    if not isinstance(given, str):
        raise ParameterError(f"'{name}' should be a text, not {given!r}.")
    return given.strip()


def _texts(name: str, given: Any) -> tuple[str, ...]:
    """Read one text or several; empty ones are not there."""
    texts = list(given) if isinstance(given, list | tuple) else [given]
    if wrong := [text for text in texts if not isinstance(text, str)]:
        raise ParameterError(f"'{name}' should be a text or a list of texts, not {wrong[0]!r}.")
    return tuple(text.strip() for text in texts if text.strip())


def _day(published: Any) -> str:
    """Write a date as people do."""
    if isinstance(published, date):
        return day_in_words(published)
    text = _text("published", published)
    return text and day_in_words(_parsed(text))


def _parsed(text: str) -> date:
    for layout in _DATES:
        try:
            return datetime.strptime(text, layout).date()
        except ValueError:
            continue
    raise ParameterError(
        f"'published' is '{text}', which is no date. Write it as 2026-11-30 or 30 November 2026."
    )


def _indicators(names: Sequence[str]) -> tuple[str, ...]:
    """Resolve ids and names of indicators and objectives to ids of indicators, in order."""
    meant = {name_key(written): ids for written, ids in _names()}
    ids: list[str] = []
    for name in names:
        key = name_key(name)
        if key not in meant:
            names_known = {written for written, _ in _names()}
            objectives = load_catalogue().objectives.values()
            raise ParameterError(
                f"There is no indicator or objective '{name}'.{nearest(name, names_known)} "
                "`ineq indicators` lists the indicators; objectives are "
                f"{', '.join(objective.public_name for objective in objectives)}."
            )
        ids += meant[key]
    return tuple(dict.fromkeys(ids))


def _names() -> Iterator[tuple[str, list[str]]]:
    """Yield what indicators and objectives are called, and the indicators that means."""
    catalogue = load_catalogue()
    for objective in catalogue.objectives.values():
        ids = [indicator.id for indicator in catalogue.of_objective(objective.id)]
        for name in (objective.id, objective.name, objective.public_name):
            yield name, ids
    for indicator in catalogue.indicators.values():
        for name in (indicator.public_name, indicator.name, indicator.id):
            yield name, [indicator.id]


def name_key(name: str) -> str:
    """Write a name so that capitals, and spaces for underscores, make no other."""
    return name.casefold().replace(" ", "_")
