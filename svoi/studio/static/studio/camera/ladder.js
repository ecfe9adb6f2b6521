// How large a picture this device and its line can carry: three rungs, down by strain, up again after a calm minute.
// Values in, values out; the encoder asks once a second and before each frame.

export const RUNGS = [
  { name: "720p", short: 720, bitrate: 2_500_000, fps: 30 },
  { name: "540p", short: 540, bitrate: 1_400_000, fps: 30 },
  { name: "360p", short: 360, bitrate: 700_000, fps: 24 },
];
export const QUEUE_MOST = 2;
export const BUFFERED_MS_MOST = 1000;
export const BUFFERED_MS_STRAINED = 500;
export const DROPPED_SHARE_STRAINED = 0.1;
export const STRAIN_MS = 2000;
export const CALM_MS = 60_000;
export const CALM_MS_MOST = 8 * CALM_MS;

export const fresh = (rung = 0) => ({ rung, strainedMs: 0, calmMs: 0, needsMs: CALM_MS, sinceUpMs: Infinity });

// Whether the next frame may be encoded. One that may not is dropped here, never after it was encoded.
export const admits = ({ queue, bufferedMs }) => queue <= QUEUE_MOST && bufferedMs <= BUFFERED_MS_MOST;

export const isStrained = ({ queue, bufferedMs, taken, dropped }) =>
  queue > QUEUE_MOST || bufferedMs > BUFFERED_MS_STRAINED || dropped > DROPPED_SHARE_STRAINED * (taken + dropped);

// The state after another `ms` in which this was seen. A climb that fails at once makes the next one wait twice as long.
export function step(state, seen, ms) {
  const strainedMs = isStrained(seen) ? state.strainedMs + ms : 0;
  const calmMs = isStrained(seen) ? 0 : state.calmMs + ms;
  const sinceUpMs = state.sinceUpMs + ms;
  if (strainedMs >= STRAIN_MS && state.rung < RUNGS.length - 1) {
    const needsMs = sinceUpMs < state.needsMs ? Math.min(2 * state.needsMs, CALM_MS_MOST) : CALM_MS;
    return { rung: state.rung + 1, strainedMs: 0, calmMs: 0, needsMs, sinceUpMs: Infinity };
  }
  if (calmMs >= state.needsMs && state.rung > 0) return { ...state, rung: state.rung - 1, strainedMs: 0, calmMs: 0, sinceUpMs: 0 };
  return { ...state, strainedMs, calmMs, sinceUpMs };
}
