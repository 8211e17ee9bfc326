"""Who published what a briefing shows."""

from collections.abc import Iterable

from ineqlib.facts.profile import Profile
from ineqlib.facts.shared import attributions
from ineqlib.text import joined


def source_line(profile: Profile, source_ids: Iterable[str]) -> str:
    """Name the publishers of a figure's data, in the words their licences ask for."""
    sources = profile.pack.shared(attributions)
    found = [sources[name] for name in sorted(set(source_ids)) if name in sources]
    return (
        joined([text.rstrip(".") for text in dict.fromkeys(found)]) if found else profile.pack.title
    )
