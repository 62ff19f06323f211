// A box above a long list of values leaves in sight what has its letters, and what is chosen.
// Without this file the box is not there, and the list is scrolled.
const key = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-narrows]")) return;
  const wanted = key(target.value.trim());
  for (const label of target.parentElement.querySelectorAll(".values label")) {
    const name = label.querySelector("input").nextSibling.data;
    label.hidden = !key(name).includes(wanted) && !label.querySelector(":checked");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-narrows]")) event.preventDefault();
});
