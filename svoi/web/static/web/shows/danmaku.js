// <svoi-danmaku>: messages that fly over the upper third of the picture, each at the media time it was said at.
import { DanmakuWindows } from "web/shows/danmaku-windows.js";
import { player } from "web/shows/parts.js";

const CHOSEN_KEY = "svoi-danmaku";
const CROSSING_S = 7; // of an empty sky; a longer text keeps the same speed and takes longer
const GAP_PX = 32;
const LATE_MS = 4000;
const WAITING_MAX = 200;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 1024px)");

class Danmaku extends HTMLElement {
  #waiting = [];
  #flying = new Set();
  #lanes = [];

  connectedCallback() {
    this.room = this.closest("svoi-room");
    this.windows = new DanmakuWindows(this.dataset.source);
    this.switch = this.room.querySelector("[data-danmaku]");
    this.switch.addEventListener("click", () => this.choose(!this.on));
    this.room.addEventListener("player:frame", ({ detail }) => this.#onFrame(detail.mediaMs));
    this.room.addEventListener("player:state", () => this.#holdOrGo());
    still.addEventListener("change", () => this.#apply());
    this.#apply();
  }

  // Chosen once, kept. Unchosen: beside the chat it would say everything twice, so a phone starts without it.
  get on() {
    if (still.matches) return false;
    const chosen = localStorage.getItem(CHOSEN_KEY);
    return chosen ? chosen === "on" : wide.matches || this.room.dataset.stage === "ended";
  }

  choose(on) {
    localStorage.setItem(CHOSEN_KEY, on ? "on" : "off");
    this.#apply();
  }

  // A message of the present moment.
  feed(message, mine = false) {
    if (!this.on || message.hidden || this.#waiting.length >= WAITING_MAX) return;
    this.#waiting.push({ ...message, mine });
    if (player().mediaTime === null) this.#release(Infinity);
  }

  drop(messageId) {
    this.#waiting = this.#waiting.filter((message) => message.id !== messageId);
    for (const flight of this.#flying) if (flight.id === messageId) flight.animation.cancel();
  }

  #apply() {
    this.switch.hidden = still.matches;
    this.switch.setAttribute("aria-pressed", String(this.on));
    if (!this.on) this.#clear();
  }

  async #onFrame(mediaMs) {
    if (!this.on) return;
    if (player().following) this.#release(mediaMs);
    else for (const message of this.windows.due(mediaMs)) this.#fly(message);
  }

  #release(mediaMs) {
    if (!this.#waiting.length) return;
    const due = this.#waiting.filter((message) => (message.media ?? 0) <= mediaMs);
    this.#waiting = this.#waiting.filter((message) => (message.media ?? 0) > mediaMs);
    for (const message of due) if (mediaMs === Infinity || !message.media || mediaMs - message.media < LATE_MS) this.#fly(message);
  }

  // A full sky takes no more: the chat has every word anyway.
  #fly(message) {
    const lane = this.#freeLane();
    if (lane < 0) return;
    const words = document.createElement("span");
    words.className = message.mine ? "flight flight-mine" : "flight";
    words.textContent = message.text;
    words.style.top = `${lane * this.#laneHeight}px`;
    this.append(words);
    const speed = this.clientWidth / CROSSING_S;
    const animation = words.animate(
      [{ transform: `translateX(${this.clientWidth}px)` }, { transform: `translateX(${-words.offsetWidth}px)` }],
      { duration: ((this.clientWidth + words.offsetWidth) / speed) * 1000, easing: "linear", fill: "both" },
    );
    this.#lanes[lane] = performance.now() + ((words.offsetWidth + GAP_PX) / speed) * 1000;
    const flight = { id: message.id, animation };
    this.#flying.add(flight);
    animation.finished.catch(() => {}).then(() => { words.remove(); this.#flying.delete(flight); });
    if (player().video.paused) animation.pause();
  }

  get #laneHeight() {
    return parseFloat(getComputedStyle(this).lineHeight) + 6;
  }

  #freeLane() {
    const lanes = Math.max(1, Math.floor(this.clientHeight / this.#laneHeight));
    const now = performance.now();
    for (let lane = 0; lane < lanes; lane += 1) if ((this.#lanes[lane] ?? 0) <= now) return lane;
    return -1;
  }

  #holdOrGo() {
    const paused = player().video.paused;
    for (const { animation } of this.#flying) paused ? animation.pause() : animation.play();
  }

  #clear() {
    this.#waiting = [];
    for (const { animation } of this.#flying) animation.cancel();
    this.#lanes = [];
  }
}

customElements.define("svoi-danmaku", Danmaku);
