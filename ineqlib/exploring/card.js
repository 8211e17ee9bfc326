// One view of the explorer: its finding, its figure, what can be done with it. The figure is the
// library's own static drawing; this script says what its marks stand for, lets them be chosen by
// pointer and by keyboard, and tells the kernel. It asks nothing of any other machine.
const NS = "http://www.w3.org/2000/svg";
const NEAR = 22; // pixels from a mark within which a pointer means it
const FORMATS = { svg: "SVG", png: "PNG", csv: "CSV", html: "page" };
const TOWARDS = { ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowLeft: [-1, 0] };

const make = (tag, more = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), more);
  element.append(...children.filter((child) => child !== null));
  return element;
};
const say = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
};

// Keys pressed in an explorer are its own: JupyterLab would add, leave or delete cells for them. It
// asks each element that has the focus, not what that is in. And a slider is told by the label
// beside it, which ipywidgets leaves out.
const STOPS = "a, button, input, select, summary, textarea, [tabindex], [contenteditable]";
function settleIn(el) {
  const root = el.closest(".ineq-explore");
  if (!root || root.role) return Boolean(root);
  say(root, { role: "region", "aria-label": "Explorer" });
  const name = () => {
    for (const stop of root.querySelectorAll(STOPS)) stop.dataset.lmSuppressShortcuts = "true";
    for (const handle of root.querySelectorAll(".noUi-handle")) {
      const slider = handle.closest(".widget-slider");
      const readout = slider.querySelector(".widget-readout");
      readout.tabIndex = -1; // the handle says it: a stop of its own would have no name
      say(handle, {
        "aria-label": slider.querySelector("label").textContent,
        "aria-valuetext": readout.textContent,
      });
    }
  };
  name();
  new MutationObserver(name).observe(root, { childList: true, subtree: true, characterData: true });
  keepFocus(root);
  return true;
}

// Where the control that has the focus goes away, such as a button that has done its work, the one
// before it has it: else the next key would be JupyterLab's.
function keepFocus(root) {
  let stops = [];
  let at = -1;
  root.addEventListener("focusin", ({ target }) => {
    stops = [...root.querySelectorAll(STOPS)];
    at = stops.indexOf(target);
  });
  root.addEventListener("focusout", ({ relatedTarget, target }) => {
    if (relatedTarget || target.checkVisibility()) at = -1;
  });
  const gone = () => {
    if (at < 0 || (stops[at].isConnected && stops[at].checkVisibility())) return;
    const before = stops.slice(0, at).findLast((stop) => stop.isConnected && stop.checkVisibility());
    at = -1;
    before?.focus({ preventScroll: true });
  };
  const changes = { attributes: true, attributeFilter: ["style", "hidden", "class"], childList: true, subtree: true };
  new MutationObserver(gone).observe(root, changes);
}

function render({ model, el }) {
  el.classList.add("ineq-card");
  const told = say(make("p", { className: "ineq-told" }), { role: "status" });
  if (!model.get("view")) {
    el.append(told);
    const tell = () => (told.textContent = model.get("message"));
    model.on("change:message", tell);
    tell();
  } else {
    drawCard(model, el, told);
  }
  const wait = () => settleIn(el) || requestAnimationFrame(wait);
  wait();
}

function drawCard(model, el, told) {
  const id = `ineq-${model.model_id ?? Math.random().toString(36).slice(2)}`;
  const heading = make("h2", { className: "ineq-view", id: `${id}-view` });
  const finding = make("p", { className: "ineq-finding" });
  const figure = make("div", { className: "ineq-figure" });
  const notes = make("ul", { className: "ineq-notes" });
  const code = make("div", { className: "ineq-code", hidden: true });
  const tools = make("div", { className: "ineq-tools" });
  const section = make("section", {}, heading, finding, figure, notes, tools, code, told);
  say(section, { "aria-labelledby": heading.id });
  el.append(section);

  // Buttons of several cards are told apart by what they are of.
  const whose = (words = "") => make("span", { className: "ineq-hidden ineq-whose", textContent: words });
  const button = (words, message) => {
    const made = make("button", { type: "button" }, words, whose());
    made.addEventListener("click", () => model.send(message));
    tools.append(made);
    return made;
  };
  const opener = button("Show me the code", { act: "code" });
  tools.append(make("span", { className: "ineq-save", textContent: "Save as" }));
  const savers = Object.entries(FORMATS).map(([kind, words]) => [kind, button(words, { act: "save", as: kind })]);

  let marks = [];
  let drawing = null;
  let here = 0;
  const tip = make("div", { className: "ineq-tip", hidden: true });
  const key = (mark) => ({ code: mark.dataset.code ?? "", label: words(mark).split("\n")[0] });
  const words = (mark) => mark.dataset.label ?? mark.querySelector("title")?.textContent ?? "";

  // The drawing: a list of its marks to a keyboard and a screen reader, a picture to the eye.
  function draw() {
    const open = figure.querySelector("details")?.open;
    const onTable = figure.querySelector("summary") === document.activeElement && Boolean(figure.firstChild);
    const focused = drawing !== null && drawing === document.activeElement;
    figure.innerHTML = model.get("figure");
    if (open) figure.querySelector("details").open = true;
    const svg = figure.querySelector(".figure-static svg");
    drawing = svg?.parentElement ?? null;
    marks = svg ? [...svg.querySelectorAll("[data-code], [data-label]")] : [];
    here = 0;
    if (onTable) figure.querySelector("summary")?.focus({ preventScroll: true });
    if (!marks.length) return;
    nameMapped(svg);
    const wide = Number(svg.getAttribute("width"));
    section.style.setProperty("--drawing", `${wide}px`);
    drawing.append(tip);
    say(drawing, { role: "listbox", tabindex: "0", "aria-label": svg.getAttribute("aria-label") });
    drawing.title = "";
    svg.style.maxWidth = `${wide}px`;
    for (const name of ["role", "aria-label"]) svg.removeAttribute(name);
    svg.setAttribute("aria-hidden", "true");
    const options = make("div", { className: "ineq-hidden" });
    say(options, { role: "presentation" });
    drawing.append(options);
    marks.forEach((mark, n) => {
      mark.option = options.appendChild(make("div", { id: `${id}-${n}`, textContent: words(mark).replaceAll("\n", ", ") }));
      say(mark.option, { role: "option", "aria-selected": "false" });
    });
    listen(svg);
    if (focused) drawing.focus({ preventScroll: true });
  }

  // A map's shapes are told by the rows of its table.
  function nameMapped(svg) {
    const rows = [...(figure.querySelector("details table")?.tBodies[0].rows ?? [])];
    const mapped = [...svg.querySelectorAll("[data-code]")];
    if (mapped.length !== rows.length) return;
    const heads = [...figure.querySelectorAll("details table thead th")].map((cell) => cell.textContent);
    mapped.forEach((mark, n) => {
      if (mark.dataset.label) return;
      const cells = [...rows[n].cells].map((cell) => cell.textContent);
      const facts = cells.map((cell, at) => (at ? `${heads[at]}: ${cell}` : cell));
      mark.dataset.label = facts.filter((_, at) => !/^(Code|Next to it)$/.test(heads[at])).join("\n");
      mark.dataset.fifth = cells[heads.indexOf("Fifth of the area")] ?? "";
    });
  }

  function listen(svg) {
    const markAt = (event) => {
      const painted = event.target.closest?.("[data-code], [data-label]");
      if (painted) return painted;
      let [nearest, least] = [null, NEAR];
      for (const mark of marks) {
        const box = mark.getBoundingClientRect();
        const across = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
        const down = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
        const away = Math.hypot(across, down);
        if (away < least) [nearest, least] = [mark, away];
      }
      return nearest;
    };
    svg.addEventListener("pointermove", (event) => {
      const mark = markAt(event);
      if (mark) point(mark);
      else tip.hidden = true;
    });
    svg.addEventListener("pointerleave", () => (tip.hidden = true));
    svg.addEventListener("click", (event) => {
      const mark = markAt(event);
      if (mark) choose(marks.indexOf(mark));
    });
    drawing.addEventListener("focus", () => goTo(here));
    drawing.addEventListener("blur", leave);
    drawing.addEventListener("keydown", (event) => {
      if (event.target !== drawing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (TOWARDS[event.key]) goTo(towards(TOWARDS[event.key]));
      else if (event.key === "Home") goTo(0);
      else if (event.key === "End") goTo(marks.length - 1);
      else if (event.key === "PageDown") goTo(Math.min(here + 1, marks.length - 1));
      else if (event.key === "PageUp") goTo(Math.max(here - 1, 0));
      else if (event.key === "Enter" || event.key === " ") choose(here);
      else if (event.key === "Escape") leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  // The nearest mark in a direction; what lies to the side counts double.
  function towards([right, down]) {
    const [x, y] = middle(marks[here]);
    let [best, least] = [here, Infinity];
    marks.forEach((mark, n) => {
      const [mx, my] = middle(mark);
      const along = (mx - x) * right + (my - y) * down;
      const beside = Math.abs((mx - x) * down) + Math.abs((my - y) * right);
      if (along > 0.5 && along + 2 * beside < least) [best, least] = [n, along + 2 * beside];
    });
    return best;
  }

  function goTo(n) {
    here = n;
    drawing.setAttribute("aria-activedescendant", marks[n].option.id);
    ring("ineq-here", [marks[n]]);
    point(marks[n]);
  }

  function leave() {
    tip.hidden = true;
    ring("ineq-here", []);
  }

  function choose(n) {
    here = n;
    model.send({ act: "select", ...key(marks[n]) });
  }

  function point(mark) {
    const [first, ...rest] = words(mark).split("\n");
    tip.replaceChildren(make("strong", { textContent: first }), rest.map((line) => `\n${line}`).join(""));
    tip.hidden = false;
    const [box, around] = [mark.getBoundingClientRect(), drawing.getBoundingClientRect()];
    const left = (box.left + box.right) / 2 - around.left - tip.offsetWidth / 2;
    tip.style.left = `${Math.max(0, Math.min(left, around.width - tip.offsetWidth))}px`;
    const above = box.top - around.top - tip.offsetHeight - 6;
    tip.style.top = `${above < 0 ? box.bottom - around.top + 6 : above}px`;
  }

  function ring(kind, around) {
    for (const old of figure.querySelectorAll(`.${kind}`)) old.remove();
    for (const mark of around) {
      const outline = (mark.querySelector("circle") ?? mark).cloneNode(false);
      for (const name of ["data-label", "data-code", "fill", "opacity", "id"]) outline.removeAttribute(name);
      outline.setAttribute("class", kind);
      mark.parentNode.append(outline);
    }
  }

  function light() {
    const { codes = [], labels = [], fifth = "" } = model.get("lit");
    const chosen = marks.filter((mark) =>
      codes.includes(mark.dataset.code) || labels.includes(key(mark).label) || (fifth && mark.dataset.fifth === fifth));
    for (const mark of marks) mark.option.setAttribute("aria-selected", chosen.includes(mark));
    for (const kind of ["ineq-halo", "ineq-lit"]) ring(kind, chosen);
  }

  function write() {
    const about = `: ${model.get("heading")}`;
    heading.textContent = model.get("heading");
    for (const words of section.querySelectorAll(".ineq-whose")) words.textContent = about;
    const reason = model.get("reason");
    // What it comes to stands out; how sure that is follows.
    const [first, ...rest] = model.get("finding").split(/(?<=\.) (?=[A-Z])/);
    if (reason) finding.textContent = reason;
    else finding.replaceChildren(make("strong", { textContent: first }), rest.map((more) => ` ${more}`).join(""));
    section.classList.toggle("ineq-none", Boolean(reason));
    notes.replaceChildren(...model.get("notes").map((note) => make("li", { textContent: note })));
    notes.hidden = model.get("notes").length === 0;
    tools.hidden = Boolean(reason);
    for (const [kind, saver] of savers) saver.hidden = !model.get("formats").includes(kind);
    told.textContent = model.get("message");
    section.setAttribute("aria-busy", model.get("busy"));
    const lines = model.get("code");
    code.hidden = !lines;
    opener.setAttribute("aria-expanded", Boolean(lines));
    if (lines === code.dataset.lines) return;
    code.dataset.lines = lines;
    const block = make("pre", { tabIndex: 0, textContent: lines });
    say(block, { role: "group", "aria-label": `Code${about}` });
    const copy = make("button", { type: "button" }, "Copy", whose(about));
    copy.addEventListener("click", async () => {
      getSelection().selectAllChildren(block);
      await navigator.clipboard?.writeText(lines).catch(() => {});
      copy.firstChild.textContent = "Copied";
    });
    code.replaceChildren(block, copy);
  }

  let drawn = null;
  const update = () => {
    write();
    if (model.get("figure") !== drawn) {
      drawn = model.get("figure");
      draw();
    }
    light();
  };
  model.on("change", update);
  update();
}

export default { render };
