// Between the crew's composer and the room: what she says, under a key of its own, until the room shows it or refuses it.
import { newKey } from "web/shows/key.js";
import { Outbox } from "web/shows/outbox.js";
import { say } from "web/shows/words.js";

const AGAIN_S = 3;

export class CrewTalk {
  constructor(root) {
    this.root = root;
    this.outbox = new Outbox({
      send: (message) => root.socket.say(message),
      onFate: (key, state, refusal) => root.chat.fate(key, state, refusal && (say(`refused_${refusal.code}`) || say("refused"))),
    });
    root.addEventListener("composer:say", ({ detail }) => this.#say(detail));
    root.addEventListener("chat:again", ({ detail }) => this.outbox.again(detail));
    root.addEventListener("chat:drop", ({ detail }) => this.#drop(detail));
  }

  heard(message) {
    if (message.k) this.outbox.arrived(message.k);
    this.root.chat.say(message);
  }

  refused({ k, code, wait_s: waitS }) {
    if (code === "duplicate") this.#drop(k);
    else if (code === "try_again") setTimeout(() => this.outbox.again(k), (waitS ?? AGAIN_S) * 1000);
    else this.outbox.refused(k, { code });
  }

  connected() {
    this.outbox.connected();
  }

  #say(text) {
    const key = newKey();
    const media = this.root.preview.player.mediaTime;
    this.root.chat.showOwn(key, text);
    this.outbox.say(key, text, media === null ? null : Math.round(media));
  }

  #drop(key) {
    this.outbox.drop(key);
    this.root.chat.remove(key);
  }
}
