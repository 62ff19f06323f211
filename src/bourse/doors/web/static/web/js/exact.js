// A figure that is copied alone is copied exactly: the cell shows 11,505, the clipboard holds 11505.20.
document.addEventListener("copy", (event) => {
  const chosen = getSelection();
  const text = chosen.toString().trim();
  const figures = [...document.querySelectorAll("data[value]")];
  const figure = figures.find((one) => one.textContent.trim() === text && chosen.containsNode(one, true));
  if (!figure) return;
  event.clipboardData.setData("text/plain", figure.value);
  event.preventDefault();
});
