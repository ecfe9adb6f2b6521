// Between the composer and the room: what I say, under a key of its own, until the room shows it or refuses it.
import { newKey } from "web/shows/key.js";
import { Outbox } from "web/shows/outbox.js";
import { player } from "web/shows/parts.js";
import { say } from "web/shows/words.js";

const WAITS = new Set(["slow_mode", "too_fast"]);

export class Talk {
  constructor(room) {
    this.room = room;
    this.outbox = new Outbox({
      send: (message) => room.socket.say(message),
      onFate: (key, state, refusal) => this.#mark(key, state, refusal),
    });
    room.addEventListener("composer:say", ({ detail }) => this.#say(detail));
    room.addEventListener("chat:again", ({ detail }) => this.outbox.again(detail));
    room.addEventListener("chat:drop", ({ detail }) => this.#drop(detail));
  }

  heard(message) {
    const mine = Boolean(message.k) && this.outbox.arrived(message.k);
    this.room.chat.add(message);
    this.room.danmaku.feed(message, mine);
  }

  refused({ k, code, wait_s: waitS }) {
    if (code === "duplicate") return this.#drop(k);
    if (code === "try_again") return void setTimeout(() => this.outbox.again(k), (waitS ?? 3) * 1000);
    if (WAITS.has(code)) this.room.composer.wait(waitS ?? 1);
    this.outbox.refused(k, { code, waitS });
  }

  connected() {
    this.outbox.connected();
  }

  #say(text) {
    const { chat } = this.room;
    const media = player().following ? player().mediaTime : null;
    const key = newKey();
    chat.showOwn(key, chat.dataset.name, text);
    this.outbox.say(key, text, media === null ? null : Math.round(media));
  }

  #drop(key) {
    this.outbox.drop(key);
    this.room.chat.remove(key);
  }

  #mark(key, state, refusal) {
    this.room.chat.mark(key, state, refusal ? reason(refusal) : "");
  }
}

function reason({ code, waitS }) {
  return say(`refused_${code}`, { count: waitS ?? 1 }) || say("refused");
}
