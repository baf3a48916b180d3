// A map that moves. Without script its links show it closer, further and aside; here they do so in
// place, and wheel, drag and keys do the same. What moves at once is the picture that is there; the
// server draws the sharper one when the hand has rested.

const rest_ms = 250;
const keys = { "+": "closer", "=": "closer", "-": "further", 0: "whole", ArrowLeft: "west",
               ArrowRight: "east", ArrowUp: "north", ArrowDown: "south" };

const way_of = (map, name) => map.querySelector(`[data-way="${name}"]`);
const box_of = (svg) => svg.getAttribute("viewBox").split(" ").map(Number);

// The figure and the ways of the page at that address take the places of those that are there.
async function show(map, address) {
  map.dataset.wanted = address;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || map.dataset.wanted !== address) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`[data-map="${CSS.escape(map.dataset.map)}"]`);
  if (!fresh || map.dataset.wanted !== address) return;
  const way = document.activeElement?.dataset?.way;
  map.replaceChildren(...fresh.childNodes);
  history.replaceState(history.state, "", map.querySelector("[data-here]").dataset.here);
  if (way) (way_of(map, way) ?? map.querySelector("[data-way]"))?.focus();
}

// The address of the map `times` as near, moved by parts of the new picture.
function moved(map, times, [right, down]) {
  const address = new URL(map.querySelector("[data-here]").dataset.here, location.href);
  const zoom = Number(address.searchParams.get("zoom") ?? 1) * times;
  address.searchParams.set("zoom", zoom);
  address.searchParams.set("by", `${right.toFixed(3)},${down.toFixed(3)}`);
  return address.href;
}

// Where a point of the screen lies in the picture, as parts of its width and height.
function part_of(svg, event) {
  const frame = svg.getBoundingClientRect();
  return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
}

function follow_wheel(map) {
  let timer = 0;
  map.addEventListener("wheel", (event) => {
    const svg = event.target.closest?.("svg.plot");
    // The wheel scrolls the page; with a key held it moves the map, as maps elsewhere do.
    if (!svg || !(event.ctrlKey || event.altKey)) return;
    event.preventDefault();
    const closer = event.deltaY < 0;
    if (timer !== 0 || !way_of(map, closer ? "closer" : "further")) return;
    const part = part_of(svg, event);
    const size = closer ? 0.5 : 2;
    const [x, y, width, height] = box_of(svg);
    svg.setAttribute("viewBox", [x + width * part[0] * (1 - size), y + height * part[1] * (1 - size),
                                 width * size, height * size].join(" "));
    const by = part.map((one) => (one - 0.5) * (1 - size) / size);
    timer = setTimeout(() => {
      timer = 0;
      show(map, moved(map, 1 / size, by));
    }, rest_ms);
  }, { passive: false });
}

function follow_drag(map) {
  let drag = null;
  map.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.("svg.plot");
    if (svg && event.button === 0 && way_of(map, "further"))
      drag = { svg, box: box_of(svg), from: part_of(svg, event), by: [0, 0] };
  });
  map.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const to = part_of(drag.svg, event);
    drag.by = to.map((one, i) => drag.from[i] - one);
    const [x, y, width, height] = drag.box;
    drag.svg.setAttribute("viewBox", [x + drag.by[0] * width, y + drag.by[1] * height, width, height].join(" "));
  });
  addEventListener("pointerup", () => {
    const far = drag && Math.hypot(...drag.by) > 0.02;
    if (drag && !far) drag.svg.setAttribute("viewBox", drag.box.join(" "));
    if (far) {
      // A drag is no click on the region under it.
      const still = (event) => event.preventDefault();
      addEventListener("click", still, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", still, { capture: true }), 0);
      show(map, moved(map, 1, drag.by));
    }
    drag = null;
  });
}

function start_one(map) {
  map.dataset.liveMap = "";
  map.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-way]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(map, way.href);
  });
  map.addEventListener("keydown", (event) => {
    const way = keys[event.key] && way_of(map, keys[event.key]);
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    show(map, way.href);
  });
  follow_wheel(map);
  follow_drag(map);
}

export function start() {
  for (const map of document.querySelectorAll("[data-map]"))
    if (map.querySelector("[data-here]")) start_one(map);
}
