// <svoi-flash>: the card of a flash deal, by the server's clock. Whether a piece is left is decided where it is taken.
import { moneyText } from "ui/js/money.js";
import { serverNow } from "ui/js/clock.js";
import { claimFlash } from "web/shows/flash-claim.js";
import { clockText, endOf, phaseOf } from "web/shows/flash-phase.js";
import { newKey } from "web/shows/key.js";
import { titleOf } from "web/shows/pin.js";
import { openSheet } from "web/shows/sheets.js";
import { say } from "web/shows/words.js";

const TICK_MS = 250;

class Flash extends HTMLElement {
  connectedCallback() {
    this.room = this.closest("svoi-room");
    this.mine = JSON.parse(document.getElementById("room-mine").textContent);
    this.form = this.querySelector(".flash-take");
    this.form?.addEventListener("submit", (event) => this.#take(event));
    this.querySelector("[data-dismiss]").addEventListener("click", () => this.#dismiss());
    document.addEventListener("flash:kept", this.#kept);
    this.flash = JSON.parse(document.getElementById("room-state").textContent).flash;
    this.#fill();
    this.clock = setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    document.removeEventListener("flash:kept", this.#kept);
  }

  // The room as it stands now.
  follow({ flash }) {
    if (flash === this.flash) return;
    const isNew = flash?.deal_id !== this.flash?.deal_id;
    this.flash = flash;
    if (isNew) this.#arrive();
    if (flash) this.#count();
    this.#tick();
  }

  #arrive() {
    this.dismissed = 0;
    this.key = null;
    this.#tell("");
    this.#fill();
    if (this.flash) this.room.say(say("flash_soon", this.#spoken()));
  }

  #tick() {
    const phase = this.flash?.deal_id === this.dismissed ? "none" : phaseOf(this.flash, this.mine, serverNow());
    const end = endOf(phase, this.flash, this.mine);
    if (end !== null) this.#write("[data-clock]", clockText(end - serverNow()));
    if (phase === this.dataset.phase) return;
    if (phase === "running" && this.dataset.phase === "countdown") this.room.say(say("flash_open", this.#spoken()));
    this.dataset.phase = phase;
    this.hidden = phase === "none";
  }

  #fill() {
    const { flash } = this;
    if (!flash) return;
    this.#write("[data-title]", titleOf(flash));
    this.#write("[data-price]", moneyText(flash.price_minor, flash.currency));
    this.#write("[data-lowest]", moneyText(flash.lowest_minor, flash.currency));
    const picture = this.querySelector(".flash-picture > img");
    picture.hidden = !flash.picture;
    if (flash.picture) picture.src = flash.picture;
    this.querySelector("[data-usual]").href = `${this.dataset.sheet}?product=${flash.product_id}`;
    this.querySelector("[data-pay]")?.setAttribute("href", this.#address("sheet"));
    if (this.form) this.#offer(flash.per_person);
    this.#count();
    this.#hers();
  }

  #offer(most) {
    const select = this.form.querySelector("select");
    this.form.action = this.#address("claims");
    if (select.options.length !== most) {
      select.replaceChildren(...Array.from({ length: most }, (_, place) => new Option(place + 1, place + 1)));
    }
    select.parentElement.hidden = most === 1;
  }

  #count() {
    this.#write("[data-left]", say("flash_left", { left: this.flash.left, whole: this.flash.quantity }));
  }

  #hers() {
    if (this.mine?.deal_id !== this.flash?.deal_id || !this.mine) return;
    this.#write("[data-hers]", say("flash_hers", { count: this.mine.quantity }));
  }

  async #take(event) {
    event.preventDefault();
    const button = this.form.querySelector("button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    this.key ??= newKey();
    try {
      const { deal_id: id } = this.flash;
      await this.room.claims.ahead({ k: this.key, kind: "flash", id, quantity: Number(this.form.quantity.value) });
      const answer = await claimFlash(this.form.action, { quantity: this.form.quantity.value, key: this.key });
      this.#answered(answer);
    } catch {
      this.#tell(say("flash_no_answer"));
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  #answered(answer) {
    this.#tell(answer.code ? answer.words : "");
    if (answer.code) return;
    this.mine = answer;
    this.#hers();
    this.#tick();
    openSheet(this.#address("sheet"), this.querySelector("[data-pay]"));
  }

  #kept = ({ detail }) => {
    if (this.mine) this.mine = { ...this.mine, until: Number(detail.until) };
  };

  #dismiss() {
    this.dismissed = this.flash?.deal_id ?? 0;
    this.#tick();
  }

  #tell(words) {
    const told = this.querySelector("[data-told]");
    told.textContent = words;
    told.hidden = !words;
  }

  #write(place, words) {
    const found = this.querySelector(place);
    if (found.textContent !== words) found.textContent = words;
  }

  #spoken() {
    return { name: titleOf(this.flash), price: moneyText(this.flash.price_minor, this.flash.currency) };
  }

  #address(what) {
    return `${this.dataset.base}${this.flash.deal_id}/${what}`;
  }
}

customElements.define("svoi-flash", Flash);
