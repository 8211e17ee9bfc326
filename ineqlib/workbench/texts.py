"""What a new project says: its README, run file, description of files, what git leaves out."""

README = """# {own_area}: health inequalities

Made by `ineq new` with ineqlib {version}. Run each command in this folder.
1. `ineq lab` opens the notebooks, yours to change; `pack` and `area` stand in their first cell.
2. `ineq render params/runs/{first_run}.yml` makes briefings: open the `index.html` it names.
3. Downloaded files go into `data/downloads/`; what they leave out, into `params/describe/mine.yml`.
4. Own figures: fill in `templates/own-figures.xlsx`, `ineq check` it, and put it there too.
5. `ineq build {data} --out {pack} --title "Our figures"` freezes them.
6. `ineq areas --pack {pack}` lists the areas; `ineq render params/runs/mine.yml` makes yours.
After an update of ineqlib, `ineq doctor` tells which notebooks differ; it overwrites none.
"""

OWN_RUN = """\
# Which documents to make, about which areas. Paths are relative to this file.
title: {title}
documents:
  - {{name: area_briefing, audience: [{audience}]}}  # or [director, member, public]; also: summary
# To make it from the notebook that you changed, put in the place of `documents`:
# notebook: ../../notebooks/area_briefing.ipynb
pack: ../../{pack}
out: ../../build/mine
areas: [{area}]  # names or codes; or parent: a county, for all its districts
# parameters:
#   owner: Public health, Example Council  # this and the next print where they are given
#   contact: public.health@example.org
#   priorities: [Best start]  # objectives or indicators that come first
"""

DESCRIBE = """\
# What files leave out, by file name; `ineq build` reads it. Take away the # of what you need.
# own-figures.xlsx:
#   source: Warm homes returns, Example Council
#   licence: Internal
# nearest-neighbours.csv:
#   method: ONS demographic neighbours
"""

GITIGNORE = """\
build/
data/
.ipynb_checkpoints/
"""
