// <svoi-gifts>: a float for each envelope of the room that waits. It follows the room's state; what has ended by the
// server's clock leaves by itself.
import { serverNow } from "ui/js/clock.js";
import { grouped } from "ui/js/money.js";
import { say } from "web/shows/words.js";

const LOOK_MS_MAX = 60 * 60 * 1000; // longer than this a timer need not be trusted

class Gifts extends HTMLElement {
  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  follow(envelopes) {
    clearTimeout(this.timer);
    const now = serverNow();
    const waiting = envelopes.filter((one) => one.shares_left > 0 && one.expires_at > now);
    const floats = new Map([...this.querySelectorAll("[data-envelope]")].map((one) => [one.dataset.envelope, one]));
    for (const one of waiting) {
      const id = String(one.envelope_id);
      this.#write(floats.get(id) ?? this.#add(one), one);
      floats.delete(id);
    }
    for (const gone of floats.values()) gone.remove();
    if (!waiting.length) return;
    const nextMs = Math.min(...waiting.map((one) => one.expires_at)) - now;
    this.timer = setTimeout(() => this.follow(envelopes), Math.min(nextMs + 50, LOOK_MS_MAX));
  }

  #add({ envelope_id: id, reference, name }) {
    const float = this.querySelector("template").content.cloneNode(true).querySelector("a");
    float.dataset.envelope = id;
    float.href = `${this.dataset.address}${reference}/`;
    float.querySelector("[data-who]").textContent = name;
    this.append(float);
    return float;
  }

  #write(float, { shares_left: left, shares: whole }) {
    const words = say("gift_left", { left: grouped(left), whole: grouped(whole) });
    const place = float.querySelector("[data-left]");
    if (place.textContent !== words) place.textContent = words;
  }
}

customElements.define("svoi-gifts", Gifts);
