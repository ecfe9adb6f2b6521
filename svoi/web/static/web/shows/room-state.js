// The room as values: a page rendered fresh equals the page rendered before plus every frame told since.
//
// The state is what GET /shows/<id>/room.json answers: { show, state, facts, chat, started_at, ended_at, pin,
// flash, messages, policy, sold, viewers, reactions, envelopes, pinned_message, poll }, and `signal` (whether pictures arrive) where the server tells it.

export const MESSAGES_KEPT = 100;

// The state after one frame of the gateway; the same object when the frame changes nothing.
export function apply(state, frame) {
  if (frame.t === "hello") return { ...state, policy: frame.policy };
  if (frame.t === "count") return withCount(state, frame);
  if (frame.t === "chat") return frame.n > state.chat ? withMessage(state, frame) : state;
  if (frame.t === "fact") return frame.n > state.facts ? withFact(state, frame) : state;
  return state;
}

// After the end nobody is counted any more, though the recording may be watched.
function withCount(state, { viewers, reactions = state.reactions }) {
  if (state.state === "ended" || (state.viewers === viewers && state.reactions === reactions)) return state;
  return { ...state, viewers, reactions };
}

function withMessage(state, { t, ...message }) {
  return { ...state, chat: message.n, messages: [...state.messages, message].slice(-MESSAGES_KEPT) };
}

function withFact(state, fact) {
  const change = FACTS[fact.kind];
  return { ...state, ...(change ? change(state, fact) : {}), facts: fact.n };
}

const PIN_FIELDS = [
  "pin_id", "product_id", "variant_id", "title_ru", "title_en", "price_minor", "old_price_minor", "picture", "sold_out",
  "media_at",
];
const CARD_FIELDS = ["variant_id", "price_minor", "old_price_minor", "sold_out"];
const FLASH_FIELDS = [
  "deal_id", "product_id", "variant_id", "title_ru", "title_en", "picture", "price_minor", "lowest_minor", "currency",
  "quantity", "per_person", "opens_at", "ends_at",
];
const GIFT_FIELDS = [
  "envelope_id", "reference", "mode", "total", "shares", "greeting", "name", "commitment", "expires_at",
];
const POLL_FIELDS = ["poll_id", "question_ru", "question_en", "options", "closes_at"];
const picked = (names, fact) => Object.fromEntries(names.map((name) => [name, fact[name]]));

// What each fact changes. A kind that is not here takes its place in the sequence and nothing else.
const FACTS = {
  show_started: (state, fact) => ({ state: "live", started_at: fact.started_at ?? fact.at }),
  show_ended: (state, fact) => ({
    state: "ended",
    ended_at: fact.ended_at ?? fact.at,
    viewers: 0,
    policy: { ...state.policy, open: false },
  }),
  break_started: () => ({ state: "break" }),
  break_ended: (state) => ({ state: state.signal === false ? "reconnecting" : "live" }),
  signal_lost: (state) => signal(state, false, "live", "reconnecting"),
  signal_restored: (state) => signal(state, true, "reconnecting", "live"),
  product_pinned: (state, fact) => ({ pin: picked(PIN_FIELDS, fact) }),
  product_unpinned: (state, fact) => (state.pin?.pin_id === fact.pin_id ? { pin: null } : {}),
  price_changed: card,
  stock_ran_out: card,
  stock_returned: card,
  someone_bought: (state) => ({ sold: state.sold + 1 }),
  flash_fired: (state, fact) => (
    state.flash?.deal_id >= fact.deal_id
      ? {}
      : { flash: { ...picked(FLASH_FIELDS, fact), left: fact.quantity, closed_for: "" } }
  ),
  flash_taken: (state, { deal_id, left }) => flash(state, deal_id, { left: Math.min(left, state.flash?.left) }),
  flash_over: (state, { deal_id, closed_for }) => flash(state, deal_id, { closed_for }),
  envelope_sent: (state, fact) => ({ envelopes: withGift(state.envelopes, fact) }),
  shares_taken: (state, { envelope_id: id, shares_left: left }) => ({
    envelopes: state.envelopes.map((one) => (one.envelope_id === id && left < one.shares_left ? { ...one, shares_left: left } : one)),
  }),
  envelope_closed: (state, { envelope_id: id }) => ({ envelopes: state.envelopes.filter((one) => one.envelope_id !== id) }),
  chat_policy_changed: (state, { slow_mode_s, length_max, open }) => ({
    policy: { slow_mode_s, length_max, open: open && state.state !== "ended" },
  }),
  message_pinned: (state, { message_id: id }) => ({ pinned_message: said(state, id) }),
  message_unpinned: (state, { message_id: id }) => (state.pinned_message?.id === id ? { pinned_message: null } : {}),
  poll_fired: (state, fact) => (
    state.poll?.poll_id >= fact.poll_id ? {} : { poll: { ...picked(POLL_FIELDS, fact), results: null } }
  ),
  poll_closed: (state, { poll_id: id, raw, counted }) => (
    state.poll?.poll_id === id ? { poll: { ...state.poll, results: { raw, counted } } } : {}
  ),
  message_hidden: (state, { message_id: id }) => ({
    ...(state.pinned_message?.id === id ? { pinned_message: null } : {}),
    messages: state.messages.map((message) => (message.id === id ? { n: message.n, id, hidden: true } : message)),
  }),
};

// One that a fresh page knew before its fact was numbered stays as that page knows it.
function withGift(envelopes, fact) {
  if (envelopes.some((one) => one.envelope_id === fact.envelope_id)) return envelopes;
  const gift = { ...picked(GIFT_FIELDS, fact), shares_left: fact.shares };
  return [...envelopes, gift].sort((one, other) => one.envelope_id - other.envelope_id);
}

// Only one of the latest messages is pinned, so its words are known here; a hidden one has none.
function said(state, id) {
  const message = state.messages.find((one) => one.id === id);
  if (!message || message.hidden) return state.pinned_message?.id === id ? state.pinned_message : null;
  return { id, name: message.by.name, role: message.by.role, text: message.text };
}

// Pictures come and go during a break as well; then only the flag changes.
function signal(state, arrives, from, to) {
  const known = "signal" in state ? { signal: arrives } : {};
  return state.state === from ? { ...known, state: to } : known;
}

// What is left only grows less, in whatever order it is heard.
function flash(state, id, change) {
  return state.flash?.deal_id === id ? { flash: { ...state.flash, ...change } } : {};
}

function card(state, fact) {
  return state.pin?.product_id === fact.product_id ? { pin: { ...state.pin, ...picked(CARD_FIELDS, fact) } } : {};
}
