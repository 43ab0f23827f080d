// What the pages do beyond links and forms. Everything here is a comfort: without it the pages still work.
"use strict";

const find = (selector, root) => (root || document).querySelector(selector);
const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

// Comforts that need a script appear only when there is one.
function reveal(root) {
  all("[data-copy], [data-copy-address], [data-print]", root).forEach((button) => { button.hidden = false; });
  all("[data-grid]", root).forEach(prepareGrid);
  markFaulty();
}

// Copy and print.
async function copy(button, text) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;
  }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = before; }, 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-address], [data-print], [data-close]");
  if (button && button.dataset.copy !== undefined) copy(button, document.getElementById(button.dataset.copy).textContent);
  else if (button && button.dataset.copyAddress !== undefined) copy(button, location.origin + location.pathname + button.dataset.copyAddress);
  else if (button && button.dataset.print !== undefined) print();
  else if (button && find("#sheet") && find("#sheet").contains(button)) { event.preventDefault(); closeSheet(); }
  const jump = event.target.closest('a[href^="#"]');
  if (jump) openAround(document.getElementById(decodeURIComponent(jump.hash.slice(1))));
});

// A field that stands in a closed "more" opens before it is jumped to.
function openAround(target) {
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
  if (target && /^(INPUT|SELECT)$/.test(target.tagName)) setTimeout(() => target.focus(), 0);
}

// Keyboard: "/" goes to the first field of the page, Escape closes the sheet.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = find("[data-search]");
    if (search) { event.preventDefault(); search.focus(); if (search.select) search.select(); }
  }
  if (event.key === "Escape") closeSheet();
});

// The calculator: empty cells stay out of the address; the line below the form says what is being computed.
document.addEventListener("htmx:configRequest", (event) => {
  const given = event.detail.parameters;
  for (const name of Array.from(given.keys ? given.keys() : Object.keys(given))) {
    if (given[name] === "") delete given[name];
  }
});

document.addEventListener("htmx:beforeRequest", () => {
  const busy = find("#busy");
  if (!busy) return;
  const value = (id) => (document.getElementById(id) || { value: "" }).value || "?";
  busy.textContent = busy.dataset.computing.replace("{from}", value("from")).replace("{to}", value("to")).replace("{on}", value("on"));
});

// When lines come or go the whole form is replaced: an answer still under way for the old one is dropped.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "calculator") htmx.trigger("#ask", "htmx:abort");
});

// Fields with a fault are marked when the answer arrives; the form itself is not replaced, so the focus stays.
function markFaulty() {
  const result = find("[data-faulty]");
  if (!result) return;
  const faulty = result.dataset.faulty.split(" ");
  all("#ask [aria-invalid]").forEach((cell) => cell.removeAttribute("aria-invalid"));
  faulty.forEach((id) => {
    const cell = id && document.getElementById(id);
    if (cell && cell.matches("input, select")) cell.setAttribute("aria-invalid", "true");
  });
}

// The matrix: one tab stop, arrow keys between cells, the explanation in a sheet at the side.
function prepareGrid(grid) {
  const links = all("td a", grid);
  links.forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
}

function move(link, key) {
  const cell = link.closest("td");
  const row = cell.parentElement;
  const beside = { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling }[key];
  const other = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[key];
  const target = beside || (other && other.children[cell.cellIndex]);
  const next = target && find("a", target);
  if (!next || next.closest("th")) return;
  link.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

document.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-grid] td a");
  if (link && event.key.startsWith("Arrow")) { event.preventDefault(); move(link, event.key); }
});

let opener = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-grid] td a");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const sheet = find("#sheet");
  if (!link || !plain || !sheet || !window.htmx) return;
  event.preventDefault();
  opener = link;
  all("[data-grid] a[aria-expanded]").forEach((other) => other.removeAttribute("aria-expanded"));
  link.setAttribute("aria-expanded", "true");
  sheet.hidden = false;
  sheet.classList.add("open");
  document.body.classList.add("with-sheet");
  htmx.ajax("GET", link.getAttribute("href"), { target: "#sheet", swap: "innerHTML" }).then(() => sheet.focus());
});

function closeSheet() {
  const sheet = find("#sheet");
  if (!sheet || sheet.hidden) return;
  sheet.hidden = true;
  sheet.classList.remove("open");
  document.body.classList.remove("with-sheet");
  if (opener) { opener.removeAttribute("aria-expanded"); opener.focus(); }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]") && event.target.form) event.target.form.requestSubmit();
});

document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));
document.addEventListener("DOMContentLoaded", () => {
  reveal(document);
  if (location.hash) openAround(document.getElementById(decodeURIComponent(location.hash.slice(1))));
});
