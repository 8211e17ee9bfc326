// The index page: other colours of the map, and a search through the table. Without this script
// the map has its first colours and the table is whole.
const table = document.querySelector("table.documents");
const rows = [...table.tBodies[0].rows];
const heads = [...table.tHead.rows[0].cells];
const make = (tag, more = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), more);
  element.append(...children);
  return element;
};

// Search: every word must be somewhere in the row.
const found = make("p", { className: "found" });
found.setAttribute("role", "status");
const search = make("input", { type: "search", autocomplete: "off" });
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    left += !row.hidden;
  }
  found.textContent = words.length ? `${left} of ${rows.length} shown.` : "";
});
const tools = make("div", { className: "map-tools" }, make("label", {}, "Find in the table ", search), found);
table.closest(".table-scroll").before(tools);

// Colours: the classes are on the table's cells, what they hold is on its head.
const columns = heads.flatMap((head, column) => (head.dataset.legend ? [column] : []));
const legend = document.querySelector(".legend");
if (legend && columns.length > 1) {
  const keys = [...legend.children];
  const none = legend.dataset.none;
  const choice = make("select", {}, ...columns.map((column) => new Option(heads[column].dataset.name, column)));
  choice.addEventListener("change", () => {
    const column = Number(choice.value);
    const words = JSON.parse(heads[column].dataset.legend);
    const colours = shades(words.length);
    legend.replaceChildren(...[...words, "no figure"].map((text, n) => {
      const key = keys[0].cloneNode(true);
      key.querySelector("rect").setAttribute("fill", colours[n] ?? none);
      key.querySelector("span").textContent = text;
      return key;
    }));
    for (const row of rows) {
      const kind = row.cells[column].dataset.class;
      const path = document.querySelector(`.map [data-code="${CSS.escape(row.dataset.code)}"] path`);
      path?.setAttribute("fill", kind === undefined ? none : colours[kind]);
    }
  });
  const shown = document.querySelector(".map-shade");
  shown.replaceChildren(make("label", {}, "Coloured by ", choice));
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
