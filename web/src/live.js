// Parts of a page that live: when an entry of the journal concerns one, it is fetched anew and put in
// place. Nothing else of the page moves. A part names what it listens to in data-refs ("session/s1
// list/l1", "*" for everything); without it, it is the vote that data-live names.

const wait_ms = 400;

const parts = () => [...document.querySelectorAll("[data-live]")];
const refs_of = (part) => (part.dataset.refs ?? `vote/${part.dataset.live}`).split(" ");

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

export function start() {
  let timer = 0;
  const stream = new EventSource("/api/stream");
  stream.addEventListener("entry", (event) => {
    const about = JSON.parse(event.data).refs ?? [];
    const concerned = parts().flatMap(refs_of).some((ref) => ref === "*" || about.includes(ref));
    if (!concerned) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, wait_ms);
  });
  addEventListener("pagehide", () => stream.close());
}
