// <svoi-pin>: the card of the product that is shown on the frame the viewer sees.
import { moneyText } from "ui/js/money.js";
import { serverNow } from "ui/js/clock.js";
import { PinTimeline, shownMoment } from "web/shows/pin-timeline.js";
import { player } from "web/shows/parts.js";
import { say } from "web/shows/words.js";

const english = () => document.documentElement.lang === "en";
export const titleOf = (card) => (english() ? card.title_en || card.title_ru : card.title_ru);

class Pin extends HTMLElement {
  connectedCallback() {
    this.room = this.closest("svoi-room");
    this.timeline = new PinTimeline(JSON.parse(document.getElementById("room-pins").textContent));
    this.shown = this.#place(this.timeline.standing);
    this.room.addEventListener("player:frame", ({ detail }) => this.#reveal(detail.mediaMs));
    this.clock = setInterval(() => this.#reveal(player().shownTime), 500);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  pin(fact) {
    this.timeline.pin(fact);
    this.#reveal(player().shownTime);
  }

  unpin(fact) {
    this.timeline.unpin(fact);
    this.#reveal(player().shownTime);
  }

  agree(pin, atMs) {
    this.timeline.agree(pin, atMs);
    this.#reveal(player().shownTime);
  }

  change(productId, facts) {
    this.timeline.change(productId, facts);
    this.#reveal(player().shownTime);
  }

  #reveal(mediaMs) {
    const { playing, following, video } = player();
    const follows = following && !video.paused;
    const moment = shownMoment({ mediaMs, frames: playing, follows, nowMs: serverNow() });
    const span = this.timeline.at(moment);
    const place = this.#place(span);
    if (place === this.shown) return;
    const moved = place.split("|")[0] !== this.shown.split("|")[0];
    this.shown = place;
    this.hidden = !span;
    if (span) this.#draw(span);
    if (span && moved) this.#arrive(span, moment);
  }

  // All that can change on the card, so that it is drawn only then.
  #place(span) {
    if (!span) return "";
    return [span.pin_id, span.price_minor, span.old_price_minor, span.sold_out, this.#isNow(span)].join("|");
  }

  #isNow(span) {
    return this.timeline.standing?.pin_id === span.pin_id;
  }

  #draw(span) {
    const now = this.#isNow(span);
    const address = `${this.dataset.sheet}?product=${span.product_id}${now ? `&pin=${span.pin_id}` : ""}`;
    for (const link of this.querySelectorAll("[data-sheet]")) link.setAttribute("href", address);
    this.dataset.pin = span.pin_id;
    this.dataset.product = span.product_id;
    this.toggleAttribute("data-sold-out", Boolean(span.sold_out));
    this.toggleAttribute("data-earlier", !now);
    this.querySelector("[data-title]").textContent = titleOf(span);
    this.querySelector("[data-price]").textContent = moneyText(span.price_minor);
    this.#drawOldPrice(span.old_price_minor);
    this.#drawPicture(span.picture);
  }

  #drawOldPrice(minor) {
    const old = this.querySelector("[data-old-price]");
    old.hidden = !minor;
    old.querySelector("[data-amount]").textContent = minor ? moneyText(minor) : "";
  }

  #drawPicture(address) {
    const picture = this.querySelector("img");
    picture.hidden = !address;
    if (address && picture.getAttribute("src") !== address) picture.src = address;
  }

  #arrive(span, mediaMs) {
    const card = this.firstElementChild;
    card.classList.remove("pin-arriving");
    card.getBoundingClientRect(); // lets the same animation run again
    card.classList.add("pin-arriving");
    const told = { name: titleOf(span), price: moneyText(span.price_minor) };
    if (this.#isNow(span)) this.room.say(say("pinned", told));
    this.dispatchEvent(new CustomEvent("pin:shown", { bubbles: true, detail: { pinId: span.pin_id, mediaMs } }));
  }
}

customElements.define("svoi-pin", Pin);
