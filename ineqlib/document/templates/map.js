// The map of neighbourhoods: zoom, other shadings, equal tiles, and what walk.js must know to go from
// each to the next by keyboard. What it says is in the table under the map; where a neighbourhood is
// and which rows are next to it are written on its shape. Without this script map and table are
// complete.
for (const drawing of document.querySelectorAll("svg.small-areas")) {
  const figure = drawing.closest("figure");
  const view = drawing.querySelector(".map-view");
  const table = figure.querySelector("details table");
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const column = (name) => heads.indexOf(name);
  const [orderAt, fifthAt, nextAt] = ["Order, most deprived first", "Fifth of the area", "Next to it"].map(column);
  const themes = heads.slice(orderAt + 1, fifthAt);
  const frame = drawing.querySelector(".map-window");
  const [width, height, top] = view.dataset.frame.split(" ").map(Number);
  const fine = width / drawing.viewBox.baseVal.width; // units of the map in one of the drawing
  const letters = Object.fromEntries(Object.entries(WAYS).map(([letter, way]) => [way, letter]));
  const numbers = (text) => text.split(" ").filter(Boolean).map(Number);

  const rows = [...table.tBodies[0].rows];
  const places = [...view.querySelectorAll("[data-code]")].map((path, n) => {
    const cells = [...rows[n].cells].map((cell) => cell.textContent);
    const [x, y, across, down, ...next] = numbers(path.dataset.at);
    const beside = [...cells[nextAt].matchAll(/([a-z-]+): .*?, ([\d.,]+) km(?=; |$)/g)];
    return {
      n, path, cells, row: rows[n], name: cells[0], outline: path.getAttribute("d"),
      at: [x, y], tile: [across, down],
      next: next.map((to, n) => ({ to, way: letters[beside[n][1]], far: beside[n][2] })),
    };
  });
  let theme = 0;
  let chosen = -1;
  let tiled = false;
  const legend = drawing.querySelector(".map-legend");
  const layers = JSON.parse(legend.dataset.layers);
  const ofTheme = (place) => place.cells[orderAt + 1 + theme];
  const kindOf = (place) => layers[theme].classes[place.n];
  const without = { c: "withheld", x: "no data" };
  const label = (place) => {
    const figure = `${layers[theme].tenth ? "national tenth " : ""}${ofTheme(place)}`;
    return `${place.name}: ${without[kindOf(place)] ?? figure}`;
  };
  const themeInWords = () => (layers[theme].tenth ? themes[theme].toLowerCase() : themes[theme]);

  // What is around the drawing.
  const most = places.findIndex(({ cells }) => cells[orderAt] === "1");
  const last = places.findLastIndex(({ cells }) => !cells[orderAt].startsWith("["));
  const walk = walkable(drawing, places, {
    id: figure.id,
    view,
    help: "Home and End to the most and the least deprived, Page Down and Page Up along that order. " +
      "Enter chooses, plus and minus zoom, Shift with arrow keys moves the map",
    ends: [Math.max(most, 0), Math.max(last, 0), "The most deprived.", "The least deprived.", "Less deprived.", "More deprived."],
    about,
    choose,
    arrive: bringIntoView,
    otherKey,
  });
  const { box, told, said } = walk;
  told.textContent = "Choose a place on the map, or by its name in the table.";
  const rings = [...walk.rings, ring(view, "map-chosen", 12)];
  const wide = rings.map((path) => path.getAttribute("stroke-width"));
  const why = make("p", { className: "map-why", hidden: true },
    "Each tile is one place, near where it lies. On the map, large places with few people look " +
    "more important than they are; here all have the same size.");
  const tools = make("div", { className: "map-tools" });
  box.parentElement.before(tools);
  box.parentElement.after(why, told, said);
  figure.querySelector("details").before(walk.help);

  // Shading: the colours are those of the legend, whose words are the layer's.
  const boxes = Object.fromEntries([...legend.querySelectorAll("[data-kind]")].map((box) => [box.dataset.kind, box]));
  function shade() {
    const { title, labels, ends, classes } = layers[theme];
    for (const place of places) {
      place.path.setAttribute("fill", boxes[kindOf(place)].dataset.fill);
      place.option.textContent = place.path.dataset.label = label(place);
    }
    legend.querySelector(".map-theme").textContent = title;
    const { x, width } = boxes[labels.filter(Boolean).length - 1].querySelector("rect");
    legend.querySelectorAll(".map-end").forEach((end, n) => {
      end.textContent = ends[n];
      if (n) end.setAttribute("x", x.baseVal.value + width.baseVal.value);
    });
    for (const [kind, box] of Object.entries(boxes)) {
      const words = labels[kind];
      box.setAttribute("visibility", words || classes.includes(kind) ? "visible" : "hidden");
      if (!(kind in labels)) continue;
      const lines = words.replace(" to ", " to\n").split("\n");
      box.querySelectorAll("text").forEach((text, n) => (text.textContent = lines[n] ?? ""));
    }
    if (chosen >= 0) tell(chosen);
  }
  if (themes.length > 1) {
    const choice = make("select", {}, ...themes.map((name, n) => new Option(name, n)));
    choice.addEventListener("change", () => {
      theme = Number(choice.value);
      shade();
    });
    tools.append(make("label", {}, "Shade by ", choice));
  }

  // Zoom: the words and lines of the map keep their size.
  const whole = { x: 0, y: 0, zoom: 1 };
  let seen = whole;
  const marks = [...view.querySelectorAll(".map-number")];
  const kept = [...view.querySelectorAll("g[transform]")].map((g) => ({
    g, at: numbers(g.getAttribute("transform").slice(10, -1)), place: places[marks.indexOf(g)],
  }));
  const lines = [...view.querySelectorAll("g[stroke-width]:not(.map-name)")].map((g) => [g, Number(g.getAttribute("stroke-width"))]);
  function show({ x, y, zoom }) {
    zoom = Math.min(Math.max(zoom, 1), 16);
    x = Math.min(Math.max(x, 0), width - width / zoom);
    y = Math.min(Math.max(y, 0), height - height / zoom);
    seen = { x, y, zoom };
    view.setAttribute("transform", `translate(0 ${top}) scale(${zoom / fine}) translate(${-x} ${-y})`);
    view.dataset.seen = `${x} ${y} ${width / zoom} ${height / zoom}`;
    for (const { g, at, place } of kept) {
      const [left, top] = tiled && place ? onTile(g, place) : at;
      g.setAttribute("transform", `translate(${left} ${top}) scale(${1 / zoom})`);
    }
    for (const [g, line] of lines) g.setAttribute("stroke-width", line / zoom);
    rings.forEach((path, n) => path.setAttribute("stroke-width", wide[n] / zoom));
    drawing.dataset.zoom = zoom.toFixed(2);
    moves.hidden = zoom === 1;
  }
  function zoomBy(times, [px, py] = [seen.x + width / seen.zoom / 2, seen.y + height / seen.zoom / 2]) {
    const zoom = Math.min(Math.max(seen.zoom * times, 1), 16);
    const shrunk = seen.zoom / zoom;
    show({ x: px - (px - seen.x) * shrunk, y: py - (py - seen.y) * shrunk, zoom });
  }
  const pan = (right, down) => show({ x: seen.x + (right * width) / seen.zoom / 4, y: seen.y + (down * height) / seen.zoom / 4, zoom: seen.zoom });
  function bringIntoView(n) {
    const [x, y] = middle(places[n]);
    const [wide, high] = [width / seen.zoom, height / seen.zoom];
    if (x < seen.x || x > seen.x + wide || y < seen.y || y > seen.y + high)
      show({ x: x - wide / 2, y: y - high / 2, zoom: seen.zoom });
  }
  const button = (words, act, into = tools) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", act);
    into.append(made);
    return made;
  };
  button("Zoom in", () => zoomBy(1.6));
  button("Zoom out", () => zoomBy(1 / 1.6));
  button("Whole area", () => show(whole));
  const moves = make("span", { className: "map-moves", hidden: true });
  tools.append(moves);
  button("Move west", () => pan(-1, 0), moves);
  button("Move north", () => pan(0, -1), moves);
  button("Move south", () => pan(0, 1), moves);
  button("Move east", () => pan(1, 0), moves);

  // Tiles of one size.
  const [columns, tall] = [0, 1].map((axis) => 1 + Math.max(...places.map((place) => place.tile[axis])));
  const side = Math.min(width / (columns + 1), height / (tall + 1), 320);
  const corner = ({ tile }) => [(width - columns * side) / 2 + tile[0] * side, (height - tall * side) / 2 + tile[1] * side];
  const middle = (place) => (tiled ? corner(place).map((edge) => edge + side / 2) : place.at);
  function onTile(mark, place) {
    const circle = mark.querySelector("circle");
    const [x, y] = middle(place);
    return [x - circle.getAttribute("cx") / seen.zoom, y - circle.getAttribute("cy") / seen.zoom];
  }
  if (places.length > 1) {
    const tiles = button("Equal tiles", () => {
      tiled = !tiled;
      tiles.setAttribute("aria-pressed", tiled);
      drawing.classList.toggle("tiled", tiled);
      why.hidden = !tiled;
      for (const place of places) {
        const [x, y] = corner(place);
        place.path.setAttribute("d", tiled ? `M${x} ${y}h${side * 0.92}v${side * 0.92}h${-side * 0.92}z` : place.outline);
      }
      show(whole);
      walk.outline();
      outlineChosen();
    });
    tiles.setAttribute("aria-pressed", "false");
  }

  // Chosen.
  const outlineChosen = () => rings[2].setAttribute("d", places[chosen]?.path.getAttribute("d") ?? "");
  function about(place) {
    const parts = [`${label(place)} for ${themeInWords()}.`];
    if (places.length > 1) {
      parts.push(`In order, most deprived first: ${place.cells[orderAt]} of ${places.length}.`);
      parts.push(`Next to it: ${place.cells[nextAt]}.`);
    }
    return [...parts, ...light(place, false)].join(" ");
  }
  function tell(n) {
    told.textContent = said.textContent = about(places[n]);
  }
  function choose(n) {
    if (chosen >= 0) {
      places[chosen].option.setAttribute("aria-selected", "false");
      places[chosen].row.removeAttribute("aria-current");
    }
    chosen = n;
    places[n].option.setAttribute("aria-selected", "true");
    places[n].row.setAttribute("aria-current", "true");
    walk.goTo(n, "");
    outlineChosen();
    tell(n);
    light(places[n], true);
  }

  // The same group in the charts across the area's own fifths: what it has there, and its mark.
  function light(place, marks) {
    const words = [];
    for (const chart of document.querySelectorAll('figure[id^="gradient-"]')) {
      const groups = chart.querySelector("table")?.tBodies[0].rows ?? [];
      const group = groups[parseInt(place.cells[fifthAt], 10) - 1];
      if (!group || !/by fifth of/.test(chart.querySelector("figcaption").textContent)) continue;
      const name = group.cells[0].textContent;
      const all = [...chart.querySelectorAll("svg [data-label]")];
      const own = all.filter((mark) => mark.dataset.label.startsWith(`${name}\n`));
      if (marks) for (const mark of all) mark.classList.toggle("lit", own.includes(mark));
      const [measure] = chart.querySelector("h3").textContent.split(":");
      if (own.length) words.push(`${measure[0].toLowerCase()}${measure.slice(1)}: ${own[0].dataset.label.split("\n")[1]}`);
    }
    return words.length ? [`In its fifth of the area, ${words.slice(0, 2).join("; ")}.`] : [];
  }

  // By keyboard, pointer and table.
  box.addEventListener("focus", () => walk.goTo(chosen >= 0 ? chosen : walk.here, ""));
  function otherKey({ key, shiftKey }) {
    if (STEPS[key] && shiftKey) {
      const [way] = STEPS[key];
      pan((way === "e") - (way === "w"), (way === "s") - (way === "n"));
    } else if (key === "+" || key === "=") zoomBy(1.6, middle(places[walk.here]));
    else if (key === "-") zoomBy(1 / 1.6, middle(places[walk.here]));
    else return false;
    return true;
  }
  let dragged = null;
  const scaled = () => width / seen.zoom / drawing.getBoundingClientRect().width;
  frame.addEventListener("pointerdown", (event) => {
    dragged = { x: event.clientX, y: event.clientY, from: seen, far: false };
  });
  addEventListener("pointermove", (event) => {
    if (!dragged || seen.zoom === 1) return;
    const [right, down] = [event.clientX - dragged.x, event.clientY - dragged.y];
    dragged.far ||= Math.hypot(right, down) > 6;
    if (dragged.far) show({ ...dragged.from, x: dragged.from.x - right * scaled(), y: dragged.from.y - down * scaled() });
  });
  addEventListener("pointerup", () => setTimeout(() => (dragged = null)));
  frame.addEventListener("click", (event) => {
    const n = places.findIndex(({ path }) => path === event.target);
    if (n >= 0 && !dragged?.far) choose(n);
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top: above } = drawing.getBoundingClientRect();
    const [right, down] = [event.clientX - left, event.clientY - above].map((far) => far * scaled());
    const start = (top * fine) / seen.zoom; // where the legend ends
    zoomBy(event.deltaY < 0 ? 1.25 : 0.8, [seen.x + right, seen.y + down - start]);
  }, { passive: false });

  // One stop for the names of the table; arrow keys go up and down.
  places.forEach((place, n) => {
    const name = make("button", { type: "button", className: "map-name-button", tabIndex: n ? -1 : 0 });
    name.append(...place.row.cells[0].childNodes);
    place.row.cells[0].append(name);
    name.addEventListener("click", () => choose(n));
    name.addEventListener("keydown", (event) => {
      const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      const other = to && place.row[to]?.querySelector("button");
      if (!other) return;
      name.tabIndex = -1;
      other.tabIndex = 0;
      other.focus();
      event.preventDefault();
    });
  });
  shade();
  show(whole);
}
