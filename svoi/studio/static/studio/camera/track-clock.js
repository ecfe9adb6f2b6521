// Camera and microphone stamp by clocks of their own, each from a moment of its own. Both are read against one: whatever came
// with the least delay lately tells how far a track's clock is from ours.
const WINDOW_MS = 5000;

export class TrackClock {
  #began = -Infinity;
  #now = Infinity;
  #before = Infinity;

  // The moment by our clock at which something stamped `stampMs` was over; `nowMs` is when it came here.
  at(stampMs, nowMs) {
    if (nowMs - this.#began > WINDOW_MS) {
      this.#before = this.#now;
      this.#now = Infinity;
      this.#began = nowMs;
    }
    this.#now = Math.min(this.#now, nowMs - stampMs);
    return stampMs + Math.min(this.#now, this.#before);
  }
}
