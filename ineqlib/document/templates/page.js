// Brings the static figures of a page to life. The page is complete without this script:
// whatever fails here, the static figure stays.
const page = await unpacked(document.getElementById("page-data").textContent);
const figures = new Map(page.figures.map((figure) => [figure.id, figure]));
const options = {
  ast: true, // no eval: the page's security policy forbids it
  actions: false,
  renderer: "svg",
  config: page.theme,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

async function enliven(element) {
  const { spec, datasets } = figures.get(element.id);
  const still = element.querySelector(".figure-static");
  const live = document.createElement("div");
  live.className = "figure-live";
  still.after(live);
  try {
    // Vega adds fields to rows, so each figure needs its own.
    const own = datasets.map((name) => [name, structuredClone(page.datasets[name])]);
    const box = live.appendChild(document.createElement("div"));
    await vegaEmbed(box, { ...spec, datasets: Object.fromEntries(own) }, options);
    describe(box, spec.description);
    element.dataset.live = "true";
    reach.observe(live);
  } catch {
    live.remove();
    element.dataset.live = "failed";
  }
  figures.delete(element.id);
  noteWhenDone();
}

function noteWhenDone() {
  if (figures.size === 0) document.documentElement.dataset.done = "";
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
for (const id of figures.keys()) near.observe(document.getElementById(id));

noteWhenDone();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.getElementById("vg-tooltip-element")?.classList.remove("visible");
});
