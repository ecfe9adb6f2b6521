// <svoi-console>: hears the room for the crew and tells each part of the page when to read itself again.
import htmx from "htmx";
import { noteServerNow } from "ui/js/clock.js";
import { csrfToken } from "ui/js/htmx-setup.js";
import { hearCrew } from "studio/control/parts.js";
import { CrewTalk } from "studio/shows/crew-talk.js";
import { Figures } from "studio/shows/figures.js";
import { RoomSocket } from "web/shows/room-socket.js";
import { say } from "web/shows/words.js";

const LOST_MS = 2500;
const PARTS = {
  air: ["show_started", "show_ended", "break_started", "break_ended", "signal_lost", "signal_restored"],
  tray: ["product_pinned", "product_unpinned", "tray_changed", "allotment_changed", "price_changed", "stock_ran_out", "stock_returned"],
  flash: ["flash_fired", "flash_taken", "flash_over"],
  mutes: ["member_muted", "member_unmuted"],
};
const tell = (...names) => names.forEach((name) => document.dispatchEvent(new CustomEvent(`studio:${name}`)));

class Console extends HTMLElement {
  connectedCallback() {
    this.chat = this.querySelector("svoi-crew-chat");
    this.preview = this.querySelector("svoi-preview");
    this.figures = new Figures(this);
    this.hints = new Set([document.getElementById("key")?.dataset.key]);
    this.#connect();
    this.talk = new CrewTalk(this);
    document.addEventListener("htmx:after:swap", () => this.#afterSwap());
    document.addEventListener("sheet:opened", ({ target }) => target.querySelector("#choice") && tell("choice"));
    document.addEventListener("sheet:opened", ({ target }) => target.querySelector("#flash-form") && tell("prepare"));
  }

  disconnectedCallback() {
    this.socket.stop();
  }

  // The crew's preview is nobody's view, so its heartbeats say that nothing is watched.
  #connect() {
    this.socket = new RoomSocket({
      ticket: () => this.#askTicket(),
      fresh: () => this.#readTalk(),
      cursor: this.chat.cursor,
      watching: () => ({ media: null, playing: false }),
    });
    this.socket.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.socket.addEventListener("state", ({ detail }) => this.#onLine(detail));
    this.socket.start();
  }

  #hear(frame) {
    if (frame.t === "hello") noteServerNow(frame.now);
    if (frame.t === "count") this.figures.heard(frame);
    if (frame.t === "fact") this.#onFact(frame);
    if (frame.t === "refused") this.talk.refused(frame);
    if (frame.t !== "chat") return;
    this.talk.heard(frame);
    this.querySelector("svoi-tabs").note("chat");
  }

  #onFact(fact) {
    for (const [part, kinds] of Object.entries(PARTS)) if (kinds.includes(fact.kind)) tell(part);
    if (PARTS.air.includes(fact.kind)) tell("stage");
    hearCrew(fact, this.chat.dataset.me);
    if (fact.kind === "message_hidden") this.chat.hide(fact.message_id);
    if (fact.kind === "chat_policy_changed") this.#readPolicy();
    if (fact.kind === "someone_bought") this.#onPurchase(fact);
  }

  #onPurchase(fact) {
    const row = document.querySelector(`#tray [data-product="${CSS.escape(fact.product_id)}"]`);
    this.chat.bought({ ...fact, product: row?.dataset.name ?? say("product") });
    tell("tray");
  }

  // A moment without the line is not worth a word: it comes back by itself.
  #onLine({ state, readOnly }) {
    clearTimeout(this.lineTimer);
    const words = (text) => { this.querySelector("[data-link]").textContent = text; };
    if (state !== "live") this.lineTimer = setTimeout(() => words(say("lost")), LOST_MS);
    else words(readOnly ? say("read_only") : "");
    if (state === "live") this.talk.connected();
  }

  #afterSwap() {
    this.figures.draw();
    this.chat.muted();
    this.dataset.stage = this.querySelector(".air").dataset.stage;
    const { state, stage, online, key } = document.getElementById("signal").dataset;
    if (!state) return;
    this.#compareAir(`${stage} ${online}`);
    this.#compareKey(key);
    this.preview.follow(online === "1" && stage !== "ended", async () => (await this.#askTicket()).playback);
  }

  // The signal is read every other second, so it notices a new stage even while the room is out of reach.
  // A difference is acted on once: if reading again does not settle it, asking in a circle would not either.
  #compareAir(now) {
    const air = this.querySelector(".air").dataset;
    const differs = now !== `${air.stage} ${air.online}`;
    if (differs && this.difference !== now) tell("air", "tray");
    this.difference = differs ? now : "";
  }

  // A key issued here is on the page only once: an older answer that does not know it yet must not wipe it away.
  #compareKey(hint) {
    const shown = document.getElementById("key")?.dataset.key;
    if (shown === undefined) return;
    this.hints.add(shown);
    if (!this.hints.has(hint)) tell("key");
  }

  // Whoever is changing the rules right now is not disturbed by somebody else's change.
  #readPolicy() {
    const form = document.getElementById("policy");
    if (form.contains(document.activeElement)) return;
    htmx.ajax("GET", form.getAttribute("hx-post"), { target: "#policy", swap: "outerHTML" });
  }

  // Too much was missed to be told: the talk is read afresh, and so is everything that may have changed with it.
  async #readTalk() {
    await htmx.ajax("GET", this.dataset.messages, { target: "#talk", swap: "outerHTML" });
    this.chat.settle();
    tell("air", "stage", "tray", "flash", "mutes", "control");
    return this.chat.cursor;
  }

  async #askTicket() {
    const answer = await fetch(this.dataset.ticket, { method: "POST", headers: { "X-CSRFToken": csrfToken() } });
    if (!answer.ok) throw new Error(`ticket: ${answer.status}`);
    return answer.json();
  }
}

customElements.define("svoi-console", Console);
