// <svoi-countdown data-ends-at="ISO">: time left by the server's clock; says it aloud once a minute; fires "countdown:ended".
import { serverNow } from "ui/js/clock.js";

const DAY_S = 86400;
const HOUR_S = 3600;
const two = (number) => String(number).padStart(2, "0");

class Countdown extends HTMLElement {
  connectedCallback() {
    this.endsAt = Date.parse(this.dataset.endsAt);
    this.shown = this.querySelector("time");
    this.spoken = this.querySelector("[aria-live]");
    this.#tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  #tick() {
    const leftMs = this.endsAt - serverNow();
    const left = Math.max(0, Math.ceil(leftMs / 1000));
    const text = this.#words(left);
    if (this.shown.textContent !== text) this.shown.textContent = text;
    if (this.spoken && left % 60 === 0 && left > 0) this.spoken.textContent = text;
    if (left === 0) {
      this.dispatchEvent(new CustomEvent("countdown:ended", { bubbles: true }));
      return;
    }
    this.timer = setTimeout(() => this.#tick(), (leftMs % 1000) + 20);
  }

  #words(left) {
    const days = Math.floor(left / DAY_S);
    const hours = Math.floor((left % DAY_S) / HOUR_S);
    const clock = `${two(Math.floor((left % HOUR_S) / 60))}:${two(left % 60)}`;
    if (days) return `${days}\u00a0${this.dataset.days ?? "d"} ${two(hours)}:${clock}`;
    return hours ? `${hours}:${clock}` : clock;
  }
}

customElements.define("svoi-countdown", Countdown);
