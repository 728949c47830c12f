// Small comforts. Every page reads and acts without this script.
const here = document.querySelector("script[data-govuk]");

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// The addresses are read from the page, so that hashed file names hold.
import(here.dataset.govuk).then((govuk) => govuk.initAll());

const dates = document.querySelectorAll('[data-module="moj-date-picker"]');
if (dates.length > 0) {
  import(here.dataset.datePicker).then(({ DatePicker }) => dates.forEach((date) => new DatePicker(date)));
}

// A filter that is chosen takes effect at once; without script its button does the same.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});

// A draft that could not be saved says so, and since when; the typed text stays.
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const notSaved = (event, lost) => {
  const form = event.target.closest("form[data-draft]");
  const note = form?.querySelector("[data-not-saved]");
  if (!note) return;
  if (!lost) {
    form.dataset.savedAt = clock.format(new Date());
    note.hidden = true;
    note.textContent = "";
  } else if (note.hidden) {
    note.hidden = false;
    note.textContent = `Not saved since ${form.dataset.savedAt ?? form.dataset.openedAt}. `
      + "Keep this page open; we are trying again.";
  }
};
document.querySelectorAll("form[data-draft]").forEach((form) => {
  form.dataset.openedAt = clock.format(new Date());
});
document.addEventListener("htmx:afterRequest", (event) => notSaved(event, !event.detail.successful));
document.addEventListener("htmx:sendError", (event) => notSaved(event, true));
