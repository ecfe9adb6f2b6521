// The sheets of the control room: each reads itself when it opens and again when the crew's line tells of its matters.
import htmx from "htmx";
import { toast } from "ui/js/toast.js";

const PARTS = {
  plan: ["segment_cued", "rundown_changed"],
  questions: ["question_answered", "message_pinned", "message_unpinned", "message_hidden"],
  notes: ["note_left"],
  polls: ["poll_armed", "poll_fired", "poll_closed"],
  incidents: ["incident_reported"],
  allotments: ["allotment_changed", "tray_changed", "stock_ran_out", "stock_returned"],
  duties: ["duties_set"],
  trend: [],
};
const STEERING = new Set([
  "segment_cued", "control_taken", "control_released", "rundown_changed", "product_pinned", "product_unpinned", "duties_set",
]);
const placeOf = (name) => document.querySelector(`[data-part="${name}"]`);
const isOpen = (place) => Boolean(place?.closest("dialog")?.open);

function read(place) {
  htmx.ajax("GET", place.dataset.address, { source: place, target: place, swap: "innerHTML" });
}

// A fact of the crew: open sheets follow it, unless somebody is writing there.
export function hearCrew(fact, me) {
  for (const [name, kinds] of Object.entries(PARTS)) {
    const place = kinds.includes(fact.kind) ? placeOf(name) : null;
    if (isOpen(place) && !place.contains(document.activeElement?.closest("input, textarea, select"))) read(place);
  }
  if (isOpen(placeOf("log"))) read(placeOf("log"));
  if (fact.kind === "note_left" && String(fact.by_id) !== me) markNotes(!isOpen(placeOf("notes")));
  if (STEERING.has(fact.kind)) document.dispatchEvent(new CustomEvent("studio:control"));
  if (fact.kind === "control_taken" && String(fact.from_id) === me) tellLost();
}

// The panel has just been asked to read itself: what it says once it is hers no longer is told aloud.
function tellLost() {
  const heard = new AbortController();
  document.addEventListener("htmx:after:swap", () => {
    if (document.querySelector(".steer-hold[data-mine]")) return;
    heard.abort();
    toast(document.querySelector(".steer-who").textContent.trim());
  }, { signal: heard.signal });
}

function markNotes(shown) {
  document.querySelector('[data-mark="notes"]').hidden = !shown;
}

document.addEventListener("sheet:opened", ({ target }) => {
  const place = target.querySelector("[data-part]");
  if (!place) return;
  target.querySelector("[data-notice]").replaceChildren();
  read(place);
  if (place.dataset.part === "notes") markNotes(false);
});

// What was refused is said where the reader is: an open sheet lies over the console's notice.
document.addEventListener("htmx:after:swap", () => {
  const notice = document.getElementById("studio-notice");
  const place = document.querySelector("dialog[open] [data-notice]");
  if (place && notice?.childElementCount) place.replaceChildren(...notice.children);
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-close-notice]")) target.closest("[data-notice]")?.replaceChildren();
});
document.addEventListener("htmx:before:request", ({ detail }) => {
  if (detail.ctx.request.method !== "GET") document.querySelector("dialog[open] [data-notice]")?.replaceChildren();
});
