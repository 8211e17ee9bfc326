"""The questions of `ask_questions.yml`, and what makes an answer wrong.

Nothing here uses the grammar: answers are held against the observations by pandas, and mutated
questions against the names, sexes and years that plain searching finds in them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ineqlib.asking.asker import Reply
from ineqlib.catalogue import load_catalogue
from ineqlib.pack import Pack
from ineqlib.yaml_file import read_yaml

FILE = Path(__file__).with_name("ask_questions.yml")
LIKE = ["indicator_id", "sex", "age", "period_start", "period_end"]
SLOPE = "_inequality"
COUNTRY = "X92000001"
SEX = {"Male": r"\b(men|male|man|boys?)\b", "Female": r"\b(women|female|woman|girls?)\b"}
YEARS = re.compile(r"\b(?:19|20)\d\d\b")
NEVER = ("not put in", "two joined")
"""Changes after which no answer is right."""
NAMES_NO_PLACE = ("similar", "worst", "best", "highest", "lowest")
BROADER = {
    "smoking_at_delivery": {"smoking_adults"},
    "life_expectancy_65": {"life_expectancy"},
    "healthy_life_expectancy": {"life_expectancy"},
    "reception_obesity": {"year_6_obesity"},
    "year_6_obesity": {"reception_obesity"},
    "cardiovascular_deaths_under_75": {"deaths_under_75"},
    "cancer_deaths_under_75": {"deaths_under_75"},
}
"""Indicator -> those that a question about it may name once a word is left out of it."""


@dataclass(frozen=True)
class Asked:
    """One question and what it asks for; `measure` is empty where it has no answer."""

    text: str
    here: str
    measure: str = ""
    indicators: frozenset[str] = frozenset()
    area: str = ""
    beside: str = ""
    sexes: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    reason: str = ""


def questions() -> Iterator[Asked]:
    """Yield every question of the file."""
    content = read_yaml(FILE)
    here = content["here"]
    for measure, by_indicators in content["answers"].items():
        for ids, texts in by_indicators.items():
            for text in texts:
                yield Asked(text, here, measure, frozenset(ids.split()))
    for measure, texts in content["lists"].items():
        for text in texts:
            yield Asked(text, here, measure)
    for entry in content["more"]:
        yield Asked(
            entry["ask"],
            entry.get("here", here),
            entry["is"],
            frozenset(entry["of"]),
            entry.get("in", ""),
            entry.get("beside", ""),
            frozenset(entry.get("sex", ())),
            tuple(entry.get("years", ())),
        )
    for reason, texts in content["unanswerable"].items():
        for text in texts:
            yield Asked(str(text), here, reason=reason)


class Judge:
    """Says what is wrong with an answer."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        rows = pack.table("observations")
        self.rows = {row.row: row for row in rows.itertuples(index=False)}
        whole = rows[(rows["dimension"] == "") & rows["value"].notna()]
        self.newest = whole.groupby(["indicator_id", "area_code", "sex"])["period_end"].max()
        self.names = {
            name: pack.area(name).code for name in pack.areas.loc[~pack.areas["ended"], "area_name"]
        }
        here = whole[whole["area_code"].isin(pack.current("districts")["area_code"])]
        self.values = {key: part.to_numpy() for key, part in here.groupby(LIKE)["value"]}

    def wrong(self, asked: Asked, reply: Reply) -> str:
        """Return what is wrong with the answer to a question of the file; empty if nothing."""
        question = reply.question
        assert question is not None
        if not asked.measure:
            return "it has no answer"
        if question.measure != asked.measure or set(question.indicators) != asked.indicators:
            return f"understood as {question}"
        if question.sexes != asked.sexes or question.years != asked.years:
            return f"understood as {question}"
        own = self.names[asked.area or asked.here]
        places = {own} | ({self.names[asked.beside]} if asked.beside in self.names else set())
        return (
            self.wrong_rows(reply)
            or self.wrong_places(asked, reply, places)
            or self.wrong_order(asked, reply, own)
            or self.wrong_period(asked, reply)
        )

    def wrong_rows(self, reply: Reply) -> str:
        """Hold each published number against its row, and what it says it is about."""
        for fact in reply.facts:
            if fact.method != "published":
                continue
            row = self.rows[fact.rows[0]]
            about = (fact.indicator_id, fact.area_code, fact.sex, fact.value)
            if about != (row.indicator_id, row.area_code, row.sex, row.value):
                return f"{fact} is not {row}"
            if row.dimension and not fact.subgroup:
                return f"{fact} is of a group"
            # A unit in words is said once for all figures of a sentence.
            told, unit = reply.sentence.text, fact.text.removeprefix(fact.number)
            parted = fact.number in told and unit in told
            if fact.text not in told and fact.size not in told and not parted:
                return f"{fact.text} is not told"
        return ""

    def wrong_places(self, asked: Asked, reply: Reply, places: set[str]) -> str:
        ids = {fact.indicator_id.removesuffix(SLOPE) for fact in reply.facts if fact.indicator_id}
        if asked.indicators and not ids <= asked.indicators:
            return f"figures of {ids}"
        if asked.measure in NAMES_NO_PLACE:
            return ""
        areas = {fact.area_code for fact in reply.facts}
        missing, more = places - areas, areas - places - {COUNTRY}
        return f"no figure of {missing}" if missing else f"figures of {more}" if more else ""

    def wrong_order(self, asked: Asked, reply: Reply, own: str) -> str:
        """Hold ranks, ends of lists and the areas most like one against plain sorting."""
        adverse = {
            id: load_catalogue()[id].polarity == "adverse"
            for id in {fact.indicator_id for fact in reply.facts if fact.indicator_id}
        }
        if asked.measure == "similar":
            names = [self.pack.area(code).name for code in self.pack.neighbours(own).codes[:5]]
            return "" if ", ".join(names) in reply.sentence.text else f"most like it are {names}"
        if asked.measure in ("worst", "best") and not asked.indicators:
            figures = [fact for fact in reply.facts if fact.method == "published"]
            for ours, theirs in zip(figures[::2], figures[1::2], strict=True):
                is_worse = (ours.value > theirs.value) == adverse[ours.indicator_id]
                if ours.area_code != own or is_worse != (asked.measure == "worst"):
                    return f"{ours.text} beside {theirs.text} is not the {asked.measure}"
            return "" if figures else "no figures"
        for fact in reply.facts:
            if not fact.rows or fact.method == "published":
                continue
            row = self.rows[fact.rows[0]]
            values, high = self._like(row), adverse[fact.indicator_id]
            if asked.measure == "rank" and fact.id.startswith("rank-"):
                place = 1 + ((values > row.value) if high else (values < row.value)).sum()
                if fact.value != place:
                    return f"place {fact.value} is {place}"
            if asked.measure in NAMES_NO_PLACE and fact.method.startswith(("highest", "lowest")):
                wants = {"highest": True, "lowest": False, "worst": high, "best": not high}
                end = values.max() if wants[asked.measure] else values.min()
                if fact.value != end:
                    return f"{fact.value} is not {end}"
        return ""

    def wrong_period(self, asked: Asked, reply: Reply) -> str:
        """Of a level the newest period is told, or the one that was asked for."""
        if asked.measure != "level":
            return ""
        for fact in reply.facts:
            row = self.rows[fact.rows[0]]
            if asked.years:
                if (row.period_start.year, row.period_end.year) != (
                    asked.years[0],
                    asked.years[-1],
                ):
                    return f"of {fact.period}"
            elif row.period_end != self.newest[row.indicator_id, row.area_code, row.sex]:
                return f"of {fact.period}, which is not the newest"
        return ""

    def _like(self, row: Any) -> Any:
        """Return the figures of all districts that are comparable with a row."""
        return self.values[tuple(getattr(row, name) for name in LIKE)]

    def beside_the_point(self, asked: Asked, text: str, reply: Reply, kind: str) -> str:
        """Say why the answer to a mutated question is not about what it names.

        Parameters
        ----------
        asked
            The question that it was made from.
        text
            The mutated question.
        kind
            What was changed; a word left out may leave a broader figure.
        """
        if kind in NEVER:
            return "it has no answer"
        ids = {fact.indicator_id.removesuffix(SLOPE) for fact in reply.facts if fact.indicator_id}
        may = asked.indicators.union(
            *(BROADER.get(id, set()) for id in asked.indicators if kind == "dropped")
        )
        if asked.indicators and not ids <= may:
            return f"figures of {ids}"
        if wrong := self.wrong_rows(reply):
            return wrong
        named = {code for name, code in self.names.items() if name.casefold() in text.casefold()}
        named |= {code for code in self.names.values() if code.casefold() in text.casefold()}
        if any(name in text.casefold() for name in ("mid lindermark", "west lindermark")):
            named.discard(COUNTRY)
        areas = {fact.area_code for fact in reply.facts}
        own: set[str] = set()
        for place in map(self.pack.area, (asked.here, *named)):
            own |= {place.code, place.parent_code, place.region_code, place.country_code}
        of_all = ids and reply.question and reply.question.indicators
        if reply.question and (reply.question.measure not in NAMES_NO_PLACE or not of_all):
            if ids and not named - {COUNTRY} <= areas:
                return f"no figure of {named - areas}"
            if not areas <= own:
                return f"figures of {areas - own}"
        for sex, pattern in SEX.items():
            if re.search(pattern, text.casefold().replace("pregnant women", "")) and sex not in {
                f.sex for f in reply.facts
            }:
                return f"not of {sex}"
        periods = " ".join(fact.period for fact in reply.facts)
        if any(year not in periods for year in YEARS.findall(text)):
            return f"of {periods}"
        return ""
