// Rows are chosen one by one, with shift a range, or all of the page; the bar says how many.
const boxes = () => [...document.querySelectorAll("[data-picks] [name=pick]")];
const head = document.querySelector("[data-pick-all]");
let last = null;

function show() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr").classList.toggle("picked", box.checked);
  const number = document.querySelector("[data-picked]");
  if (number) number.textContent = chosen.length;
  const every = head?.querySelector("input");
  if (!every) return;
  every.checked = chosen.length > 0 && chosen.length === all.length;
  every.indeterminate = chosen.length > 0 && chosen.length < all.length;
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches("[data-picks] [name=pick]")) return;
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (event.shiftKey && from >= 0) for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  last = box;
  show();
});
head?.addEventListener("change", ({ target }) => {
  for (const box of boxes()) box.checked = target.checked;
  show();
});
head?.removeAttribute("hidden");
show();
