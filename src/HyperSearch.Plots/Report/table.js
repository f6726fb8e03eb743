// The ranked table: only the rows in sight are in the document, so that 10,000 of them scroll and sort at once.
const rows = document.getElementById("rows");
const scroll = document.getElementById("scroll");
const ROW = 30, AROUND = 12;

let widths = [], visible = [];
const hiddenColumns = new Set(); // by name; the rank and the trial always show
const head = document.createElement("tr");
const columns = document.createElement("colgroup");
rows.prepend(columns);
rows.tHead.append(head);

const heading = (name, c) => {
  const cell = document.createElement("th");
  cell.scope = "col";
  const button = document.createElement("button");
  button.type = "button";
  button.className = isWord[c] ? "word" : "";
  button.addEventListener("click", () => {
    descending = sorted === c && !descending;
    sorted = c;
    scroll.scrollTop = 0;
    update();
  });
  cell.append(button);
  return cell;
};

// Columns only grow, so that a table that lives does not jump; the headings stay while they say the same, and so does the focus on one.
let headings = "";
const layOut = () => {
  const wanted = names.map((name, c) => Math.min(30, data.rows.reduce((most, row) => Math.max(most, show(row[c]).length), name.length + 3)));
  visible = names.map((_, c) => c).filter(c => c <= TRIAL || !hiddenColumns.has(names[c]));
  const said = JSON.stringify([names, isWord, visible]);
  widths = said === headings ? wanted.map((width, c) => Math.max(width, widths[c])) : wanted;
  if (said !== headings) {
    headings = said;
    head.replaceChildren(...visible.map(c => heading(names[c], c)));
    columns.replaceChildren(...visible.map(() => document.createElement("col")));
    offerColumns();
  }
  visible.forEach((c, i) => { columns.children[i].style.width = `${widths[c] + 2.5}ch`; });
  rows.style.width = `${visible.reduce((sum, c) => sum + widths[c] + 2.5, 0)}ch`;
};

// Which columns show is the reader's choice.
const offered = document.querySelector("#columns div");
const offerColumns = () => {
  const wanted = names.slice(TRIAL + 1);
  if (JSON.stringify([...offered.querySelectorAll("input")].map(box => box.value)) === JSON.stringify(wanted)) return;
  offered.replaceChildren(...wanted.map(name => {
    const label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.value = name;
    box.checked = !hiddenColumns.has(name);
    box.addEventListener("change", () => {
      box.checked ? hiddenColumns.delete(name) : hiddenColumns.add(name);
      layOut();
      tell("matched");
      tell("chosen");
    });
    label.append(box, ` ${name}`);
    return label;
  }));
};

const gap = height => {
  const line = document.createElement("tr");
  line.setAttribute("aria-hidden", "true");
  line.className = "gap";
  const cell = document.createElement("td");
  cell.colSpan = visible.length;
  cell.style.height = height + "px";
  line.append(cell);
  return line;
};

const lineOf = (row, index) => {
  const line = document.createElement("tr");
  line.setAttribute("aria-rowindex", index + 2);
  line.classList.toggle("pointed", row === pointed);
  line.addEventListener("pointerenter", () => point(row));
  line.addEventListener("pointerleave", () => point(null));
  for (const c of visible) {
    const cell = document.createElement("td");
    cell.textContent = show(row[c]);
    if (isWord[c]) { cell.className = "word"; cell.title = cell.textContent; }
    line.append(cell);
  }
  return line;
};

let shown = null;
const fill = force => {
  const first = Math.max(0, Math.floor(scroll.scrollTop / ROW) - AROUND);
  const last = Math.min(matching.length, Math.ceil((scroll.scrollTop + scroll.clientHeight) / ROW) + AROUND);
  if (!force && shown && shown.first === first && shown.last === last) return;
  shown = { first, last };
  const lines = matching.slice(first, last).map((row, i) => lineOf(row, first + i));
  if (first > 0) lines.unshift(gap(first * ROW));
  if (last < matching.length) lines.push(gap((matching.length - last) * ROW));
  rows.tBodies[0].replaceChildren(...lines);
};
scroll.addEventListener("scroll", () => requestAnimationFrame(() => fill(false)));
new ResizeObserver(() => fill(false)).observe(scroll); // it grows with the first rows, and with the window

const reveal = row => {
  const index = matching.indexOf(row);
  if (index < 0) return;
  scroll.scrollTop = Math.max(0, index * ROW - scroll.clientHeight / 2);
  fill(true);
};

views.push({
  loaded: layOut,
  matched: () => {
    rows.setAttribute("aria-rowcount", matching.length + 1);
    visible.forEach((c, i) => {
      head.children[i].firstChild.textContent = names[c] + (c === sorted ? (descending ? " ↓" : " ↑") : "");
      head.children[i].setAttribute("aria-sort", c === sorted ? (descending ? "descending" : "ascending") : "none");
    });
    fill(true);
  },
  pointed: () => {
    for (const line of rows.tBodies[0].rows) line.classList.toggle("pointed", pointed !== null && matching[line.getAttribute("aria-rowindex") - 2] === pointed);
  },
});
