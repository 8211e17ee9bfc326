"""What is asked and what is seen of it, without a screen: the widgets only show it."""

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ineqlib.errors import UserError
from ineqlib.exploring.choices import Choices
from ineqlib.exploring.links import Lit, Mark, chosen_by, lit_marks
from ineqlib.exploring.own_area import is_part, write_own_area
from ineqlib.exploring.question import VIEWS, Question, from_line
from ineqlib.exploring.run_file import Asked, put_into_run
from ineqlib.exploring.saving import save_new
from ineqlib.exploring.seen import Seen
from ineqlib.exploring.settle import settle
from ineqlib.exploring.views import ONCE, depends_on, got_worse, look
from ineqlib.files import in_command
from ineqlib.pack import open_pack
from ineqlib.text import slug

Place = tuple[str, int]
"""A view, and of which area: 0 for the first, 1 for the second."""
PLACES: tuple[Place, ...] = tuple(
    (view, side) for view in VIEWS for side in ((0,) if view in ONCE else (0, 1))
)


class Explorer:
    """A question about a pack, changed step by step, and what its views show.

    Attributes
    ----------
    question
        What is asked now; always one that can be asked.
    choices
        What can be chosen in its pack.
    remarks
        What the last step ruled out, a sentence each.
    parts
        Codes of what was picked for an area of one's own, in that order.

    Raises
    ------
    PackError
        The question's pack cannot be opened, or has no area or no indicator to begin with.
    """

    def __init__(self, question: Question) -> None:
        self.choices = Choices(open_pack(question.pack))
        self.question, self.remarks = settle(question, self.choices)
        self.parts: tuple[str, ...] = ()
        self._seen: dict[Place, tuple[Hashable, Seen]] = {}
        self._worse: tuple[Hashable, tuple[str, ...]] = (None, ())

    def ask(self, **changes: Any) -> None:
        """Ask another question; a pack that cannot be opened leaves the question as it is.

        Parameters
        ----------
        **changes
            Fields of `Question`.
        """
        self._move(replace(self.question, **changes))

    def ask_line(self, line: str) -> None:
        """Ask what a bookmark says; one that cannot be read leaves the question as it is."""
        try:
            wish = from_line(line, pack=self.question.pack)
        except UserError as error:
            self.remarks = (str(error),)
        else:
            self._move(wish)

    def _move(self, wish: Question) -> None:
        is_other = wish.pack != self.question.pack
        try:
            choices = Choices(open_pack(wish.pack)) if is_other else self.choices
            self.question, self.remarks = settle(wish, choices)
        except UserError as error:
            self.remarks = (str(error),)
            return
        self.choices = choices
        if is_other:
            self._seen.clear()
            self.parts = ()

    def area_of(self, side: int) -> str:
        """Return the code of the first or the second area; empty where there is no second."""
        return self.question.second if side else self.question.area

    def heading(self, place: Place) -> str:
        """Return what a view is called; where there are two, of which area."""
        view, side = place
        name = f": {self.choices.name(self.area_of(side))}" if self.question.second else ""
        return f"{VIEWS[view]}{name if view not in ONCE else ''}"

    def is_shown(self, place: Place) -> bool:
        """Tell whether a view of an area is on the screen."""
        view, side = place
        return view in self.question.views and bool(self.area_of(side))

    def stale(self) -> list[Place]:
        """Return what is shown and was not looked at since what it depends on changed."""
        return [place for place in PLACES if self.is_shown(place) and not self._is_fresh(place)]

    def _is_fresh(self, place: Place) -> bool:
        return place in self._seen and self._seen[place][0] == self._depends_on(place)

    def _depends_on(self, place: Place) -> Hashable:
        return depends_on(place[0], self.question, self.area_of(place[1]))

    def look(self, place: Place) -> Seen:
        """Return what a view shows, from the last look where nothing it depends on has changed."""
        if not self._is_fresh(place):
            seen = look(place[0], self.question, self.choices, self.area_of(place[1]))
            self._seen[place] = (self._depends_on(place), seen)
        return self._seen[place][1]

    def lit(self, place: Place) -> Lit:
        """Return which marks of a view the selected one lights."""
        lit = lit_marks(self.question, self.choices, self.area_of(place[1]))
        return lit._replace(codes=tuple(dict.fromkeys((*lit.codes, *self.parts))))

    def select(self, place: Place, mark: Mark) -> None:
        """Choose a mark of a view: the others light what belongs to it. Once more lets it go."""
        self.ask(**chosen_by(mark, self.question, self.choices, self.area_of(place[1])))

    @property
    def can_pick(self) -> bool:
        """Whether what is marked can be a part of an area of one's own."""
        return is_part(self.question.selected)

    def pick(self) -> None:
        """Make what is marked a part of an area of one's own, or no more one."""
        code = self.question.selected
        if code in self.parts:
            self.parts = tuple(part for part in self.parts if part != code)
        elif self.can_pick:
            self.parts = (*self.parts, code)

    def put_into_areas(self, areas_file: str, name: str) -> str:
        """Write the parts that were picked down as an area of one's own; say what was done."""
        try:
            code = write_own_area(Path(areas_file), name, self.parts)
        except UserError as error:
            return str(error)
        self.parts = ()
        file, pack = in_command(areas_file), in_command(self.choices.pack.path)
        return (
            f"Wrote {code} into {areas_file}. Make a pack that has it with: ineq combine "
            f"{file} --pack {pack} --out data/packs/{slug(name)}"
        )

    def got_worse(self) -> tuple[str, ...]:
        """Return the ids of the indicators that got worse in the area, the fastest first."""
        key = (self.question.pack, self.question.area)
        if self._worse[0] != key:
            self._worse = (key, got_worse(self.choices, self.question.area))
        return self._worse[1]

    def save(self, place: Place, kind: str, folder: str) -> str:
        """Save what a view shows, and say where."""
        seen = self.look(place)
        if seen.save is None or kind not in seen.formats:
            return seen.reason or f"This view cannot be saved as {kind}."
        area = self.choices.name(self.area_of(place[1]))
        parts = (place[0], area, self.question.indicator, self.question.sex, self.question.period)
        try:
            return f"Saved {save_new(seen.save, Path(folder), '-'.join(filter(None, parts)), kind)}"
        except UserError as error:
            return str(error)

    def put_into_briefing(self, run_file: str) -> str:
        """Write the question into a run file, and say what was done."""
        asked = Asked(
            self.choices.pack.path,
            self.question.area,
            self.choices.name(self.question.area),
            self.question.indicator,
        )
        try:
            return put_into_run(Path(run_file), asked).words
        except UserError as error:
            return str(error)
