// The page's line to its room: a fresh ticket for each connection, resumed by the last numbers that were heard,
// read-only over EventSource where no WebSocket gets through.
//
// Events: "state" { state: connecting | live | reconnecting | offline, readOnly }, "frame" (a message of the gateway),
// "fresh" (the room read anew, because too much was missed).

import { eventLine, socketLine } from "web/shows/room-line.js";

const BEAT_MS = 10_000;
const ANSWER_MS = 15_000;
const AGAIN_FIRST_MS = 800;
const AGAIN_MOST_MS = 15_000;
const SOCKET_TRIES = 3;
const SOCKET_AGAIN_MS = 120_000;
const SEQUENCES = { fact: "facts", chat: "chat" };

export class RoomSocket extends EventTarget {
  #line = null; // what is open now: { close(), send(text)? }
  #tries = 0;
  #failed = 0; // WebSockets that never greeted, in a row
  #timers = {};
  #attempt = 0;

  // `ticket()` asks for { ticket, gateway, sse }; `fresh()` for room.json; `cursor` is { facts, chat };
  // `watching()` tells { media, playing } of the player.
  constructor({ ticket, fresh, cursor, watching }) {
    super();
    Object.assign(this, { ticket, fresh, watching, cursor: { facts: cursor.facts, chat: cursor.chat } });
    this.state = "offline";
  }

  start() {
    addEventListener("online", this.#onOnline);
    addEventListener("offline", this.#onOffline);
    addEventListener("pageshow", this.#onShown);
    this.#open("connecting");
  }

  stop() {
    removeEventListener("online", this.#onOnline);
    removeEventListener("offline", this.#onOffline);
    removeEventListener("pageshow", this.#onShown);
    this.#hangUp();
    this.#say("offline");
  }

  // Hands { k, text, media } to the room; false when nobody is there to take it. Its frame with the same `k` is the answer.
  say({ k, text, media = null }) {
    return this.#send({ t: "say", k, text, media });
  }

  // Sends a heart; false when nobody is there to take it. The next count is the answer.
  react() {
    return this.#send({ t: "react" });
  }

  // Hands a claim to the room; false when nobody is there to take it. The frame "claim" with the same `k` is the answer.
  claim({ k, kind, id, quantity }) {
    return this.#send({ t: "claim", k, kind, id, quantity });
  }

  #onOnline = () => this.state !== "live" && this.#open("reconnecting");

  // A page taken back from the browser's memory comes with a dead line.
  #onShown = ({ persisted }) => persisted && this.#open("reconnecting");

  #onOffline = () => {
    this.#hangUp();
    this.#say("offline");
  };

  async #open(state) {
    this.#hangUp();
    this.#say(state);
    const attempt = this.#attempt;
    try {
      const told = await this.ticket();
      if (attempt === this.#attempt) this.#connect(told);
    } catch {
      if (attempt === this.#attempt) this.#again();
    }
  }

  #connect({ ticket, gateway, sse }) {
    const { facts, chat } = this.cursor;
    const asked = new URLSearchParams({ ticket, facts, chat });
    const readOnly = this.#failed >= SOCKET_TRIES && Boolean(sse);
    if (readOnly) this.#timers.socket = setTimeout(() => this.#trySocket(), SOCKET_AGAIN_MS);
    this.#line = (readOnly ? eventLine : socketLine)(`${readOnly ? sse : gateway}?${asked}`, {
      hear: (data) => this.#hear(data),
      lost: () => this.#lost(readOnly),
    });
    this.#expectAnswer();
  }

  #trySocket() {
    this.#failed = SOCKET_TRIES - 1;
    this.#open("reconnecting");
  }

  #hear(data) {
    clearTimeout(this.#timers.answer);
    const attempt = this.#attempt;
    for (const line of data.split("\n")) if (line && attempt === this.#attempt) this.#take(JSON.parse(line));
  }

  #take(frame) {
    if (frame.t === "stale") return void this.#readAfresh();
    if (frame.t === "hello") this.#greeted(frame);
    if (frame.t === "beat") this.#beatLater(frame.token);
    const sequence = SEQUENCES[frame.t];
    if (sequence === "facts" && frame.n <= this.cursor.facts) return;
    if (sequence) this.cursor[sequence] = Math.max(this.cursor[sequence], frame.n);
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  #greeted({ beat }) {
    this.#tries = 0;
    if (this.#line.send) this.#failed = 0;
    this.#say("live");
    this.#beatLater(beat);
  }

  // The token is given back once, honestly: whether the picture moves and is on the screen is told, not assumed.
  #beatLater(token) {
    if (!this.#line?.send) return;
    clearTimeout(this.#timers.beat);
    this.#timers.beat = setTimeout(() => {
      const { media = null, playing = false } = this.watching?.() ?? {};
      const visible = document.visibilityState === "visible";
      if (this.#send({ t: "beat", token, media: media === null ? null : Math.round(media), playing, visible })) {
        this.#expectAnswer();
      }
    }, BEAT_MS);
  }

  // A phone that changed its network keeps a socket that looks open; only an answer proves that it is.
  #expectAnswer() {
    clearTimeout(this.#timers.answer);
    this.#timers.answer = setTimeout(() => this.#lost(!this.#line?.send), ANSWER_MS);
  }

  async #readAfresh() {
    this.#hangUp();
    this.#say("reconnecting");
    const attempt = this.#attempt;
    try {
      const room = await this.fresh();
      if (attempt !== this.#attempt) return;
      this.cursor = { facts: room.facts, chat: room.chat };
      this.dispatchEvent(new CustomEvent("fresh", { detail: room }));
    } finally {
      if (attempt === this.#attempt) this.#again();
    }
  }

  #lost(readOnly) {
    if (!readOnly && this.state !== "live") this.#failed += 1;
    this.#again();
  }

  // Everybody lost the same gateway at the same moment, so everybody waits a moment of her own.
  #again() {
    this.#hangUp();
    this.#say(navigator.onLine === false ? "offline" : "reconnecting");
    const most = Math.min(AGAIN_MOST_MS, AGAIN_FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    this.#timers.again = setTimeout(() => this.#open("reconnecting"), most * (0.25 + Math.random() * 0.75));
  }

  #hangUp() {
    this.#attempt += 1;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#line?.close();
    this.#line = null;
  }

  #send(message) {
    return this.state === "live" && Boolean(this.#line?.send?.(JSON.stringify(message)));
  }

  #say(state) {
    const readOnly = state === "live" && !this.#line?.send;
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, readOnly } }));
  }
}
