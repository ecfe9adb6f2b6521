// What each fact of the room changes on the page, beyond the values that room-state.js keeps.
import { readTray, nameOf, changeTray, markPinned } from "web/shows/tray.js";
import { player } from "web/shows/parts.js";
import { say } from "web/shows/words.js";

const NEWS = {
  product_pinned(room, fact) {
    room.pin.pin(fact);
    markPinned(room, fact.product_id);
  },
  product_unpinned(room, fact) {
    room.pin.unpin(fact);
    if (!room.state.pin) markPinned(room, null);
  },
  price_changed: card,
  stock_ran_out: card,
  stock_returned: card,
  tray_changed: (room) => readTray(room),
  signal_restored: () => player().lookAgain(),
  message_hidden(room, { message_id: id }) {
    room.chat.hide(id);
    room.danmaku.drop(id);
  },
  someone_bought(room, { name, product_id: id }) {
    const product = nameOf(room, id);
    if (product) room.chat.system(name ? say("bought_named", { name, product }) : say("bought", { product }));
  },
  envelope_sent(room, { name }) {
    if (name) room.say(say("gift", { name }));
  },
  member_muted(room, fact) {
    if (String(fact.member_id) === room.chat.dataset.me) room.composer.mute(mutedWords(fact.until));
  },
  member_unmuted(room, fact) {
    if (String(fact.member_id) === room.chat.dataset.me) room.composer.mute("");
  },
};

export function news(room, fact) {
  NEWS[fact.kind]?.(room, fact);
}

function card(room, { product_id: id, ...facts }) {
  const { price_minor, old_price_minor, sold_out } = facts;
  room.pin.change(id, { price_minor, old_price_minor, sold_out });
  changeTray(room, id, { price_minor, old_price_minor, sold_out });
}

export function mutedWords(until) {
  const at = new Date(until ?? "");
  if (Number.isNaN(at.getTime())) return say("muted_for_good");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  return say("muted", { until: clock.format(at) });
}
