// Says what a mark of a chart stands for, where a reader points at it, taps it or, where it can be
// reached by key, moves to it. The page is complete without this script.

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
document.querySelectorAll(".figure-static, .table-scroll").forEach((box) => reach.observe(box));

// Marks that are never seen are written in short, beside the seen ones at whose places they are.
for (const group of document.querySelectorAll("svg [data-beside]")) {
  const seen = group.closest("svg").querySelector("[data-of]").children;
  group.dataset.beside.split("\n\n").forEach((said, n) => {
    const [cy] = said.split(" ", 1);
    const [period] = seen[n].dataset.label.split("\n", 1);
    const label = `${period}\n${said.slice(cy.length + 1)}`;
    const mark = group.appendChild(seen[n].cloneNode());
    for (const [name, value] of Object.entries({ cy, r: group.dataset.r, "data-label": label })) mark.setAttribute(name, value);
  });
}

// A spreadsheet makes dates of 2011/12 and of the ages 10-14: what is copied from a table says that
// such cells are text.
const LIKE_A_DATE = /^\d{1,4}[-/]\d{1,2}$/;
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  if (!(within.closest ? within : within.parentElement).closest("table")) return;
  const copied = document.createElement("table");
  copied.append(range.cloneContents());
  const cells = [...copied.querySelectorAll("td, th")];
  const dates = cells.filter((cell) => LIKE_A_DATE.test(cell.textContent.trim()));
  if (!dates.length) return;
  for (const cell of dates) cell.dataset.text = "";
  const html = copied.outerHTML.replaceAll('data-text=""', "style=\"mso-number-format:'\\@'\"");
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", selection.toString());
  event.preventDefault();
});

const NEAR = 22; // pixels from a mark within which a pointer or a finger means it
const GAP = 6; // pixels between a mark and its words
const LEAVE = 300; // milliseconds in which a pointer may cross from a mark to its words

const tip = document.createElement("div");
tip.className = "tooltip";
tip.hidden = true;
document.querySelector("main").append(tip);
let shown = null; // the mark whose words are seen
let place = null; // where it was then
let dismissed = null; // the mark whose words were closed while it was pointed at
let leaving = 0;

function distance(box, x, y) {
  return Math.hypot(
    Math.max(box.left - x, 0, x - box.right),
    Math.max(box.top - y, 0, y - box.bottom),
  );
}

// The mark under the pointer; or else, for marks smaller than a finger, the nearest.
function markAt({ target, clientX, clientY }) {
  const drawing = target.closest?.("svg");
  const painted = target.closest?.("[data-label]");
  if (painted || !drawing) return painted;
  let nearest = null;
  let least = NEAR;
  for (const mark of drawing.querySelectorAll("[data-label]")) {
    const away = distance(mark.getBoundingClientRect(), clientX, clientY);
    if (away < least) [nearest, least] = [mark, away];
  }
  return nearest;
}

function show(mark) {
  clearTimeout(leaving);
  if (mark === shown || mark === dismissed) return;
  hide();
  shown = mark;
  mark.classList.add("pointed-at");
  const begin = mark.closest("[data-of]")?.dataset.of ?? ""; // said once for several marks
  const [first, ...rest] = `${begin}${mark.dataset.label}`.split("\n");
  const name = Object.assign(document.createElement("strong"), { textContent: first });
  tip.replaceChildren(name, rest.join("\n"));
  tip.hidden = false;
  const at = (place = mark.getBoundingClientRect());
  const middle = (at.left + at.right - tip.offsetWidth) / 2;
  const rightmost = document.documentElement.clientWidth - tip.offsetWidth - GAP;
  const above = at.top - tip.offsetHeight - GAP;
  tip.style.left = `${Math.max(GAP, Math.min(middle, rightmost))}px`;
  tip.style.top = `${above < 0 ? at.bottom + GAP : above}px`;
}

function hide() {
  clearTimeout(leaving);
  shown?.classList.remove("pointed-at");
  shown = null;
  tip.hidden = true;
}

function hideIfMoved() {
  const at = shown?.getBoundingClientRect();
  if (at && (at.left !== place.left || at.top !== place.top)) hide();
}

addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  clearTimeout(leaving);
  if (tip.contains(event.target)) return;
  const mark = markAt(event);
  if (mark !== dismissed) dismissed = null;
  if (mark) show(mark);
  else if (shown) leaving = setTimeout(hide, LEAVE);
});
document.documentElement.addEventListener("pointerleave", hide);

addEventListener("click", (event) => {
  if (tip.contains(event.target)) return;
  dismissed = null;
  const mark = markAt(event);
  if (mark) show(mark);
  else hide();
});

addEventListener("focusin", ({ target }) => target.matches("[data-label]") && show(target));
addEventListener("focusout", hide);
addEventListener("scroll", hideIfMoved, { capture: true, passive: true });
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !shown) return;
  dismissed = shown;
  hide();
});
