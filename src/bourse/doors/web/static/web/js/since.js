// What changed since yesterday takes a moment to find: the line above the table is filled once the table stands.
// Without this file the line is a link to the page that tells it.
const line = document.querySelector("[data-tells]");

addEventListener("load", async () => {
  const answer = await fetch(line.dataset.tells).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.querySelector("[data-since]");
  if (told) line.querySelector("[data-told]").replaceChildren(...told.childNodes);
});
