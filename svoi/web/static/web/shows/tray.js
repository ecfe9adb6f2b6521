// The tray of the show, which stands on the page twice: beside the picture and in the bag.
import { moneyText } from "ui/js/money.js";
import { say } from "web/shows/words.js";

const SPREAD_MS = 2500;
const rows = (room, id) => room.querySelectorAll(`.tray-row[data-product="${Number(id)}"]`);

// Everybody hears of a change at once; they do not all ask in the same moment.
export function readTray(room, { now = false } = {}) {
  clearTimeout(room.trayTimer);
  room.trayTimer = setTimeout(() => ask(room), now ? 0 : Math.random() * SPREAD_MS);
}

export function nameOf(room, id) {
  return rows(room, id)[0]?.querySelector(".tray-title").textContent ?? "";
}

export function markPinned(room, id) {
  for (const row of room.querySelectorAll(".tray-row")) {
    row.toggleAttribute("data-pinned", id !== null && row.dataset.product === String(id));
  }
}

export function changeTray(room, id, { price_minor, old_price_minor, sold_out }) {
  for (const row of rows(room, id)) {
    row.toggleAttribute("data-sold-out", Boolean(sold_out));
    row.querySelector("[data-price]").textContent = moneyText(price_minor);
    const old = row.querySelector("[data-old-price]");
    old.hidden = !old_price_minor;
    old.querySelector("[data-amount]").textContent = old_price_minor ? moneyText(old_price_minor) : "";
  }
}

async function ask(room) {
  const answer = await fetch(room.dataset.tray);
  if (!answer.ok) return;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".tray");
  for (const place of room.querySelectorAll("[data-tray-place]")) place.replaceChildren(document.importNode(told, true));
  const count = told.querySelectorAll(".tray-row").length;
  room.querySelector("[data-tray-count]").textContent = String(count);
  room.querySelector(".room-bag").setAttribute("aria-label", say("tray", { count }));
}
