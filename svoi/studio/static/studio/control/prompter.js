// <svoi-prompter>: what is said now, on a device of its own. It follows the crew's line, and htmx asks every few seconds besides.
import "htmx";
import "ui/js/htmx-setup.js";
import "studio/control/left.js";
import { noteServerNow } from "ui/js/clock.js";
import { csrfToken } from "ui/js/htmx-setup.js";
import { RoomSocket } from "web/shows/room-socket.js";

const KEPT = "svoi-prompter";
const NEWS = new Set(["segment_cued", "note_left", "rundown_changed", "show_started", "show_ended"]);
const SIZE_MIN = 60, SIZE_MAX = 240, SIZE_STEP = 20;
const STEP_SHARE = 0.35;

class Prompter extends HTMLElement {
  connectedCallback() {
    this.kept = { size: 100, mirror: false, speed: 4, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
    this.speed = this.querySelector("[data-speed]");
    this.speed.value = this.kept.speed;
    this.speed.addEventListener("input", () => this.#keep({ speed: Number(this.speed.value) }));
    this.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("keydown", (event) => this.#onKey(event));
    document.addEventListener("htmx:after:swap", () => this.#followCue());
    this.cue = this.#shownCue();
    this.#draw();
    this.#connect();
  }

  get text() {
    return this.querySelector(".prompt-text");
  }

  #connect() {
    const { facts, chat } = this.dataset;
    this.socket = new RoomSocket({
      ticket: () => this.#ask(this.dataset.ticket, { method: "POST", headers: { "X-CSRFToken": csrfToken() } }),
      fresh: () => this.#ask(this.dataset.afresh),
      cursor: { facts: Number(facts), chat: Number(chat) },
      watching: () => ({ media: null, playing: false }),
    });
    this.socket.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.socket.start();
  }

  async #ask(address, how) {
    const answer = await fetch(address, how);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  #hear(frame) {
    if (frame.t === "hello") noteServerNow(frame.now);
    if (frame.t === "fact" && NEWS.has(frame.kind)) document.dispatchEvent(new CustomEvent("studio:control"));
  }

  #shownCue() {
    return this.querySelector("#prompt").dataset.cue;
  }

  // Another segment is read from its beginning.
  #followCue() {
    const now = this.#shownCue();
    if (now !== this.cue) this.text?.scrollTo({ top: 0 });
    this.cue = now;
  }

  #onClick({ target, clientY }) {
    const does = target.closest("[data-does]")?.dataset.does;
    if (does === "roll") this.#roll(!this.rolling);
    if (does === "mirror") this.#keep({ mirror: !this.kept.mirror });
    if (does === "smaller") this.#keep({ size: Math.max(SIZE_MIN, this.kept.size - SIZE_STEP) });
    if (does === "larger") this.#keep({ size: Math.min(SIZE_MAX, this.kept.size + SIZE_STEP) });
    if (target.closest(".prompt-text")) this.#step(clientY > innerHeight / 2 ? 1 : -1);
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, button, a")) return;
    const step = { ArrowDown: 1, PageDown: 2, ArrowUp: -1, PageUp: -2 }[event.key];
    if (event.key === " ") this.#roll(!this.rolling);
    else if (step) this.#step(step);
    else return;
    event.preventDefault();
  }

  #step(times) {
    this.text?.scrollBy({ top: times * STEP_SHARE * this.text.clientHeight });
  }

  // So many pixels a second, in the same pace on every screen.
  #roll(on) {
    this.rolling = on;
    this.querySelector('[data-does="roll"]').setAttribute("aria-pressed", String(on));
    let before = performance.now(), owed = 0;
    const turn = (at) => {
      if (!this.rolling) return;
      owed += ((at - before) / 1000) * this.kept.speed * 12;
      before = at;
      this.text?.scrollBy({ top: Math.trunc(owed), behavior: "instant" });
      owed -= Math.trunc(owed);
      requestAnimationFrame(turn);
    };
    if (on) requestAnimationFrame(turn);
  }

  #keep(change) {
    Object.assign(this.kept, change);
    localStorage.setItem(KEPT, JSON.stringify(this.kept));
    this.#draw();
  }

  #draw() {
    this.style.setProperty("--prompt-size", this.kept.size / 100);
    this.toggleAttribute("data-mirrored", this.kept.mirror);
    this.querySelector('[data-does="mirror"]').setAttribute("aria-pressed", String(this.kept.mirror));
  }
}

customElements.define("svoi-prompter", Prompter);
