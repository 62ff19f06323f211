// Triage without a page load between two keys: the form is sent, and the answer's inbox takes the place of this one.
const inbox = () => document.querySelector("[data-inbox]");
const boxes = () => [...inbox().querySelectorAll("tbody input[name=notice]")];
const rows = () => boxes().map((box) => box.closest("tr"));
const here = () => document.activeElement?.closest("tbody tr");
let turn = Promise.resolve();

function show() {
  for (const box of boxes()) box.closest("tr").classList.toggle("picked", box.checked);
  inbox().querySelector("[data-choose]")?.removeAttribute("hidden");
}

async function send(form, act) {
  const chosen = boxes().filter((box) => box.checked);
  if (!chosen.length && !form.elements.all?.checked && here()) chosen.push(here().querySelector("input"));
  for (const box of chosen) box.checked = true;
  const at = Math.max(rows().indexOf(here() ?? chosen[0]?.closest("tr")), 0);
  const above = rows().slice(0, at).filter((row) => row.querySelector("input").checked).length;
  const body = new FormData(form);
  body.set("act", act);
  body.set("quiet", "on");
  inbox().setAttribute("aria-busy", "true"); // until the answer takes its place
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = boxes().length;
  for (const part of ["[data-inbox]", ".masthead .me", ".tabbar"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(fresh);
  }
  show();
  const all = rows();
  const next = all[Math.min(before === all.length ? at : Math.max(at - above, 0), all.length - 1)];
  (next?.querySelector("th a") ?? document.querySelector("#main")).focus();
}

// One after another: a key pressed while an answer is on its way acts on what that answer leaves.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-triage]")) return;
  event.preventDefault();
  const act = event.submitter?.value;
  turn = turn.then(() => send(inbox().querySelector("[data-triage]"), act)).catch(() => location.reload());
});

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-choose]")) choose(event.target);
  if (event.target.form?.matches("[data-at-once]")) event.target.form.requestSubmit();
  if (inbox().contains(event.target)) show();
});

// All of the page, then all that fit, then none.
function choose(box) {
  const all = box.form.elements.all;
  const more = all && !all.checked && !box.checked;
  if (more) box.checked = true;
  if (all) all.checked = Boolean(more);
  for (const one of boxes()) one.checked = box.checked;
}

show();
