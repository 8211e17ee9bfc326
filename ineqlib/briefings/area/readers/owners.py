"""Who holds what: the figures that are or get worse, by whoever leads on them."""

from collections import Counter

from ineqlib.briefings.area.readers.summary import SOON
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.catalogue import Indicator
from ineqlib.document.blocks import BulletList, bullets, no_data
from ineqlib.document.model import Section
from ineqlib.narrative.reader import name_inside
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.text import joined

MOST_PARTNERS = 4
"""Of one owner: those that help with most of what is worse."""


def owners(telling: Telling) -> Section:
    """What can change, and who holds it: what could show soonest comes first."""
    title = "Who can act"
    judgement = telling.judgement
    getting_worse = [finding for finding in judgement.changes if finding.side == "worse"]
    findings = [*judgement.worse, *getting_worse]
    worse = [finding.comparison.indicator for finding in findings if finding.comparison]
    if judgement.inside and judgement.inside.gap:
        worse.append(judgement.inside.gap.indicator)
    by_owner: dict[str, list[Indicator]] = {}
    for indicator in {indicator.id: indicator for indicator in worse}.values():
        by_owner.setdefault(indicator.lead_owner, []).append(indicator)
    if not by_owner:
        why = "No figure here is clearly worse, so nobody is named."
        return Section("owners", title, (no_data("no-owners", why),))
    what = ["figures that are worse or get worse"] * any(f.comparison for f in findings)
    what += ["the gap inside the area"] * bool(judgement.inside and judgement.inside.gap)
    lead = (
        f"{', and '.join(what).capitalize()}, by who leads. How soon local work could show is the "
        "catalogue's judgement, not a promise."
    )
    profile = telling.facts.profile
    if county := profile.area.parent_code:
        lead += f" Directors are those of {profile.pack.area(county).name}, the county."
    items = [_item(owner, indicators) for owner, indicators in by_owner.items()]
    blocks: tuple[BulletList, ...] = (bullets("by-owner", items),)
    return Section("owners", title, blocks, sentence(lead))


def _item(owner: str, indicators: list[Indicator]) -> Sentence:
    # "schools" is not named again in "schools and nurseries".
    named = Counter(
        name
        for indicator in indicators
        for partner in indicator.partners
        for name in partner.split(" and ")
    )
    partners = [name for name, _ in named.most_common(MOST_PARTNERS)]
    helped = f", with {joined(partners)}" if partners else ""
    parts = []
    for speed, soon in SOON.items():
        names = [
            name_inside(indicator.public_name)
            for indicator in indicators
            if indicator.sensitive_to_local_action == speed
        ]
        if names:
            parts.append(f" Results of local work {soon}: {'; '.join(names)}.")
    return sentence(Strong(owner), f"{helped}.", *parts)
