// What the preflight finds out, in words of the page: from the worker's trial and from the way to media.
import { decimal } from "studio/camera/figures.js";
import { checkLine } from "studio/camera/check-line.js";
import { RUNGS } from "studio/camera/ladder.js";

const SLOW_FRAME_MS = 33;
const FAR_MS = 400;
const SPARE = 1.3;

// The rung to begin with: what the line carries with something to spare, one lower where the encoder is slow.
export function firstRung({ bps = Infinity, frameMs = 0 } = {}) {
  const carried = RUNGS.findIndex((rung) => rung.bitrate * SPARE <= bps);
  const byLine = carried < 0 ? RUNGS.length - 1 : carried;
  return Math.max(byLine, frameMs > SLOW_FRAME_MS ? 1 : 0);
}

export function showProbe(list, found) {
  if (!found.picture) list.show("encoder", "bad", "encoder_missing");
  else if (found.frameMs > SLOW_FRAME_MS) list.show("encoder", "warn", "encoder_slow", { ms: decimal(found.frameMs, 0) });
  else list.show("encoder", "good", "encoder_good", { ms: decimal(found.frameMs, 0) });
  if (found.picture) list.show("keys", found.keys ? "good" : "bad", found.keys ? "keys_good" : "keys_bad");
  else list.show("keys", "bad", "keys_none");
  if (!found.sound) list.show("sound", "bad", "sound_missing");
  if (found.sound === "aac") list.show("sound", "good", "sound_aac");
}

// Measures the way, shows it, and returns it; null when there is none.
export async function showLine(list, ask, found) {
  try {
    const way = await checkLine(await ask());
    showSpeed(list, way.bps);
    list.show("delay", way.roundMs > FAR_MS ? "warn" : "good", way.roundMs > FAR_MS ? "delay_far" : "delay_good", { ms: decimal(way.roundMs, 0) });
    if (found.sound === "opus") list.show("sound", way.converts ? "good" : "bad", way.converts ? "sound_opus" : "sound_unconverted");
    return way;
  } catch {
    list.show("upload", "bad", "upload_none");
    list.show("delay", "bad", "delay_none");
    if (found.sound === "opus") list.show("sound", "warn", "sound_unknown");
    return null;
  }
}

function showSpeed(list, bps) {
  const facts = { mbits: decimal(Math.min(bps, 99e6) / 1e6, 1), rung: RUNGS[firstRung({ bps })].name };
  const least = RUNGS.at(-1).bitrate;
  if (bps < least) list.show("upload", "bad", "upload_bad", facts);
  else if (firstRung({ bps })) list.show("upload", "warn", "upload_low", facts);
  else list.show("upload", "good", "upload_good", facts);
}
