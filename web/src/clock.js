// Clocks of speakers. The server says how many seconds were used when it made the page; from then on
// a clock that runs is counted here. A speech over its time is marked, in words by the page.

const seen = new WeakMap();

function text(seconds) {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "\u2212" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock][data-running]")) {
    if (!seen.has(clock)) seen.set(clock, Date.now());
    const used = Number(clock.dataset.clock) + Math.floor((Date.now() - seen.get(clock)) / 1000);
    clock.textContent = text(used);
    if (clock.dataset.limit) clock.classList.toggle("over", used > Number(clock.dataset.limit));
  }
}

export function start() {
  setInterval(tick, 500);
}
