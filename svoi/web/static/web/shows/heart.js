// <svoi-heart>: sends a heart for each tap, at a hand's pace, and shows how many were counted.
import { grouped } from "ui/js/money.js";
import { say } from "web/shows/words.js";

const GAP_MS = 210; // the room takes no more than five a second of one viewer
const FLIGHT_MS = 900;
const FLYING_MOST = 8;
const SPOKEN_EVERY_MS = 5000;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });

export const countText = (count) => (count < 10_000 ? grouped(count) : short.format(count));

class Heart extends HTMLElement {
  #tapped = -Infinity;
  #spoken = -Infinity;

  connectedCallback() {
    this.button = this.querySelector("button");
    this.count = this.querySelector("[data-reactions]");
    this.button.addEventListener("click", () => this.#tap());
    this.show(Number(this.count.dataset.reactions));
  }

  // Whether the room takes hearts now; the button stays where it is, so that nobody loses her place.
  line(open) {
    this.button.setAttribute("aria-disabled", String(!open));
  }

  show(count) {
    this.count.textContent = countText(count);
    this.count.hidden = count === 0;
  }

  #tap() {
    const now = performance.now();
    if (this.button.getAttribute("aria-disabled") === "true" || now - this.#tapped < GAP_MS || !this.send()) return;
    this.#tapped = now;
    this.#fly();
    if (now - this.#spoken < SPOKEN_EVERY_MS) return;
    this.#spoken = now;
    this.say(say("heart_sent"));
  }

  #fly() {
    if (still.matches || this.querySelectorAll(".heart-flying").length >= FLYING_MOST) return;
    const icon = this.button.querySelector(".icon").cloneNode(true);
    icon.classList.add("heart-flying");
    this.append(icon);
    const aside = `${Math.round((Math.random() - 0.5) * 36)}px`;
    const frames = [
      { transform: "translate(0, 0) scale(1)", opacity: 1 },
      { transform: `translate(${aside}, -96px) scale(1.35)`, opacity: 0 },
    ];
    const flight = icon.animate(frames, { duration: FLIGHT_MS, easing: "ease-out" });
    flight.finished.finally(() => icon.remove()).catch(() => {});
  }
}

customElements.define("svoi-heart", Heart);
