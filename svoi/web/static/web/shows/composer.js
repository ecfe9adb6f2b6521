// <svoi-composer>: where a member writes. Counts letters as readers do, and waits out the slow mode.
import { say } from "web/shows/words.js";

const SHOWS_LEFT_FROM = 0.75;
const letters = new Intl.Segmenter(document.documentElement.lang, { granularity: "grapheme" });
export const lettersIn = (text) => [...letters.segment(text)].length;

class Composer extends HTMLElement {
  #waitUntil = 0;

  connectedCallback() {
    this.form = this.querySelector("form.composer-form"); // the door of somebody who does not belong yet is a form too
    if (!this.form) return;
    this.input = this.form.querySelector("input");
    this.button = this.form.querySelector("button");
    this.left = this.querySelector("[data-left]");
    this.notice = this.querySelector("[data-notice]");
    this.form.addEventListener("submit", (event) => this.#onSubmit(event));
    this.input.addEventListener("input", () => this.#draw());
    const { lengthMax, slowModeS, open } = this.dataset;
    this.policy = { slow_mode_s: Number(slowModeS), length_max: Number(lengthMax), open: open === "1" };
    this.#draw();
  }

  follow(policy, ended = false) {
    if (!this.form) return;
    this.policy = policy;
    this.ended = ended;
    this.#draw();
  }

  // Whoever is muted reads why, and until when.
  mute(words) {
    this.muted = words;
    this.#draw();
  }

  // What is wrong with the line to the room, or nothing.
  line(words) {
    this.broken = words;
    this.#draw();
  }

  wait(seconds) {
    this.#waitUntil = performance.now() + seconds * 1000;
    this.#draw();
  }

  // The weightiest reason stands over the field: ended, muted, closed, a bad line, slow mode.
  #reason() {
    const { open, slow_mode_s: slow } = this.policy;
    if (this.ended) return say("over");
    if (this.muted) return this.muted;
    if (!open) return say("closed");
    return this.broken || (slow && !this.#exempt ? say("slow", { count: slow }) : "");
  }

  get #exempt() {
    return this.dataset.crew === "1";
  }

  #onSubmit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text || this.#blocked()) return;
    this.input.value = "";
    if (this.policy.slow_mode_s && !this.#exempt) this.wait(this.policy.slow_mode_s);
    this.#draw();
    this.dispatchEvent(new CustomEvent("composer:say", { bubbles: true, detail: text }));
  }

  #blocked() {
    return this.muted || !this.policy.open || this.#waitS() > 0 || lettersIn(this.input.value.trim()) > this.policy.length_max;
  }

  #waitS() {
    return Math.max(0, Math.ceil((this.#waitUntil - performance.now()) / 1000));
  }

  #draw() {
    if (!this.form) return; // a door stands here instead
    const reason = this.#reason();
    if (this.notice.textContent !== reason) this.notice.textContent = reason;
    this.notice.hidden = !reason;
    const left = this.policy.length_max - lettersIn(this.input.value.trim());
    const wait = this.#waitS();
    this.left.hidden = left > this.policy.length_max * (1 - SHOWS_LEFT_FROM);
    this.left.textContent = left < 0 ? `\u2212${-left}` : String(left);
    this.left.toggleAttribute("data-over", left < 0);
    this.input.disabled = Boolean(this.muted) || !this.policy.open;
    this.button.disabled = this.#blocked();
    this.button.dataset.wait = wait || "";
    this.button.setAttribute("aria-label", wait ? say("wait", { count: wait }) : this.button.dataset.label);
    clearTimeout(this.ticking);
    if (wait) this.ticking = setTimeout(() => this.#draw(), 250);
  }
}

customElements.define("svoi-composer", Composer);
