// <svoi-crew-chat>: what is said and bought, with the tools that keep order. It follows only a reader who is at its end.
import htmx from "htmx";
import { boughtLine, drawClock, hideLine, markLine, saidLine } from "studio/shows/crew-line.js";
import { clockWords } from "studio/shows/moments.js";
import { say } from "web/shows/words.js";

const LINES_MAX = 400;
const END_PX = 48;
const MUTE_S = 600;

class CrewChat extends HTMLElement {
  #unread = 0;
  followed = true;

  connectedCallback() {
    this.newer = this.querySelector(".talk-newer");
    this.newer.addEventListener("click", () => this.toEnd());
    this.addEventListener("click", (event) => this.#onClick(event));
    this.addEventListener("scroll", (event) => event.target === this.log && this.#onScroll(), { capture: true, passive: true });
    new ResizeObserver(() => this.followed && this.toEnd()).observe(this);
    this.settle();
    // The letters arrive after the lines and make them taller.
    document.fonts.ready.then(() => this.followed && this.toEnd());
  }

  get log() {
    return this.querySelector(".talk-log");
  }

  // Where the lines on the page stand in the room's streams.
  get cursor() {
    return { facts: Number(this.log.dataset.facts), chat: Number(this.log.dataset.chat) };
  }

  // Lines written by the server: their clocks and marks.
  settle() {
    for (const line of this.log.children) drawClock(line);
    this.#mark();
    this.toEnd();
  }

  say(message) {
    if (this.#find("message", message.id)) return;
    const mine = message.k && this.#find("key", message.k);
    if (mine) mine.remove();
    this.#append(saidLine(message));
  }

  bought(purchase) {
    this.#append(boughtLine(purchase));
  }

  hide(messageId) {
    const line = this.#find("message", messageId);
    if (line) hideLine(line);
  }

  showOwn(key, text) {
    this.#append(saidLine({ k: key, text, at: Date.now(), by: { id: this.dataset.me, name: this.dataset.name, role: this.dataset.role } }));
    this.toEnd();
  }

  fate(key, state, reason) {
    const line = this.#find("key", key);
    if (line && state !== "sent") markLine(line, state, reason);
  }

  remove(key) {
    this.#find("key", key)?.remove();
  }

  // Who may not write now is in the list of the rules; each line of theirs says so.
  muted() {
    this.#mark();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.#read();
  }

  #append(line) {
    const follows = this.followed;
    const firstPending = this.log.querySelector("[data-state]");
    if (line.dataset.key && !line.dataset.message) this.log.append(line);
    else if (firstPending) firstPending.before(line);
    else this.log.append(line);
    while (this.log.childElementCount > LINES_MAX) this.log.firstElementChild.remove();
    this.#markLine(line, this.#mutes());
    if (follows) this.toEnd();
    else this.#count();
  }

  #count() {
    this.#unread += 1;
    this.newer.hidden = false;
    this.newer.querySelector("[data-count]").textContent = say("newer", { count: this.#unread });
  }

  #read() {
    this.followed = true;
    this.#unread = 0;
    this.newer.hidden = true;
  }

  #onScroll() {
    this.followed = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < END_PX;
    if (this.followed) this.#read();
  }

  #onClick(event) {
    const button = event.target.closest("button[data-does], button[data-act]");
    const line = button?.closest(".line");
    if (!line) return;
    if (button.dataset.act) this.dispatchEvent(new CustomEvent(`chat:${button.dataset.act}`, { bubbles: true, detail: line.dataset.key }));
    else if (button.dataset.does === "hide") this.#ask(this.dataset.hides.replace("/messages/0/", `/messages/${line.dataset.message}/`), {}, line);
    else this.#ask(this.dataset.mutes, { member: line.dataset.author, seconds: button.dataset.does === "mute" ? MUTE_S : 0 }, "#muted");
  }

  #ask(address, values, target) {
    return htmx.ajax("POST", address, { source: this, target, values, swap: "outerHTML" });
  }

  #mutes() {
    return new Map([...document.querySelectorAll("#muted [data-member]")].map((row) => [row.dataset.member, Date.parse(row.dataset.until)]));
  }

  #mark() {
    const mutes = this.#mutes();
    for (const line of this.log.children) this.#markLine(line, mutes);
  }

  #markLine(line, mutes) {
    const { author, authorRole } = line.dataset;
    if (!author) return;
    const until = mutes.get(author);
    line.toggleAttribute("data-mine", author === this.dataset.me);
    line.toggleAttribute("data-crew", authorRole !== "viewer");
    line.toggleAttribute("data-muted", Boolean(until));
    const mark = line.querySelector(".line-muted");
    mark.hidden = !until;
    mark.textContent = until ? say("muted_until", { time: clockWords(until) }) : "";
  }

  #find(name, value) {
    return value ? this.log.querySelector(`li[data-${name}="${CSS.escape(value)}"]`) : null;
  }
}

customElements.define("svoi-crew-chat", CrewChat);
