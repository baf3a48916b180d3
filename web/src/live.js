// Running votes: when an entry of the journal concerns one, the page's sections about it are fetched
// anew and put in place. Nothing else of the page moves.

const wait_ms = 400;

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!next) return announce_end();
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
  const votes = new Set([...document.querySelectorAll("[data-live]")].map((e) => `vote/${e.dataset.live}`));
  let timer = 0;
  const stream = new EventSource("/api/stream");
  stream.addEventListener("entry", (event) => {
    const entry = JSON.parse(event.data);
    if (!(entry.refs ?? []).some((ref) => votes.has(ref))) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, wait_ms);
  });
  addEventListener("pagehide", () => stream.close());
}
