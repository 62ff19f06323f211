// Keys of the exchange: "/" to the search box, j and k along the rows, Enter opens, "?" shows the map.
// Every one of them has a visible twin on the page, so nothing depends on this file.
const rows = () => [...document.querySelectorAll("[data-key-rows] tbody tr")];

const isTyping = (target) =>
  target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");

const inRow = (what) => document.activeElement?.closest("[data-key-rows] tr")?.querySelector(what);

function step(by) {
  const all = rows();
  const links = all.map((row) => row.querySelector("th a"));
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
}

const acts = {
  "/": () => document.querySelector("[data-key-focus='/']")?.focus(),
  "?": () => document.querySelector("[data-key-map]")?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  x: () => inRow("input[type=checkbox]")?.click(),
  e: () => inRow("[data-edits]")?.select(),
};

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const twin = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const act = twin ? () => twin.click() : acts[event.key];
  if (!act || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  act();
});
