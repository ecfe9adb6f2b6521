// Danmaku of an earlier stretch, read a minute at a time and told once as the picture reaches them.
const WINDOW_MS = 60_000;
const AHEAD_MS = 15_000;
const JUMP_MS = 3000;
const KEPT = 6;
const ANEW_MS = 10_000;

export class DanmakuWindows {
  #windows = new Map();
  #lastMs = null;

  constructor(address) {
    this.address = address;
  }

  // Messages said between the frame asked about before and this one; nothing across a jump.
  due(mediaMs) {
    const since = this.#lastMs;
    this.#lastMs = mediaMs;
    this.#want(mediaMs);
    this.#want(mediaMs + AHEAD_MS);
    if (since === null || mediaMs <= since || mediaMs - since > JUMP_MS) return [];
    const messages = [...new Set([this.#start(since), this.#start(mediaMs)])].flatMap((start) => this.#windows.get(start) ?? []);
    return messages.filter((message) => message.media > since && message.media <= mediaMs);
  }

  #start(mediaMs) {
    return Math.floor(mediaMs / WINDOW_MS) * WINDOW_MS;
  }

  async #want(mediaMs) {
    const start = this.#start(mediaMs);
    if (this.#windows.has(start)) return;
    this.#windows.set(start, []);
    if (this.#windows.size > KEPT) this.#windows.delete(this.#windows.keys().next().value);
    try {
      const answer = await fetch(`${this.address}?from=${start}&to=${start + WINDOW_MS}`);
      if (!answer.ok) throw new Error(String(answer.status));
      this.#windows.set(start, (await answer.json()).messages);
    } catch {
      setTimeout(() => this.#windows.delete(start), ANEW_MS);
    }
  }
}
