// What script adds to pages that are whole without it. Each part is loaded only where the page has
// something for it.

const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-live]")) import("./live.js").then((part) => part.start());
if (has("[data-clock], [data-refs]")) import("./clock.js").then((part) => part.start());
if (has("form[data-draft]") || has("#done")) import("./drafts.js").then((part) => part.start());
if (has("[data-idle]")) import("./idle.js").then((part) => part.start());
if (has("[data-job]")) import("./job.js").then((part) => part.start());
if (has("[data-map] [data-here]")) import("./map.js").then((part) => part.start());
if (has("[data-proof]")) import("./proof.js").then((part) => part.start());
if (has("form[data-act], [data-enrol], [data-passkey-login]")) import("./keys.js").then((part) => part.start());
if (has("[data-secret-vote], [data-find]")) import("./secret.js").then((part) => part.start());
if (has("[data-own-key], [data-secret-link], [data-own-word]"))
  import("./reporter.js").then((part) => part.start());
if (has("[data-voter]")) import("./voter.js").then((part) => part.start());

// The secret of a link stands behind #, which no server sees; it is taken out of the address bar.
const secretForm = document.querySelector("form[data-secret-link]");
if (secretForm && location.hash.length > 1) {
  secretForm.querySelector("[name=secret]").value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

// The summary of faults takes focus, so that a screen reader begins there.
document.getElementById("errors")?.focus();

// The button of a ballot names the option chosen.
for (const form of document.querySelectorAll("form[data-ballot]")) {
  const button = form.querySelector("button[type=submit]");
  const name = () => {
    const chosen = form.querySelector("input[name=choice]:checked");
    if (chosen) button.textContent = button.dataset[chosen.value];
  };
  form.addEventListener("change", name);
  name();
}

// The reader's own time beside the venue's, where the two differ.
const { lang, dataset } = document.documentElement;
const words = lang === "en" ? "en-GB" : lang;  // the day before the month, as the page has it
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const element of document.querySelectorAll("main time[datetime*=T]")) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.valueOf())) continue;
  const format = (style) => at.toLocaleString(words, { ...style, hourCycle: "h23" });
  element.title = `${format({ dateStyle: "long", timeStyle: "short" })} (${zone})`;
  const own = format({ hour: "2-digit", minute: "2-digit" });
  const shown = element.textContent.match(/\d{1,2}:\d{2}/)?.[0].padStart(5, "0");
  if (!shown || shown === own) continue;
  const beside = document.createElement("span");
  beside.className = "yours quiet small";
  const moment = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  beside.textContent = ` (${dataset.yours}: ${moment})`;
  element.after(beside);
}
