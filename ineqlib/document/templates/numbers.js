// Leads from a number in the text to its row in the table of every figure.
{
  const rowOf = (number) => document.getElementById(`fact-${number.dataset.fact}`);

  const command = document.createElement("code"); // that leads on, to the row's source

  const lead = (number) => {
    const row = rowOf(number);
    if (!row) return;
    for (let box = row.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    row.tabIndex = -1;
    command.textContent = `ineq trace "${number.dataset.fact}" "${decodeURI(location.pathname.split("/").pop())}"`;
    row.cells[0].append(command);
    location.hash = row.id; // so that "back" returns to the number
    row.focus({ preventScroll: true });
  };

  // Of the numbers of a section one is a stop for the keyboard, from which arrows move to the others:
  // a thousand stops would be in the way of whatever comes after them.
  const stop = (number) => {
    for (const [name, value] of [["tabindex", "0"], ["role", "link"]]) number.setAttribute(name, value);
  };
  const move = (from, to) => {
    for (const name of ["tabindex", "role"]) from.removeAttribute(name);
    stop(to);
    to.focus();
  };
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  for (const section of document.querySelectorAll("section[data-section]")) {
    const numbers = [...section.querySelectorAll("data.fact:not(summary *)")].filter(rowOf);
    if (!numbers.length) continue;
    for (const number of numbers) number.classList.add("leads");
    stop(numbers.find((number) => !number.closest("details")) ?? numbers[0]);
    section.addEventListener("click", ({ target }) => {
      const number = target.closest?.("data.leads");
      if (number && getSelection().isCollapsed) lead(number);
    });
    section.addEventListener("keydown", (event) => {
      const at = numbers.indexOf(event.target);
      if (at < 0) return;
      const next = numbers[at + STEPS[event.key]];
      if (event.key === "Enter") lead(numbers[at]);
      else if (next?.checkVisibility()) move(numbers[at], next);
      else return;
      event.preventDefault();
    });
  }
}
