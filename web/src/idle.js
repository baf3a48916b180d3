// A login that rests ends. Ten minutes before that the page says so, and one button keeps it: what
// the person does here or in another window puts the end off.

const warn_ms = 10 * 60 * 1000;
const key = "veche-last-asked";

export function start() {
  const note = document.querySelector("[data-idle]");
  const idle_ms = Number(note.dataset.idle) * 60 * 1000;
  const asked = () => {
    try {
      localStorage.setItem(key, String(Date.now()));
    } catch {
      // Without storage the windows do not know of each other; each warns for itself.
    }
  };
  const loaded = Date.now();
  const last = () => {
    try {
      return Math.max(loaded, Number(localStorage.getItem(key)));
    } catch {
      return loaded;
    }
  };
  asked();
  const look = () => {
    const end = last() + idle_ms;
    note.hidden = Date.now() < end - warn_ms;
    if (!note.hidden)
      note.querySelector("[data-ends]").textContent = new Date(end).toLocaleTimeString(
        document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  };
  note.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch("/api/me").catch(() => null);
    if (!answer?.ok) return;
    asked();
    look();
  });
  setInterval(look, 30 * 1000);
}
