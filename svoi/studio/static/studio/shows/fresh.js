// <svoi-fresh data-at data-late-s>: when the figures were read; says so louder when they have not been read for a while.
import { serverNow } from "ui/js/clock.js";
import { clockWords } from "studio/shows/moments.js";
import { say } from "web/shows/words.js";

const LATE_S = 15;

class Fresh extends HTMLElement {
  static observedAttributes = ["data-at", "data-final"];

  connectedCallback() {
    this.#draw();
    this.ticking = setInterval(() => this.#draw(), 2000);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const at = Date.parse(this.dataset.at);
    const late = !("final" in this.dataset) && serverNow() - at > (Number(this.dataset.lateS) || LATE_S) * 1000;
    this.toggleAttribute("data-late", late);
    this.textContent = say("final" in this.dataset ? "final" : late ? "stale" : "as_of", { time: clockWords(at, { seconds: true }) });
  }
}

customElements.define("svoi-fresh", Fresh);
