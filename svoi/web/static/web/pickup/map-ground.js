// What the points stand on: paper, streets when there are tiles, two buttons, and heaps where points are close.
import { L } from "web/pickup/map-library.js";

export const CLOSEST_ZOOM = 18;
const START = { place: [55.75, 37.62], zoom: 4 };
const HEAP_PX = 56;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function paper(ground, { closer, farther }) {
  const moves = !calm();
  const map = L.map(ground, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, worldCopyJump: true, minZoom: 2, maxZoom: CLOSEST_ZOOM,
    inertia: moves, zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves,
  });
  L.control.zoom({ zoomInTitle: closer, zoomOutTitle: farther }).addTo(map);
  // The wheel scrolls the page until the map is what she is busy with.
  ground.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  ground.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  return map.setView(START.place, START.zoom);
}

// Calls `say(true)` when there are no streets to see, `say(false)` when some came after all.
export function streets(map, tiles, say) {
  if (!tiles) return say(true);
  let came = false;
  L.tileLayer(tiles, { maxZoom: CLOSEST_ZOOM })
    .on("tileload", () => { came = true; say(false); })
    .on("tileerror", () => { if (!came) say(true); })
    .addTo(map);
}

export function heaps(map, markOf) {
  return L.markerClusterGroup({
    showCoverageOnHover: false, animate: !calm(), maxClusterRadius: HEAP_PX, iconCreateFunction: markOf,
  }).addTo(map);
}

// The map's styles, once a page; Leaflet cannot measure anything without them.
const sheets = new Map();

export function styled(address) {
  if (!sheets.has(address)) sheets.set(address, new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done });
    link.onerror = () => { sheets.delete(address); link.remove(); failed(new TypeError("no styles")); };
    document.head.append(link);
  }));
  return sheets.get(address);
}
