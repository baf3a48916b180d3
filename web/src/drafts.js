// Drafts: every field of a form is kept in this browser when it is left, and put back when the form
// is opened again. A draft goes when the command was carried out.

const prefix = "veche-draft ";
const key_of = (form) => prefix + form.dataset.draft + " " + location.pathname + location.search;
const fields_of = (form) => [...form.elements].filter((field) =>
  field.name && !["hidden", "file", "submit", "password"].includes(field.type) && !field.name.startsWith("_"));

function read(field) {
  return ["radio", "checkbox"].includes(field.type) ? field.checked : field.value;
}

function write(field, value) {
  if (["radio", "checkbox"].includes(field.type)) field.checked = value;
  else field.value = value;
}

// Fields of one name and value are one place: "choice=yes".
const place_of = (field) =>
  ["radio", "checkbox"].includes(field.type) ? `${field.name}=${field.value}` : field.name;

function save(form) {
  const draft = Object.fromEntries(fields_of(form).map((field) => [place_of(field), read(field)]));
  try {
    localStorage.setItem(key_of(form), JSON.stringify(draft));
  } catch {
    return;  // Storage is full or forbidden: the form works without drafts.
  }
  const place = form.querySelector("[data-saved]");
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  if (place) place.textContent = `${place.dataset.saved} ${time}`;
}

function restore(form) {
  // A form that came back with faults already holds what was entered.
  if (document.getElementById("errors")) return;
  const kept = localStorage.getItem(key_of(form));
  if (!kept) return;
  const draft = JSON.parse(kept);
  for (const field of fields_of(form)) {
    const value = draft[place_of(field)];
    if (value !== undefined) write(field, value);
  }
}

export function start() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    restore(form);
    form.addEventListener("change", () => save(form));
    form.addEventListener("submit", () => sessionStorage.setItem("veche-sent", key_of(form)));
  }
  // The page that says what was done: the draft behind it is no longer needed.
  if (document.getElementById("done")) {
    const sent = sessionStorage.getItem("veche-sent");
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem("veche-sent");
  }
}
