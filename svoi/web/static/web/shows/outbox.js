// What I said and what became of it: pending, then shown by the room under its own key, or failed and offered again.
const ANSWER_MS = 10_000;

export class Outbox {
  #entries = new Map();

  // `send(message)` hands it to the room; `onFate(key, state, refusal)` hears pending, failed, sent.
  constructor({ send, onFate }) {
    this.send = send;
    this.onFate = onFate;
  }

  say(key, text, media) {
    this.#entries.set(key, { key, text, media });
    this.#try(key);
  }

  // The same key: said twice, it still stands in the room once.
  again(key) {
    if (this.#entries.has(key)) this.#try(key);
  }

  drop(key) {
    clearTimeout(this.#entries.get(key)?.timer);
    this.#entries.delete(key);
  }

  arrived(key) {
    if (!this.#entries.has(key)) return false;
    this.drop(key);
    this.onFate(key, "sent");
    return true;
  }

  refused(key, refusal) {
    this.#fail(key, refusal);
  }

  // After a reconnection nobody knows what got through; under the same key asking again is safe.
  connected() {
    for (const [key, entry] of this.#entries) if (entry.pending) this.#try(key);
  }

  #try(key) {
    const entry = this.#entries.get(key);
    clearTimeout(entry.timer);
    entry.pending = true;
    entry.timer = setTimeout(() => this.#fail(key, { code: "no_answer" }), ANSWER_MS);
    this.onFate(key, "pending");
    this.send({ k: key, text: entry.text, media: entry.media });
  }

  #fail(key, refusal) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.pending = false;
    this.onFate(key, "failed", refusal);
  }
}
