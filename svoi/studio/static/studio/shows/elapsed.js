// <svoi-elapsed data-since>: how long the show has been on air, by the server's clock.
import { serverNow } from "ui/js/clock.js";

const two = (number) => String(number).padStart(2, "0");

class Elapsed extends HTMLElement {
  connectedCallback() {
    this.#draw();
    this.ticking = setInterval(() => this.#draw(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  #draw() {
    const whole = Math.max(0, Math.floor((serverNow() - Date.parse(this.dataset.since)) / 1000));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    this.textContent = hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }
}

customElements.define("svoi-elapsed", Elapsed);
