// A row of own stock is sent as soon as a box of it is left or Enter pressed; the row that comes back takes its place.
// Without this file each row has a button.
let turn = Promise.resolve();
document.documentElement.classList.add("scripted");

async function send(form) {
  const row = form.closest("tr");
  if (!row.isConnected) return;
  const status = row.querySelector("[role=status]");
  const body = new FormData(form);
  body.set("quiet", "on");
  row.setAttribute("aria-busy", "true");
  status.textContent = form.dataset.saving ?? "";
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(`<table>${await answer.text()}</table>`, "text/html");
  const fresh = page.querySelector("tr[id]");
  if (!fresh) return location.reload(); // signed out meanwhile, or the stone is gone
  const here = row.contains(document.activeElement) ? document.activeElement : null;
  const typed = here?.matches("[type=text]") && here.value !== here.defaultValue ? here.value : null;
  const pick = row.querySelector("[name=pick]");
  row.replaceWith(fresh);
  if (pick?.checked && fresh.querySelector("[name=pick]")) fresh.querySelector("[name=pick]").checked = true;
  fresh.classList.toggle("picked", Boolean(pick?.checked));
  const same = here && (here.name ? fresh.querySelector(`[name="${here.name}"]`) : fresh.querySelector("th a"));
  if (typed !== null && same && answer.status === 422) same.value = typed;
  (same ?? (here && fresh.querySelector("th a")))?.focus({ preventScroll: true });
}

// One after another: the next edit of a row needs the version that the answer to this one brings.
function queue(find) {
  turn = turn.then(() => { const form = find(); return form && send(form); }).catch(() => {
    for (const row of document.querySelectorAll("tr[aria-busy]")) {
      row.removeAttribute("aria-busy");
      const form = row.querySelector("[data-row-edit]");
      row.querySelector("[role=status]").textContent = form.dataset.failed;
    }
  });
}

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-row-edit]") && target.type !== "hidden") queue(() => document.getElementById(form.id));
  if (target.matches("[data-submits]")) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-row-edit], [data-row-undo]")) return;
  event.preventDefault();
  if (event.target.matches("[data-row-undo]")) queue(() => event.target);
});

document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-picks] td input[type=text]");
  if (!box || event.key !== "Escape") return;
  box.value = box.defaultValue;
  box.closest("tr").querySelector("th a").focus();
});
