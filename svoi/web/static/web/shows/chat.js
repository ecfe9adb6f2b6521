// <svoi-chat>: the room's talk. New lines come below; the list follows only a reader who is at its end.
import { Announcer } from "web/shows/announcer.js";
import { hideLine, lineOf, markLine, systemLine } from "web/shows/chat-line.js";
import { say } from "web/shows/words.js";

const LINES_MAX = 300;
const END_PX = 48;

class Chat extends HTMLElement {
  #unread = 0;

  connectedCallback() {
    this.log = this.querySelector(".chat-log");
    this.newer = this.querySelector(".chat-newer");
    this.announcer = new Announcer(this.querySelector("[data-spoken]"));
    this.newer.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => this.#atEnd() && this.#read(), { passive: true });
    this.log.addEventListener("click", (event) => this.#onClick(event));
    new ResizeObserver(() => this.followed && this.toEnd()).observe(this.log);
    this.toEnd();
  }

  // A message the room has: a new line, or the fate of one of mine.
  add(message) {
    if (this.#find("message", message.id)) return;
    const mine = message.k && this.#find("key", message.k);
    const line = lineOf(message);
    if (mine) mine.remove();
    this.#append(line);
    if (!message.hidden && !mine) this.announcer.add(message.by.name, message.text);
  }

  system(text) {
    this.#append(systemLine(text));
  }

  hide(messageId) {
    const line = this.#find("message", messageId);
    if (line) hideLine(line);
  }

  // The room read afresh: what is pending stays at the end.
  reset(messages) {
    const pending = [...this.log.children].filter((line) => line.dataset.state);
    this.log.replaceChildren(...messages.map(lineOf), ...pending);
    this.toEnd();
  }

  showOwn(key, name, text) {
    const line = lineOf({ k: key, by: { id: this.dataset.me, name, role: this.dataset.role }, text });
    this.#append(line);
    this.toEnd();
  }

  mark(key, state, reason) {
    const line = this.#find("key", key);
    if (line && state !== "sent") markLine(line, state, reason);
    if (state === "failed") this.announcer.region.textContent = reason;
  }

  remove(key) {
    this.#find("key", key)?.remove();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.#read();
  }

  #append(line) {
    const follows = this.followed;
    const firstPending = this.log.querySelector("[data-state]");
    if (line.dataset.message && firstPending) firstPending.before(line);
    else this.log.append(line);
    while (this.log.childElementCount > LINES_MAX) this.log.firstElementChild.remove();
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

  #atEnd() {
    const gap = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
    this.followed = gap < END_PX;
    return this.followed;
  }

  #onClick(event) {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    const key = button.closest("li").dataset.key;
    this.dispatchEvent(new CustomEvent(`chat:${button.dataset.act}`, { bubbles: true, detail: key }));
  }

  #find(name, value) {
    return value ? this.log.querySelector(`li[data-${name}="${CSS.escape(value)}"]`) : null;
  }
}

customElements.define("svoi-chat", Chat);
