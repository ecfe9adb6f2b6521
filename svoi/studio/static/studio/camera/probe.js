// What this browser's encoder can do, found out by letting it work for a moment. Runs in the worker.
import { RUNGS } from "./ladder.js";
import { pictureConfig } from "./picture-encoder.js";
import { soundKind } from "./sound-encoder.js";

const FRAMES = 24;
const KEY_EVERY = 8;

// {picture, frameMs, keys, sound}: whether pictures can be encoded, how long one takes, whether key frames come when asked for.
export async function probe() {
  const sound = await soundKind();
  const config = pictureConfig({ outWidth: 720, outHeight: 1280 }, RUNGS[0]);
  if (!("VideoEncoder" in globalThis)) return { picture: false, sound };
  const asked = await VideoEncoder.isConfigSupported(config).catch(() => ({}));
  if (!asked.supported) return { picture: false, sound };
  try {
    return { picture: true, sound, ...(await worked(config)) };
  } catch {
    return { picture: false, sound };
  }
}

async function worked(config) {
  const kinds = [];
  let described = false;
  const encoder = new VideoEncoder({
    output: (chunk, { decoderConfig }) => {
      kinds.push(chunk.type);
      described ||= Boolean(decoderConfig?.description);
    },
    error: () => {},
  });
  encoder.configure(config);
  const canvas = new OffscreenCanvas(config.width, config.height);
  const pen = canvas.getContext("2d", { alpha: false });
  const beganMs = performance.now();
  for (let number = 0; number < FRAMES; number++) {
    while (encoder.encodeQueueSize > 1) await new Promise((done) => setTimeout(done, 2));
    for (let bar = 0; bar < 16; bar++) {
      pen.fillStyle = `hsl(${(bar * 29 + number * 7) % 360} 40% ${30 + bar * 3}%)`;
      pen.fillRect(0, (bar * 80 + number * 20) % 1280, 720, 60);
    }
    const frame = new VideoFrame(canvas, { timestamp: number * 33_333, alpha: "discard" });
    encoder.encode(frame, { keyFrame: number % KEY_EVERY === 0 });
    frame.close();
  }
  await encoder.flush();
  const frameMs = (performance.now() - beganMs) / FRAMES;
  encoder.close();
  const keys = kinds.flatMap((kind, place) => (kind === "key" ? [place] : []));
  return { frameMs, keys: described && keys.join() === "0,8,16" };
}
