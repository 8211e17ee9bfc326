// Brings the static figures of a page to life. The page is complete without this script:
// whatever fails here, the static figure stays.

// Paper gets what is folded away. Browsers that can open it by style alone need no help.
if (!CSS.supports("selector(::details-content)")) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const folded of opened) folded.open = true;
  });
  addEventListener("afterprint", () => {
    for (const folded of opened) folded.open = false;
  });
}

const options = {
  ast: true, // no eval: the page's security policy forbids it
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

async function unpacked(id) {
  const letters = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Data and Vega are unpacked when the first figure is near, and once. The policy admits no script
// but one whose text has the hash it names.
let loading;
const load = () => (loading ??= loaded());

async function loaded() {
  const [data, code] = await Promise.all(["page-data", "vega"].map(unpacked));
  const page = JSON.parse(data);
  const figures = new Map(page.figures.map((figure) => [figure.id, figure]));
  document.head.append(Object.assign(document.createElement("script"), { text: code }));
  return { page, figures };
}

async function enliven(element) {
  const still = element.querySelector(".figure-static");
  const live = document.createElement("div");
  live.className = "figure-live";
  still.after(live);
  try {
    const { page, figures } = await load();
    const { spec, datasets } = figures.get(element.id);
    // Vega adds fields to rows, so each figure needs its own.
    const own = datasets.map((name) => [name, structuredClone(page.datasets[name])]);
    const box = live.appendChild(document.createElement("div"));
    const whole = { ...spec, datasets: Object.fromEntries(own) };
    await vegaEmbed(box, whole, { ...options, config: page.theme });
    describe(box, spec.description);
    element.dataset.live = "true";
    reach.observe(live);
  } catch {
    live.remove();
    element.dataset.live = "failed";
  }
  waiting.delete(element);
  noteWhenDone();
}

function noteWhenDone() {
  if (waiting.size === 0) document.documentElement.dataset.done = "";
}

// One text alternative written from the facts, in place of Vega's own names for the parts.
function describe(box, alternative) {
  for (const part of [box, ...box.querySelectorAll("[role], [aria-label]")]) {
    for (const name of ["role", "aria-label", "aria-roledescription"]) part.removeAttribute(name);
  }
  const image = box.querySelector("svg");
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", alternative);
}

// A box that scrolls sideways must be reachable by keyboard; one that does not must not be a stop.
const SCROLLABLE = { tabindex: "0", role: "group", "aria-label": "Scrolls sideways" };
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [name, value] of Object.entries(SCROLLABLE)) {
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enliven(target);
    }
  },
  { rootMargin: "600px" },
);

document.querySelectorAll(".figure-static, .table-scroll").forEach((box) => reach.observe(box));
const waiting = new Set(document.querySelectorAll("figure:has(> .figure-static):not(.figure-drawn)"));
for (const figure of waiting) near.observe(figure);

noteWhenDone();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.getElementById("vg-tooltip-element")?.classList.remove("visible");
});
