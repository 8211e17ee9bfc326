// The index page: other colours of the map and a walk through it by keyboard, a search through the
// table and its order. Without this script the map has its first colours and links, and the table
// is whole.
const table = document.querySelector("table.documents");
const rows = [...table.tBodies[0].rows];
const heads = [...table.tHead.rows[0].cells];

// Search: every word must be somewhere in the row, whatever its accents, dots and apostrophes.
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f.'\u2019]/g, "").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
const found = make("p", { className: "found" });
found.setAttribute("role", "status");
const search = make("input", { type: "search", autocomplete: "off" });
search.addEventListener("input", () => {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    row.hidden = !words.every((word) => texts.get(row).includes(word));
    left += !row.hidden;
  }
  const none = `None of ${rows.length} has ${words.length > 1 ? "all these words" : "this"}: try fewer letters.`;
  const some = `${left} of ${rows.length} shown.`;
  found.textContent = words.length ? (left ? some : none) : "";
});

// Order, where cards have no heads to press: as listed, or by a column, as its head would do it.
const order = make("select", {}, new Option("as listed", ""));
heads.forEach((head, column) => {
  if (head.matches(".code, .in-short")) return;
  const name = head.dataset.name ?? head.textContent.trim();
  const ways = head.matches(".number")
    ? { descending: `highest first: ${name}`, ascending: `lowest first: ${name}` }
    : { ascending: `${name}, A to Z` };
  for (const [way, words] of Object.entries(ways)) order.add(new Option(words, `${column} ${way}`));
});
order.addEventListener("change", () => {
  const [column, way] = order.value.split(" ");
  const head = heads[column];
  if (!way) {
    for (const other of heads) other.removeAttribute("aria-sort");
    table.tBodies[0].append(...rows);
    return;
  }
  do head.querySelector(".sort").click(); while (head.getAttribute("aria-sort") !== way);
});
const tools = make(
  "div",
  { className: "map-tools" },
  make("label", {}, "Find an area or a word ", search),
  make("label", { className: "order" }, "Sort by ", order),
  found,
);
if (rows.length > 1) table.closest(".table-scroll").before(tools);

// Colours: the classes are on the table's cells, what they hold is on its head.
const columns = heads.flatMap((head, column) => (head.dataset.legend ? [column] : []));
const legend = document.querySelector(".legend");
if (legend && columns.length > 1) {
  const keys = [...legend.children];
  const none = legend.dataset.none;
  const choice = make("select", {}, ...columns.map((column) => new Option(heads[column].dataset.name, column)));
  const name = document.querySelector(".map-theme");
  choice.addEventListener("change", () => {
    const column = Number(choice.value);
    const words = JSON.parse(heads[column].dataset.legend);
    const colours = shades(words.length);
    name.textContent = heads[column].dataset.inFull;
    legend.replaceChildren(...[...words, "no figure"].map((text, n) => {
      const key = keys[0].cloneNode(true);
      key.querySelector("rect").setAttribute("fill", colours[n] ?? none);
      key.querySelector("span").textContent = text;
      return key;
    }));
    for (const row of rows) colour(row, row.cells[column].dataset, colours, none);
    nameOptions();
  });
  // What the map is coloured by stands above its key in full: a select on a phone would cut it.
  document.querySelector(".map-lead").remove();
  document
    .querySelector(".map-shade")
    .before(make("div", { className: "map-tools" }, make("label", {}, "Colour the map by ", choice)));
}

function colour(row, figure, colours, none) {
  const area = document.querySelector(`.map a[data-code="${CSS.escape(row.dataset.code)}"]`);
  if (!area) return;
  area.querySelector("path").setAttribute("fill", colours[figure.class] ?? none);
  const words = [area.dataset.name, figure.figure].filter(Boolean);
  area.querySelector("title").textContent = words.join(": ");
}

// The page's own blues, darkest first, for fewer classes than five too.
function shades(count) {
  const stops = [[18, 67, 109], [32, 115, 188], [107, 172, 230], [220, 235, 249]];
  return Array.from({ length: count }, (_, n) => {
    const at = count === 1 ? 0 : (n / (count - 1)) * (stops.length - 1);
    const from = Math.min(Math.floor(at), stops.length - 2);
    const mixed = stops[from].map((low, c) => Math.round(low + (stops[from + 1][c] - low) * (at - from)));
    return `rgb(${mixed})`;
  });
}

// The map: its links are one stop, from which arrow keys lead on.
const map = document.querySelector(".map");
const places = [...document.querySelectorAll(".map [data-code]")].map((shape) => ({
  shape,
  path: shape.querySelector("path"),
  name: shape.dataset.name,
  next: [...shape.dataset.next.matchAll(/([a-z]+) (\d+) (\S+)/g)].map(([, way, to, far]) => ({ way, to: Number(to), far })),
}));
const label = ({ shape }) => shape.querySelector("title").textContent;
function nameOptions() {
  for (const place of places) place.option.textContent = label(place);
}
if (map) {
  const walk = walkable(map, places, {
    id: "map",
    view: map,
    help: "Home and End to the first and the last by name, Page Down and Page Up along that order. Enter opens its page",
    ends: [0, places.length - 1, "The first by name.", "The last by name.", "Next by name.", "Before it by name."],
    about: (place) => {
      const beside = place.next.map(({ way, to, far }) => `${WAYS[way]}: ${places[to].name}, ${far} km`);
      return [label(place), ...(beside.length ? [`Next to it: ${beside.join("; ")}`] : []), ""].join(". ").trim();
    },
    choose: (n) => {
      const { shape, name } = places[n];
      if (shape.href) location.assign(shape.href.baseVal);
      else walk.said.textContent = `${name} has no page.`;
    },
    arrive: () => (walk.told.hidden = false),
  });
  nameOptions();
  walk.told.hidden = true;
  walk.box.after(walk.told, walk.said, walk.help);
  walk.box.addEventListener("focus", () => walk.goTo(walk.here, ""));
  places.forEach(({ shape }, n) => {
    if (!shape.href) return;
    shape.setAttribute("tabindex", "-1");
    shape.addEventListener("focus", () => {
      walk.here = n;
      walk.box.focus({ preventScroll: true });
    });
  });
}
