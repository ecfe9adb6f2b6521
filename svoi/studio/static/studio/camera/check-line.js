// The way to media, measured before the show: real bytes and echoes over the line pictures will take. It takes no show.
import { KIND, packed } from "studio/camera/frames.js";

const LOAD_BYTES = 32 << 10;
const LOAD_MS = 2500;
const LOAD_BYTES_MOST = 3 << 20;
const AHEAD_BYTES = 256 << 10;
const ECHOES = 5;
const ANSWER_MS = 6000;

// {converts, roundMs, bps}; throws when there is no way, with a `code` where media said why.
export async function checkLine({ ticket, address }) {
  const line = new Checking(address);
  try {
    await line.opened;
    line.say({ t: "hello", aim: "check", ticket });
    const { converts } = await line.hear("ready");
    const roundMs = await line.round();
    return { converts, roundMs, bps: await line.speed() };
  } finally {
    line.socket.close(1000);
  }
}

class Checking {
  #waiting = new Map();

  constructor(address) {
    const socket = (this.socket = new WebSocket(address));
    this.took = { octets: 0, ms: 0 };
    this.opened = this.#within(new Promise((done, fail) => {
      socket.onopen = done;
      socket.onerror = socket.onclose = () => this.#fail(new Error("no way"), fail);
    }));
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(data));
  }

  say(told) {
    this.socket.send(JSON.stringify(told));
  }

  hear(kind) {
    return this.#within(new Promise((done, fail) => this.#waiting.set(kind, { done, fail })));
  }

  // The middle one of a few, so that one hiccup does not count.
  async round() {
    const took = [];
    for (let number = 0; number < ECHOES; number++) {
      const beganMs = performance.now();
      this.say({ t: "echo", at: beganMs });
      await this.hear("echo");
      took.push(performance.now() - beganMs);
    }
    return took.sort((one, other) => one - other)[ECHOES >> 1];
  }

  async speed() {
    const load = packed(KIND.load, 0, crypto.getRandomValues(new Uint8Array(LOAD_BYTES)));
    const beganMs = performance.now();
    let sent = 0;
    while (performance.now() - beganMs < LOAD_MS && sent < LOAD_BYTES_MOST && this.socket.readyState === WebSocket.OPEN) {
      if (this.socket.bufferedAmount < AHEAD_BYTES) {
        this.socket.send(load);
        sent += LOAD_BYTES;
      } else {
        await new Promise((done) => setTimeout(done, 5));
      }
    }
    while (this.took.octets + LOAD_BYTES < sent && performance.now() - beganMs < 2 * LOAD_MS) await this.hear("took");
    return (this.took.octets * 8000) / Math.max(this.took.ms, 1);
  }

  #heard(told) {
    if (told.t === "took") this.took = told;
    if (told.t === "refused") this.#fail(Object.assign(new Error(told.code), { code: told.code }));
    this.#waiting.get(told.t)?.done(told);
    this.#waiting.delete(told.t);
  }

  #fail(fault, also) {
    also?.(fault);
    for (const { fail } of this.#waiting.values()) fail(fault);
    this.#waiting.clear();
  }

  #within(promise) {
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no answer")), ANSWER_MS));
    return Promise.race([promise, late]);
  }
}
