// A page that comes back with errors puts the focus on their summary.
document.querySelector("[data-focus-first]")?.focus();
