// While a file is read its page asks how far it is; when the reading ends the page is loaded afresh.
// Without this file the page loads itself again every two seconds.
const SLOWEST_MS = 2000;
let pause = 250;

async function look() {
  const shown = document.querySelector("[data-progress]");
  try {
    const answer = await fetch(shown.dataset.progress, { headers: { Accept: "text/html" } });
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (!answer.ok || !part || part.hasAttribute("data-done")) return location.reload();
    shown.replaceChildren(...part.childNodes);
  } catch {
    // The network may be gone for a moment: ask again.
  }
  pause = Math.min(pause * 1.3, SLOWEST_MS);
  setTimeout(look, pause);
}
setTimeout(look, pause);
