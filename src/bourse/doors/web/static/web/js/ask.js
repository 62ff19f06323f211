// Ask per carat and total follow each other while somebody types; the server reads whichever was changed.
const form = document.querySelector("[data-ask]");
const weight = Number(form?.dataset.weight);
const number = (text) => Number(text.replace(/[^0-9.]/g, ""));

function follow(from, to, factor) {
  form.elements[from].addEventListener("input", (event) => {
    const amount = number(event.target.value);
    form.elements[to].value = amount > 0 ? (Math.round(amount * factor * 100) / 100).toFixed(2) : "";
  });
}

if (form && weight > 0) {
  follow("per_carat", "total", weight);
  follow("total", "per_carat", 1 / weight);
}
