// Where cards stand: minutes of a day to pixels, and shows at one time side by side.
export const SNAP_MIN = 5;
export const DAY_MIN = 1440;
const HOUR_PX = 60;
const GAP_PX = 2;
const SHORT_PX = 44;

export const wide = matchMedia("(min-width: 900px)");
export const toPixels = (minutes) => (minutes * HOUR_PX) / 60;
export const toMinutes = (pixels) => Math.round((pixels * 60) / HOUR_PX / SNAP_MIN) * SNAP_MIN;
export const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

// What a card says of itself.
export function placeOf(card) {
  const { date, studio } = card.dataset;
  const [start, length, preparation] = [card.dataset.start, card.dataset.length, card.dataset.preparation].map(Number);
  return { date, studio, start, length, preparation };
}

export function lay(board) {
  for (const body of board.querySelectorAll(".cal-body")) layColumn([...body.querySelectorAll(".cal-card")]);
}

function layColumn(cards) {
  if (!wide.matches) return cards.forEach((card) => card.removeAttribute("style"));
  const spans = cards.map((card) => ({ card, ...span(placeOf(card)) })).sort((a, b) => a.from - b.from || b.to - a.to);
  let group = [], end = -1;
  for (const one of spans) {
    if (one.from >= end) group = [];
    const taken = new Set(group.filter((other) => other.to > one.from).map((other) => other.lane));
    one.lane = 0;
    while (taken.has(one.lane)) one.lane += 1;
    one.group = group;
    group.push(one);
    end = Math.max(end, one.to);
  }
  for (const one of spans) {
    const lanes = 1 + Math.max(...one.group.map((other) => other.lane));
    put(one.card, placeOf(one.card));
    one.card.style.left = `calc(${(100 * one.lane) / lanes}% + ${GAP_PX}px)`;
    one.card.style.width = `calc(${100 / lanes}% - ${2 * GAP_PX}px)`;
  }
}

// Height and hour of a card; its column stays as it is.
export function put(card, place) {
  const { from, to, prepared } = span(place);
  const height = toPixels(to - from) - GAP_PX;
  card.style.top = `${toPixels(from)}px`;
  card.style.height = `${height}px`;
  card.style.setProperty("--preparation", `${toPixels(prepared)}px`);
  card.toggleAttribute("data-prepared", prepared > 0);
  card.toggleAttribute("data-short", height - toPixels(prepared) < SHORT_PX);
  card.querySelector("[data-time]").textContent = `${clock(place.start)}–${clock(place.start + place.length)}`;
}

function span({ start, length, preparation }) {
  const from = Math.max(0, start - preparation);
  return { from, to: Math.min(DAY_MIN, start + length), prepared: start - from };
}
