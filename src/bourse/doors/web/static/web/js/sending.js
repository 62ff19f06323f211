// While a file or an answer is on its way the button says so and cannot be pressed twice.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset.sending;
  const button = event.target.querySelector("button[type=submit]");
  if (!words || !button || event.defaultPrevented) return;
  button.textContent = words;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => { button.disabled = true; });
});
// A page taken from the browser's memory would keep the disabled button: load it afresh.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
