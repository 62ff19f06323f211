// Filters answer at once: a change fetches the page by its address and swaps it in. Else "Show … stones" does.
const PARTS = ["[data-filters]", ".results"];
const form = () => document.querySelector(PARTS[0]);
const isTyped = (box) => box.matches("[type=text], textarea");
const isOurs = (box) => box.name && form()?.contains(box);
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

function swap(page) {
  const active = form().contains(document.activeElement) ? document.activeElement : null;
  document.dispatchEvent(new Event("leave")); // places.js remembers, and puts back what it can
  // The parts stay, their content goes: a sheet that its address opened stays open, and keeps its place.
  for (const part of PARTS) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  document.dispatchEvent(new Event("arrive"));
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
