// Filters answer at once: a change fetches the same page by its address and swaps what differs.
// Without this file the button "Show … stones" does the same.
const PARTS = ["[data-filters]", ".results"];
const form = () => document.querySelector(PARTS[0]);
const isTyped = (box) => box.matches("[type=text], textarea");
const isOurs = (box) => box.name && form()?.contains(box);
// A list is known by its head: its values come and go.
const lists = () => [...form().querySelectorAll(".values")].map((list) => [list.parentElement.querySelector("legend")?.firstChild.data, list]);
let latest = 0;
let shown = location.search;

function address(source) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(source)) if (value !== "") query.append(name, value);
  return `${source.action}?${query}`;
}

// The same box on the page that came: by its name, and by its value where several share a name.
function twin(box) {
  const value = box.type === "checkbox" ? `[value="${CSS.escape(box.value)}"]` : "";
  return form().querySelector(`[name="${box.name}"]${value}`);
}

function narrow(name, value) {
  const box = value && form().querySelector(`[data-narrows="${name}"]`);
  if (!box) return;
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function swap(page) {
  const active = form().contains(document.activeElement) ? document.activeElement : null;
  const scrolled = new Map(lists().map(([name, list]) => [name, list.scrollTop]));
  const narrowed = [...form().querySelectorAll("[data-narrows]")].map((box) => [box.dataset.narrows, box.value]);
  const folds = [...document.querySelectorAll("[data-fold][open]")].map((fold) => fold.dataset.fold);
  // The parts stay, their content goes: a sheet that its address opened stays open, and keeps its place.
  for (const part of PARTS) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  for (const fold of folds) document.querySelector(`[data-fold="${fold}"]`)?.setAttribute("open", "");
  for (const [name, value] of narrowed) narrow(name, value);
  for (const [name, list] of lists()) list.scrollTop = scrolled.get(name) ?? 0;
  const box = active?.name && twin(active);
  if (box) {
    if (isTyped(box)) box.value = active.value; // somebody may be typing
    box.focus({ preventScroll: true });
  }
}

async function show(url) {
  const mine = ++latest;
  document.querySelector(PARTS[1]).setAttribute("aria-busy", "true");
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== latest) return;
  if (PARTS.some((part) => !page.querySelector(part))) return location.assign(url);
  swap(page);
  document.querySelector(PARTS[1]).removeAttribute("aria-busy");
  document.title = page.title;
  history.pushState({}, "", answer.url + location.hash);
  shown = location.search;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit();
  else if (!isTyped(target) && isOurs(target)) show(address(form()));
});
document.addEventListener("focusout", ({ target }) => {
  if (!isTyped(target) || !isOurs(target) || target.value === target.defaultValue) return;
  // The box may have been left by pressing on another: let that press end before its box is swapped.
  const mine = ++latest;
  setTimeout(() => mine === latest && show(address(form())), 200);
});
// A step to "#filters" is a step in the history too, but of the same search.
addEventListener("popstate", () => location.search !== shown && location.reload());
document.documentElement.classList.add("scripted");
