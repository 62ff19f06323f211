// What a reader had opened, scrolled or narrowed in the filters stays so when their values are swapped.
// Without this file they come as the page has them.
const form = () => document.querySelector("[data-filters]");
// A list is known by its head: its values come and go.
const lists = () => [...form().querySelectorAll(".values")].map((list) => [list.parentElement.querySelector("legend")?.firstChild.data, list]);
let scrolled, narrowed, folds;

function narrow(name, value) {
  const box = value && form().querySelector(`[data-narrows="${name}"]`);
  if (!box) return;
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("leave", () => {
  scrolled = new Map(lists().map(([name, list]) => [name, list.scrollTop]));
  narrowed = [...form().querySelectorAll("[data-narrows]")].map((box) => [box.dataset.narrows, box.value]);
  folds = [...document.querySelectorAll("[data-fold][open]")].map((fold) => fold.dataset.fold);
});
document.addEventListener("arrive", () => {
  for (const fold of folds) document.querySelector(`[data-fold="${fold}"]`)?.setAttribute("open", "");
  for (const [name, value] of narrowed) narrow(name, value);
  for (const [name, list] of lists()) list.scrollTop = scrolled.get(name) ?? 0;
});
