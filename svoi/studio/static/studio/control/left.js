// <svoi-left data-ends data-over>: how long a segment still has by its plan, by the server's clock; past that, by how much it is over.
import { serverNow } from "ui/js/clock.js";

const two = (number) => String(number).padStart(2, "0");

class Left extends HTMLElement {
  connectedCallback() {
    this.#draw();
    this.ticking = setInterval(() => this.#draw(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  #draw() {
    const left = Math.round((Date.parse(this.dataset.ends) - serverNow()) / 1000);
    const whole = Math.abs(left);
    const words = `${Math.floor(whole / 60)}:${two(whole % 60)}`;
    this.textContent = left < 0 ? `${this.dataset.over} ${words}` : words;
    this.toggleAttribute("data-is-over", left < 0);
  }
}

customElements.define("svoi-left", Left);
