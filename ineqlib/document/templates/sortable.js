// Tables whose rows can be put in order by any column. Without a script they are in one good order.

function sortable(table) {
  const body = table.tBodies[0];
  const first = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const cells = new Map(first.map((row) => [row, row.cells[column].textContent.trim()]));
      body.append(...[...first].sort((a, b) => inOrder(cells.get(a), cells.get(b), down)));
    });
  });
}

// Numbers by size, words by the alphabet; what has no value stands last either way.
function inOrder(a, b, down) {
  const [one, other] = [a, b].map((text) =>
    parseFloat(text.replace(/,/g, "").replace("−", "-").replace(/^£/, "")),
  );
  const lacking = (text) => text === "" || text.startsWith("[");
  if (lacking(a) || lacking(b)) return lacking(a) - lacking(b);
  const numbers = !Number.isNaN(one) && !Number.isNaN(other);
  const order = numbers ? one - other : a.localeCompare(b, "en-GB", { numeric: true });
  return down ? -order : order;
}

document.querySelectorAll(".figure-drawn table, .sortable-table table, table.sortable").forEach(sortable);
