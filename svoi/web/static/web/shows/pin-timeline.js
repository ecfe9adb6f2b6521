// Which product was shown at which media time: pure values, so that two viewers agree whatever their delay.

// Without pictures (a break, a lost signal) a pin must not wait for a frame that never comes.
export const WITHOUT_PICTURE_MS = 3000;

export class PinTimeline {
  // spans: [{ pin_id, product_id, from, until, … }] in the order of pinning; the last one may stand still.
  constructor(spans = []) {
    this.spans = spans.map((span) => ({ ...span }));
  }

  pin({ media_at, ...card }) {
    if (this.spans.some((span) => span.pin_id === card.pin_id)) return;
    this.#close(media_at);
    this.spans.push({ ...card, from: media_at, until: null });
  }

  unpin({ pin_id, media_at }) {
    const span = this.spans.find((one) => one.pin_id === pin_id);
    if (span && span.until === null) span.until = media_at;
  }

  // A room read afresh says only what stands now; what happened meanwhile is closed at this moment.
  agree(pin, atMs) {
    if (pin) this.pin(pin);
    else this.#close(atMs);
  }

  // Prices and stock are of today, also on what was shown before.
  change(productId, facts) {
    for (const span of this.spans) if (span.product_id === productId) Object.assign(span, facts);
  }

  get standing() {
    const latest = this.spans.at(-1);
    return latest && latest.until === null ? latest : null;
  }

  // The pin of a media time; of the present where no media time is known.
  at(mediaMs) {
    if (mediaMs === null) return this.standing;
    return this.spans.findLast((span) => span.from <= mediaMs && (span.until === null || mediaMs < span.until)) ?? null;
  }

  #close(atMs) {
    const latest = this.standing;
    if (latest) latest.until = atMs;
  }
}

// The moment whose pin is shown: the frame on the screen; a little behind the clock while no frames come.
export function shownMoment({ mediaMs, frames, follows, nowMs }) {
  if (mediaMs === null || frames || !follows) return mediaMs;
  return Math.max(mediaMs, nowMs - WITHOUT_PICTURE_MS);
}
