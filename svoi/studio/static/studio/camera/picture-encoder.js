// Frames of the camera become H.264: shaped, stamped, dropped when there is too much, a key frame each second.
import { KIND, framed, packed } from "./frames.js";
import { RUNGS, admits, fresh, step } from "./ladder.js";
import { shapeOf } from "./shape.js";
import { TrackClock } from "./track-clock.js";

export const CODEC = "avc1.42e01f";
const KEY_MS = 1000;
const STALL_MS = 500;

export const pictureConfig = ({ outWidth, outHeight }, { bitrate, fps }) => ({
  codec: CODEC, width: outWidth, height: outHeight, bitrate, framerate: fps,
  latencyMode: "realtime", bitrateMode: "variable", avc: { format: "avc" },
});

export class PictureEncoder {
  #clock = new TrackClock();
  #latestMs = -1;
  #keyAtMs = -Infinity;
  #configured = "";
  #reader = null;
  #proven = false;

  // `clock()` is milliseconds since the page began to film; `fault(words)` ends the show from here.
  constructor({ line, clock, fault, framing, rung = 0 }) {
    Object.assign(this, { line, clock, fault, framing, state: fresh(rung), size: null, description: null });
    this.counts = { taken: 0, dropped: 0, octets: 0 };
    this.#makeEncoder();
  }

  get rung() {
    return RUNGS[this.state.rung];
  }

  get load() {
    return { queue: this.encoder.encodeQueueSize, bufferedMs: (this.line.buffered * 8000) / this.rung.bitrate };
  }

  // A new line knows nothing yet: the next frame is a key frame, and goes behind its configuration.
  begin() {
    this.#keyAtMs = -Infinity;
    this.#proven = false;
  }

  // Frames of a track from here on; those of the one before are left alone.
  async follow(readable) {
    this.#reader?.cancel().catch(() => {});
    const reader = (this.#reader = readable.getReader());
    this.#clock = new TrackClock();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) return;
      if (reader === this.#reader) this.take(value);
      else value.close();
    }
  }

  // One VideoFrame, which is closed here in any case.
  take(frame) {
    try {
      if (this.line.isOpen) this.#take(frame);
    } catch (fault) {
      this.fault(String(fault));
    } finally {
      frame.close();
    }
  }

  // Once a second: what was seen, and whether the ladder moved.
  look(ms) {
    const seen = { ...this.load, ...this.counts };
    if (this.line.isOpen) this.state = step(this.state, seen, ms);
    this.counts = { taken: 0, dropped: 0, octets: 0 };
    return { ...seen, rung: this.rung.name, size: this.size };
  }

  #take(frame) {
    const stampMs = Math.round(this.#clock.at(frame.timestamp / 1000, this.clock()));
    if (stampMs <= this.#latestMs || stampMs - this.#latestMs < 700 / this.rung.fps) return;
    if (!admits(this.load)) {
      this.counts.dropped += 1;
      return;
    }
    const shape = shapeOf({ width: frame.displayWidth, height: frame.displayHeight }, this.framing, this.rung.short);
    this.#configure(shape);
    const isKey = stampMs - this.#keyAtMs >= KEY_MS - STALL_MS / this.rung.fps;
    if (isKey) this.#keyAtMs = stampMs;
    this.#latestMs = stampMs;
    this.counts.taken += 1;
    const shaped = this.#shaped(frame, shape, stampMs * 1000);
    this.encoder.encode(shaped, { keyFrame: isKey });
    shaped.close();
  }

  #configure(shape) {
    const wanted = `${shape.outWidth}x${shape.outHeight} ${this.rung.name}`;
    if (wanted === this.#configured) return;
    this.#configured = wanted;
    this.#keyAtMs = -Infinity;
    this.size = { width: shape.outWidth, height: shape.outHeight };
    this.encoder.configure(pictureConfig(shape, this.rung));
  }

  // Cropping copies nothing, and the encoder scales; a frame that lies on its side has to be drawn.
  #shaped(frame, { x, y, width, height, outWidth, outHeight }, timestamp) {
    if (!frame.rotation && frame.codedWidth === frame.displayWidth && frame.format) {
      return new VideoFrame(frame, { visibleRect: { x, y, width, height }, displayWidth: width, displayHeight: height, timestamp });
    }
    if (this.canvas?.width !== outWidth || this.canvas?.height !== outHeight) {
      this.canvas = new OffscreenCanvas(outWidth, outHeight);
      this.pen = this.canvas.getContext("2d", { alpha: false, desynchronized: true });
    }
    this.pen.drawImage(frame, x, y, width, height, 0, 0, outWidth, outHeight);
    return new VideoFrame(this.canvas, { timestamp, alpha: "discard" });
  }

  #makeEncoder() {
    this.encoder = new VideoEncoder({
      output: (chunk, { decoderConfig }) => this.#send(chunk, decoderConfig),
      error: (fault) => this.fault(String(fault)),
    });
  }

  #send(chunk, decoderConfig) {
    const at = Math.round(chunk.timestamp / 1000);
    const isKey = chunk.type === "key";
    if (decoderConfig?.description) this.description = decoderConfig.description;
    if (decoderConfig?.description || (isKey && !this.#proven)) this.line.send(packed(KIND.pictureConfig, at, this.description));
    if (!isKey && !this.#proven) return;
    this.#proven = true;
    const { message, payload } = framed(KIND.picture, at, chunk.byteLength, { key: isKey });
    chunk.copyTo(payload);
    this.line.send(message);
    this.counts.octets += message.byteLength;
  }
}
