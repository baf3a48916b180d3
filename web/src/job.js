// A job that is being computed: what the page says of it is fetched anew every second, and the whole
// page once it has ended. Without script the page looks again by itself.

const wait_ms = 1000;

async function look(part) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-job]");
  if (!fresh) return location.reload();
  if (fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  const state = page.querySelector("main .state");
  document.querySelector("main .state")?.replaceWith(state);
  setTimeout(look, wait_ms, part);
}

export function start() {
  setTimeout(look, wait_ms, document.querySelector("[data-job]"));
}
