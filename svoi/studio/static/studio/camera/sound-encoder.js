// Sound of the microphone becomes AAC, or Opus where the browser has no AAC; or the word that there is none.
import { KIND, framed, packed } from "./frames.js";
import { TrackClock } from "./track-clock.js";

const BITRATE = 96_000;
const CODECS = { aac: "mp4a.40.2", opus: "opus" };

export const soundConfig = (kind, sampleRate, numberOfChannels) => ({ codec: CODECS[kind], sampleRate, numberOfChannels, bitrate: BITRATE });

// "aac", "opus" or "": what this browser can make of sound.
export async function soundKind() {
  if (!("AudioEncoder" in globalThis)) return "";
  for (const kind of ["aac", "opus"]) {
    const asked = await AudioEncoder.isConfigSupported(soundConfig(kind, 48_000, 1)).catch(() => ({}));
    if (asked.supported) return kind;
  }
  return "";
}

export class SoundEncoder {
  #clock = new TrackClock();
  #reader = null;
  #encoder = null;
  #form = "";
  #given = 0;
  #made = 0;
  #anchor = null;
  #latestMs = -1;

  constructor({ line, clock, fault, kind }) {
    Object.assign(this, { line, clock, fault, kind, isSilent: true });
  }

  // A new line knows nothing yet: the encoder begins anew, and tells its configuration again.
  begin() {
    this.#form = "";
    if (this.isSilent) this.line.send(packed(KIND.noSound, Math.max(0, Math.round(this.clock()))));
  }

  silence() {
    this.#reader?.cancel().catch(() => {});
    this.#reader = null;
    this.isSilent = true;
    this.begin();
  }

  async follow(readable) {
    this.#reader?.cancel().catch(() => {});
    const reader = (this.#reader = readable.getReader());
    this.#start();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) return;
      if (reader === this.#reader) this.take(value);
      else value.close();
    }
  }

  // Samples of an audio worklet, where tracks cannot be read: {samples, rate, at} with `at` in milliseconds of its own clock.
  listen(port) {
    this.#reader?.cancel().catch(() => {});
    this.#reader = { cancel: async () => { port.onmessage = null; port.close(); } };
    this.#start();
    port.onmessage = ({ data: { samples, rate, at } }) => this.take(new AudioData({
      format: "f32-planar", sampleRate: rate, numberOfChannels: 1, numberOfFrames: samples.length, timestamp: Math.round(at * 1000), data: samples,
    }));
  }

  // One AudioData, which is closed here in any case.
  take(sound) {
    try {
      if (this.line.isOpen) this.#take(sound);
    } catch (fault) {
      this.fault(String(fault));
    } finally {
      sound.close();
    }
  }

  #start() {
    this.isSilent = false;
    this.#clock = new TrackClock();
    this.#form = "";
  }

  #take(sound) {
    const form = `${sound.sampleRate}/${sound.numberOfChannels}`;
    if (form !== this.#form) this.#configure(form, sound);
    const lengthMs = (sound.numberOfFrames * 1000) / sound.sampleRate;
    const endMs = this.#clock.at(sound.timestamp / 1000 + lengthMs, this.clock());
    // What goes into the encoder is counted, so that what comes out of it can be given its time whatever it stamps itself.
    this.#anchor = { place: this.#given, atMs: endMs - lengthMs, rate: sound.sampleRate };
    this.#given += sound.numberOfFrames;
    this.#encoder.encode(sound);
  }

  #configure(form, { sampleRate, numberOfChannels }) {
    this.#form = form;
    if (this.#encoder && this.#encoder.state !== "closed") this.#encoder.close();
    const encoder = (this.#encoder = new AudioEncoder({
      output: (chunk, { decoderConfig }) => encoder === this.#encoder && this.#send(chunk, decoderConfig),
      error: (fault) => this.fault(String(fault)),
    }));
    this.#given = this.#made = 0;
    encoder.configure(soundConfig(this.kind, sampleRate, numberOfChannels));
  }

  #send(chunk, decoderConfig) {
    const { place, atMs, rate } = this.#anchor;
    const at = Math.max(Math.round(atMs + ((this.#made - place) * 1000) / rate), this.#latestMs + 1, 0);
    this.#made += chunk.duration ? (chunk.duration * rate) / 1e6 : this.kind === "aac" ? 1024 : rate / 50;
    this.#latestMs = at;
    const [config, data] = this.kind === "aac" ? [KIND.aacConfig, KIND.aac] : [KIND.opusConfig, KIND.opus];
    if (decoderConfig) this.line.send(packed(config, at, decoderConfig.description));
    const { message, payload } = framed(data, at, chunk.byteLength);
    chunk.copyTo(payload);
    this.line.send(message);
  }
}
