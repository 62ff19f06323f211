// The grade strip: shift-click chooses the whole range between two grades; each grade stays a box of its own.
let last = null;

document.addEventListener("click", (event) => {
  const box = event.target;
  const strip = box.closest?.("[data-strip]");
  if (!strip || box.type !== "checkbox") return;
  const boxes = [...strip.querySelectorAll("input[type=checkbox]")];
  const from = boxes.findIndex((one) => one.value === last);
  const to = boxes.indexOf(box);
  if (event.shiftKey && from >= 0) {
    for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (!one.disabled) one.checked = box.checked;
    }
  }
  last = box.value;
});
