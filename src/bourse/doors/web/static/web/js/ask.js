// Ask per carat and total follow each other while somebody types; the server reads whichever was changed.
const form = document.querySelector("[data-ask]");
const weight = Number(form?.dataset.weight);

// As the server reads it: 38,1 and 7.040,50 have a decimal comma, 7,040 has thousands; -5 and 1e9 are no ask.
function number(text) {
  let bare = text.replace(/usd|us\s*\$|\$|\/?\s*(cts?|carats?)\b|\bper\b|%|[\u00a0\u202f'\u2019]|\.-\s*$/gi, "").trim();
  if (/^[\d\s.]*\d,(\d{1,2}|\d{4,})$/.test(bare)) bare = bare.replaceAll(".", "").replace(",", ".");
  bare = bare.replaceAll(/[, ]/g, "");
  return /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : 0;
}

function follow(from, to, factor) {
  form.elements[from].addEventListener("input", (event) => {
    const amount = number(event.target.value);
    form.elements[to].value = amount > 0 ? (Math.round(amount * factor * 100) / 100).toFixed(2) : "";
  });
}

if (form && weight > 0) {
  for (const [perCarat, total] of [["per_carat", "total"], ["cash_per_carat", "cash_total"]]) {
    follow(perCarat, total, weight);
    follow(total, perCarat, 1 / weight);
  }
}
