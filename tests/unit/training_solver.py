"""Solving the exercises of a training pack as its notebook teaches: by what anybody can call.

    python -m tests.unit.training_solver 1 2 3

tells for each of these seeds whether everything that is planted can be found.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

import ineqlib as iq
from ineqlib.pack import Pack

COUNTY = "Wendlemere"
Solution = dict[str, Any]


def divided(pack: Pack) -> Solution:
    widest = iq.rank(pack, "life expectancy", COUNTY, by="gap inside").frame.iloc[0]
    return {"district": widest["area_name"]}


def noise(pack: Pack) -> Solution:
    asked = iq.training.question(pack, "noise")
    return {name: _worst(pack, asked[name]) for name in ("a", "b")}


def _worst(pack: Pack, indicator: str) -> str:
    codes = [area.code for area in pack.districts(COUNTY)]
    rows = pack.observations(indicator, codes)
    newest = rows[rows["period_end"] == rows["period_end"].max()]
    said = iq.measures.outside_funnel(newest["count"], newest["denominator"], kind="proportion")
    beyond = newest["area_name"][said == "higher (99.8%)"]
    return str(beyond.item()) if len(beyond) else "chance"


def overlap(pack: Pack) -> Solution:
    asked = iq.training.question(pack, "overlap")
    differs = []
    for pair in ("first", "second"):
        rows = pack.observations(asked["indicator"], [asked[f"{pair}_first"]])
        others = pack.observations(asked["indicator"], [asked[f"{pair}_second"]])
        one, other = (
            iq.measures.proportion(of["count"].item(), of["denominator"].item())
            for of in (
                table[table["period"] == asked[f"{pair}_period"]] for table in (rows, others)
            )
        )
        assert one.lower < other.upper, "intervals that overlap"
        if iq.measures.compare(one, other, rule="difference") != "similar":
            differs.append(pair)
    return {"differs": differs[0] if len(differs) == 1 else "both" if differs else "neither"}


def broken(pack: Pack) -> Solution:
    asked = iq.training.question(pack, "broken")
    steps = _of_districts(pack, asked["indicator"]).diff().median(axis=1)
    new = steps.abs().idxmax()
    own = iq.trend(pack, asked["indicator"], asked["district"]).frame.set_index("period")["value"]
    rises = own.iloc[-1] > own[new]
    is_favourable = iq.load_catalogue()[asked["indicator"]].polarity == "favourable"
    return {"period": new, "went": "better" if rises == is_favourable else "worse"}


def mislabelled(pack: Pack) -> Solution:
    asked = iq.training.question(pack, "mislabelled")
    leap = _of_districts(pack, asked["indicator"]).diff().iloc[-1]
    return {"one": leap.idxmax(), "other": leap.idxmin()}


def _of_districts(pack: Pack, indicator: str) -> pd.DataFrame:
    frame = iq.trend(pack, indicator, [area.code for area in pack.districts(COUNTY)]).frame
    return frame.pivot(index="period", columns="area_name", values="value")


def withheld(pack: Pack) -> Solution:
    risks = iq.facts.disclosure_risks(pack).risks
    [risk] = risks.to_dict("records")
    return {"district": risk["area_name"], "period": risk["period"], "do": "hide another"}


def projects(pack: Pack) -> Solution:
    said = {name: project_of(pack, name).summary.split(":")[0] for name in ("first", "second")}
    worked = [name for name, verdict in said.items() if verdict == "Worked"]
    if len(worked) != 1:
        return {"worked": "both" if worked else "neither"}
    asked = iq.training.question(pack, "projects")
    what = asked[f"{worked[0]}_indicator"], asked[f"{worked[0]}_district"]
    year = int(asked[f"{worked[0]}_start"][:4]) - 1
    frame = iq.before_after(pack, *what, year).frame
    before, after = frame.groupby("after")["gap"].mean()
    return {"worked": worked[0], "effect": round(before - after, 1)}


def project_of(pack: Pack, project: str) -> Any:
    """Open the evaluation of one project, as its exercise names it."""
    asked = iq.training.question(pack, "projects")
    return iq.open_evaluate_project(
        pack,
        asked[f"{project}_district"],
        indicator=asked[f"{project}_indicator"],
        start=asked[f"{project}_start"],
        hoped=float(asked[f"{project}_hoped"]),
    )


SOLVERS = {
    "divided": divided,
    "noise": noise,
    "overlap": overlap,
    "broken": broken,
    "mislabelled": mislabelled,
    "withheld": withheld,
    "projects": projects,
}
"""Exercise -> what answers it, without a look at the key."""


def not_found(pack: Pack) -> list[str]:
    """Return what was said of the answers that did not get full marks."""
    marked = [iq.training.mark(pack, name, **answer(pack)) for name, answer in SOLVERS.items()]
    return [str(one) for one in marked if not one.is_right]


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:]):
        with TemporaryDirectory() as folder:
            made = iq.training.make_training_pack(Path(folder, "pack"), seed=seed)
            print(f"seed {seed}:", *(not_found(iq.open_pack(made)) or ["all found"]), flush=True)
