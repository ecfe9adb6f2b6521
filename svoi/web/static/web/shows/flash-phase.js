// What the card of a flash deal shows at a moment: pure values. The page's first phase comes from flash_parts.py.

export const LINGERS_MS = 60_000; // how long the end of a deal stays on the screen

// flash: the room's deal or null; mine: { deal_id, quantity, until, order, lapsed } or null.
export function phaseOf(flash, mine, nowMs) {
  if (!flash) return "none";
  if (mine?.deal_id === flash.deal_id) return hers(flash, mine, nowMs);
  const goesOn = flash.closed_for === "";
  if (goesOn && nowMs < flash.opens_at) return "countdown";
  if (goesOn && nowMs < flash.ends_at) return "running";
  if (nowMs >= flash.ends_at + LINGERS_MS) return "none";
  return flash.closed_for === "sold_out" ? "sold_out" : "over";
}

// The moment the clock of a phase runs towards, in Unix milliseconds; null where nothing ends.
export function endOf(phase, flash, mine) {
  return { countdown: flash?.opens_at, running: flash?.ends_at, mine: mine?.until }[phase] ?? null;
}

export function clockText(leftMs) {
  const left = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function hers(flash, mine, nowMs) {
  if (!mine.order && !mine.lapsed && nowMs < mine.until) return "mine";
  if (nowMs >= Math.max(flash.ends_at, mine.until) + LINGERS_MS) return "none";
  return mine.order ? "ordered" : "ran_out";
}
