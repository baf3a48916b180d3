// Parts of a page that live.
//
// A vote (data-live names it) is followed by its own stream: the counts are put in place as they
// come, a few times a second at most, and the rest of the part is fetched anew when they have rested
// for a while. Anything else names what it listens to in data-refs ("session/s1 list/l1", "*" for
// everything) and is fetched anew when an entry of the journal concerns it.

const wait_ms = 400;
const rest_ms = 4000;

const parts = () => [...document.querySelectorAll("[data-live]")];

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of parts()) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!next) return announce_end();
    if (next.dataset.refs) old.dataset.refs = next.dataset.refs;
    if (next.innerHTML !== old.innerHTML) old.innerHTML = next.innerHTML;
  }
}

// The vote is over: the whole page is another one. The result is announced once.
function announce_end() {
  const address = new URL(location.href);
  address.searchParams.set("done", "vote_closed");
  location.replace(address);
}

// Readers who follow the same vote must not all ask again in the same moment.
function later(timer, wait) {
  clearTimeout(timer);
  return setTimeout(refresh, wait + Math.random() * wait);
}

function show_counts(part, counts) {
  const places = { yes: "yes", no: "no", abstain: "abstain", rest: "absent" };
  for (const [name, count] of Object.entries(places)) {
    const place = part.querySelector(`.tally .${name} strong`);
    if (place) place.textContent = counts[count] ?? 0;
  }
}

function follow_vote(part) {
  let timer = 0;
  let first = true;
  const stream = new EventSource(`/api/stream?vote=${encodeURIComponent(part.dataset.live)}`);
  stream.addEventListener("tally", (event) => {
    const tally = JSON.parse(event.data);
    if (tally.status === "closed") return announce_end();
    show_counts(part, tally.counts);
    if (!first) timer = later(timer, rest_ms);
    first = false;
  });
  return stream;
}

function follow_journal(listening) {
  let timer = 0;
  const stream = new EventSource("/api/stream");
  stream.addEventListener("entry", (event) => {
    const about = JSON.parse(event.data).refs ?? [];
    const refs = listening.flatMap((part) => part.dataset.refs.split(" "));
    if (refs.some((ref) => ref === "*" || about.includes(ref))) timer = later(timer, wait_ms);
  });
  return stream;
}

export function start() {
  const listening = parts().filter((part) => part.dataset.refs);
  // Browsers open few connections to one place: no page needs more than the first votes.
  const votes = parts().filter((part) => !part.dataset.refs).slice(0, 3);
  const streams = votes.map(follow_vote);
  if (listening.length > 0) streams.push(follow_journal(listening));
  addEventListener("pagehide", () => streams.forEach((stream) => stream.close()));
}
