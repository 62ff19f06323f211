// Filters answer at once: a change fetches the same page by its address and swaps the parts that differ.
// Without this file the button "Show … stones" does the same.
const form = () => document.querySelector("[data-filters]");
const PARTS = ["[data-filters]", ".results"];
let latest = 0;

function address(source) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(source)) if (value !== "") query.append(name, value);
  return `${source.action}?${query}`;
}

function same(element) {
  const value = element.type === "checkbox" ? `[value="${CSS.escape(element.value)}"]` : "";
  return `[name="${element.name}"]${value}`;
}

async function show(url) {
  const mine = ++latest;
  document.querySelector(".results")?.setAttribute("aria-busy", "true");
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== latest) return;
  if (!answer.ok || PARTS.some((part) => !page.querySelector(part))) return location.assign(url);
  const active = document.activeElement;
  const focus = form().contains(active) && active.name ? same(active) : null;
  const folds = [...document.querySelectorAll("[data-fold][open]")].map((fold) => fold.dataset.fold);
  // The parts stay, their content goes: a sheet that its address opened stays open, and keeps its place.
  for (const part of PARTS) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  document.querySelector(".results").removeAttribute("aria-busy");
  for (const fold of folds) document.querySelector(`[data-fold="${fold}"]`)?.setAttribute("open", "");
  if (focus) form().querySelector(focus)?.focus({ preventScroll: true });
  document.title = page.title;
  history.pushState({}, "", answer.url + location.hash);
}

document.addEventListener("change", (event) => {
  const source = event.target.closest("form");
  if (event.target.closest("[data-filters]")) show(address(source));
  else if (event.target.matches("[data-submits]")) source.requestSubmit();
});
addEventListener("popstate", () => location.reload());
document.documentElement.classList.add("scripted");
