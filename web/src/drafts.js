// Drafts: what is entered in a form is kept in this browser while it is typed, and put back when the
// form is opened again. A draft goes when the command was carried out. Where the form holds other
// values by now, or another window fills it in, both are shown and the person chooses.

const prefix = "veche-draft ";
const key_of = (form) => prefix + form.dataset.draft + " " + location.pathname + location.search;
const unkept = ["hidden", "file", "submit", "button", "password"];
const fields_of = (form) => [...form.elements].filter((field) =>
  field.name && !unkept.includes(field.type) && !field.name.startsWith("_"));
const box = (field) => ["radio", "checkbox"].includes(field.type);

// Fields of one name and value are one place: "choice=yes". Where several others share a name, as the
// places of an order do, each is one by its id.
const shares = (field) => field.form.elements.namedItem(field.name) instanceof RadioNodeList;
const place_of = (field) => box(field) ? `${field.name}=${field.value}` :
  shares(field) ? `${field.name} ${field.id}` : field.name;
const read = (field) => box(field) ? field.checked : field.value;

function write(field, value) {
  if (box(field)) field.checked = value;
  else field.value = value;
}

const values_of = (form) =>
  Object.fromEntries(fields_of(form).map((field) => [place_of(field), read(field)]));

const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang,
  { hour: "2-digit", minute: "2-digit" });

const served = new Map();  // what each form held when the server sent it

function kept_of(form) {
  try {
    const kept = JSON.parse(localStorage.getItem(key_of(form)));
    return kept?.values && kept.base ? kept : null;
  } catch {
    return null;
  }
}

// Whether it could be kept: storage may be full or forbidden; the form then works without drafts.
function save(form) {
  const draft = { at: Date.now(), base: served.get(form), values: values_of(form) };
  try {
    localStorage.setItem(key_of(form), JSON.stringify(draft));
  } catch {
    return;
  }
  const place = form.querySelector("[data-saved]");
  if (place && !place.querySelector("table"))
    place.textContent = `${place.dataset.saved} ${clock(draft.at)}`;
}

function put(form, values) {
  for (const field of fields_of(form)) {
    const value = values[place_of(field)];
    if (value !== undefined) write(field, value);
  }
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button second";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function label_of(form, place) {
  const field = fields_of(form).find((one) => place_of(one) === place);
  // A text in several languages has a legend, and under it a field for each.
  const group = field?.closest("fieldset")?.querySelector("legend")?.textContent.trim();
  const label = field?.labels?.[0]?.textContent.trim() ?? place;
  return group ? `${group}: ${label}` : label;
}

// Both versions side by side; nothing changes until one is chosen.
function choose(form, differing, mine, theirs) {
  const place = form.querySelector("[data-saved]");
  if (!place) return put(form, mine);
  const table = document.createElement("table");
  table.className = "table";
  const row = (cells, tag) => {
    const line = table.insertRow();
    for (const text of cells) {
      const cell = document.createElement(tag);
      cell.textContent = text === true ? "✓" : text === false ? "–" : text;
      line.append(cell);
    }
  };
  row(["", place.dataset.mine, place.dataset.theirs], "th");
  for (const name of differing) row([label_of(form, name), mine[name], theirs[name]], "td");
  const done = (values) => () => {
    put(form, values);
    place.replaceChildren();
    save(form);
  };
  const words = document.createElement("p");
  words.textContent = place.dataset.clash;
  place.replaceChildren(words, table, button(place.dataset.mine, done(mine)), " ",
    button(place.dataset.theirs, done(theirs)));
}

function restore(form) {
  // A form that came back with faults already holds what was entered.
  if (document.getElementById("errors")) return;
  const kept = kept_of(form);
  if (!kept) return;
  const now = served.get(form);
  const mine = Object.keys(kept.values).filter((place) =>
    place in now && kept.values[place] !== kept.base[place] && kept.values[place] !== now[place]);
  if (mine.length === 0) return;
  const changed = (place) => now[place] !== kept.base[place];
  const entered = Object.fromEntries(mine.map((place) => [place, kept.values[place]]));
  if (mine.some(changed)) return choose(form, mine, entered, now);
  put(form, entered);
  const note = form.querySelector("[data-saved]");
  note?.replaceChildren(`${note.dataset.restored} ${clock(kept.at)} `, button(note.dataset.discard, () => {
    put(form, now);
    localStorage.removeItem(key_of(form));
    note.replaceChildren();
  }));
}

// Another window of this browser fills in the same form.
function met(form) {
  const kept = kept_of(form);
  if (!kept) return;
  const own = values_of(form);
  const differing = Object.keys(own).filter((place) =>
    place in kept.values && kept.values[place] !== own[place] && kept.values[place] !== kept.base[place]);
  if (differing.length > 0) choose(form, differing, own, kept.values);
}

export function start() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    served.set(form, values_of(form));
    restore(form);
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 400);
    });
    form.addEventListener("change", () => save(form));
    form.addEventListener("submit", () => {
      save(form);
      sessionStorage.setItem("veche-sent", key_of(form));
    });
    addEventListener("storage", (event) => event.key === key_of(form) && met(form));
  }
  // The page that says what was done: the draft behind it is no longer needed.
  if (document.getElementById("done")) {
    const sent = sessionStorage.getItem("veche-sent");
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem("veche-sent");
  }
}
