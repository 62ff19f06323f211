// The choice of columns: ↑ and ↓ move a line at once, and a line can be dragged; the button keeps the order.
// Without this file each ↑ and ↓ is sent, and the page comes back with the line moved.
const list = document.querySelector("[data-order] ol");
let dragged = null;

function settle() {
  const lines = [...list.children];
  for (const [at, line] of lines.entries()) {
    line.querySelector("[name=up]").disabled = at === 0;
    line.querySelector("[name=down]").disabled = at === lines.length - 1;
  }
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[name=up], [name=down]");
  if (!button) return;
  event.preventDefault();
  const line = button.closest("li");
  if (button.name === "up") line.previousElementSibling?.before(line);
  else line.nextElementSibling?.after(line);
  settle();
  (button.disabled ? line.querySelector("button:enabled") : button).focus();
});
for (const line of list.children) line.draggable = true;
list.addEventListener("dragstart", ({ target }) => (dragged = target.closest("li")));
list.addEventListener("dragover", (event) => {
  const over = event.target.closest("li");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const isBelow = event.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
  over[isBelow ? "after" : "before"](dragged);
});
list.addEventListener("dragend", () => {
  dragged = null;
  settle();
});
