// A map that is walked by keyboard: one stop, a list box around the drawing with an option in words
// for each place, and arrow keys that go from a place to what is next to it.
const make = (tag, more = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), more);
  element.append(...children);
  return element;
};
const WAYS = { n: "north", ne: "north-east", e: "east", se: "south-east", s: "south", sw: "south-west", w: "west", nw: "north-west" };
const STEPS = { ArrowUp: ["n", "nw", "ne"], ArrowRight: ["e", "ne", "se"], ArrowDown: ["s", "se", "sw"], ArrowLeft: ["w", "sw", "nw"] };
const RING_WIDTHS = [36, 20]; // units: a dark line in a light one is seen on any colour

// `places`: the `name` and `path` of each, and what is `next` to it: number, way and kilometres.
// `ends`: the first and the last in an order, and what is said there, one further and one back.
function walkable(drawing, places, { id, view, help, ends, about, choose, arrive = () => {}, otherKey = () => false }) {
  const box = make("div", { className: "map-walk", tabIndex: 0 });
  drawing.before(box);
  box.append(drawing);
  const walk = {
    box,
    here: 0,
    help: make("p", { className: "map-help", id: `${id}--help` }, `By keyboard: arrow keys go to the next place in that direction, ${help}, Escape leaves.`),
    told: make("p", { className: "map-told" }),
    said: make("p", { className: "visually-hidden" }),
    rings: RING_WIDTHS.map((wide, n) => ring(view, ["map-halo", "map-here"][n], wide)),
    goTo,
    outline: () => walk.rings.forEach((path) => path.setAttribute("d", places[walk.here].path.getAttribute("d"))),
  };
  walk.said.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "listbox", "aria-label": drawing.getAttribute("aria-label"), "aria-describedby": walk.help.id,
  })) box.setAttribute(name, value);
  // Browsers do not tell of shapes as options: words in their place are, the drawing is not.
  for (const name of ["role", "aria-label"]) drawing.removeAttribute(name);
  drawing.setAttribute("aria-hidden", "true");
  const options = make("div", { className: "visually-hidden" });
  options.setAttribute("role", "presentation");
  box.append(options);
  places.forEach((place, n) => {
    place.option = options.appendChild(make("div", { id: `${id}--${n}` }));
    place.option.setAttribute("role", "option");
    place.option.setAttribute("aria-selected", "false");
  });

  function goTo(n, words) {
    walk.here = n;
    box.setAttribute("aria-activedescendant", places[n].option.id);
    walk.told.textContent = about(places[n]);
    walk.said.textContent = words;
    arrive(n);
    walk.outline();
  }
  function step(ways) {
    const { name, next } = places[walk.here];
    const near = next.filter(({ way }) => ways.includes(way));
    near.sort((a, b) => (a.way !== ways[0]) - (b.way !== ways[0]) || parseFloat(a.far) - parseFloat(b.far));
    if (near.length === 0) walk.said.textContent = `Nothing next to ${name} in the ${WAYS[ways[0]]}.`;
    else goTo(near[0].to, `${near[0].far} km to the ${WAYS[near[0].way]}.`);
  }
  const [first, last, ...words] = ends;
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (otherKey(event));
    else if (STEPS[key]) step(STEPS[key]);
    else if (key === "Home") goTo(first, words[0]);
    else if (key === "End") goTo(last, words[1]);
    else if (key === "PageDown") goTo(Math.min(walk.here + 1, places.length - 1), words[2]);
    else if (key === "PageUp") goTo(Math.max(walk.here - 1, 0), words[3]);
    else if (key === "Enter" || key === " ") choose(walk.here);
    else if (key === "Escape") box.blur();
    else return;
    event.preventDefault();
  });
  return walk;
}

function ring(view, name, wide) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("class", name);
  path.setAttribute("stroke-width", wide);
  view.append(path);
  return path;
}
