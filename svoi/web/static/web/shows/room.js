// <svoi-room>: hears the room and passes it on to its parts. What each part does with it is its own business.
import "web/shows/player.js";
import "web/shows/controls.js";
import "web/shows/chapters.js";
import "web/shows/danmaku.js";
import "web/shows/pin.js";
import "web/shows/chat.js";
import "web/shows/composer.js";
import "web/shows/heart.js";
import "web/shows/purchase.js";
import "web/shows/flash.js";
import "web/shows/poll.js";
import "web/pickup/chooser.js";
import "web/envelopes/envelope.js";
import "web/envelopes/gifts.js";
import { serverNow, noteServerNow } from "ui/js/clock.js";
import { apply } from "web/shows/room-state.js";
import { RoomSocket } from "web/shows/room-socket.js";
import { enterStage } from "web/shows/stage.js";
import { mutedWords, news } from "web/shows/news.js";
import { openSheetOf } from "web/shows/sheets.js";
import { player } from "web/shows/parts.js";
import { readTray } from "web/shows/tray.js";
import { Claims } from "web/shows/claims.js";
import { showSaid } from "web/shows/said.js";
import { Talk } from "web/shows/talk.js";
import { say } from "web/shows/words.js";

const LINE_LOST_MS = 3000;

class Room extends HTMLElement {
  connectedCallback() {
    this.state = JSON.parse(document.getElementById("room-state").textContent);
    this.chat = this.querySelector("svoi-chat");
    this.composer = this.querySelector("svoi-composer");
    this.danmaku = this.querySelector("svoi-danmaku");
    this.pin = this.querySelector("svoi-pin");
    this.gifts = this.querySelector("svoi-gifts");
    this.gifts.follow(this.state.envelopes);
    this.flash = this.querySelector("svoi-flash");
    this.poll = this.querySelector("svoi-poll");
    this.heart = this.querySelector("svoi-heart");
    this.heart.send = () => this.socket.react();
    this.heart.say = (words) => this.say(words);
    this.status = this.querySelector("[data-status]");
    this.viewers = this.querySelector("[data-viewers]");
    this.addEventListener("player:state", () => this.toggleAttribute("data-lost", player().dataset.state === "lost"));
    this.#connect();
    this.talk = new Talk(this);
    this.claims = new Claims(this.socket);
    player().renew = async () => (await this.#askTicket()).playback;
    const { mutedUntil } = this.composer.dataset;
    if (mutedUntil) this.composer.mute(mutedWords(mutedUntil));
    this.#openWanted();
  }

  disconnectedCallback() {
    this.socket.stop();
  }

  // Aloud for a screen reader, without moving anything.
  say(words) {
    this.status.textContent = words;
  }

  #connect() {
    this.socket = new RoomSocket({
      ticket: () => this.#askTicket(),
      fresh: () => this.#askAfresh(),
      cursor: this.state,
      watching: () => ({ media: player().mediaTime, playing: player().playing }),
    });
    this.socket.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.socket.addEventListener("fresh", ({ detail }) => this.#startOver(detail));
    this.socket.addEventListener("state", ({ detail }) => this.#onLine(detail));
    this.socket.start();
  }

  #hear(frame) {
    if (frame.t === "hello") noteServerNow(frame.now);
    if (frame.t === "chat") this.talk.heard(frame);
    if (frame.t === "refused") this.talk.refused(frame);
    this.#become(apply(this.state, frame));
    if (frame.t === "fact") news(this, frame);
  }

  #become(next) {
    const before = this.state;
    this.state = next;
    if (next.state !== before.state) enterStage(this, next.state);
    if (next.viewers !== before.viewers) this.viewers.textContent = say("viewers", { count: next.viewers });
    if (next.reactions !== before.reactions) this.heart.show(next.reactions);
    if (next.envelopes !== before.envelopes) this.gifts.follow(next.envelopes);
    this.flash.follow(next);
    if (next.poll !== before.poll) this.poll.follow(next.poll);
    if (next.pinned_message !== before.pinned_message) showSaid(this, next.pinned_message);
    if (next.policy !== before.policy) this.composer.follow(next.policy, next.state === "ended");
  }

  // Too much was missed to be told: the room as it stands now.
  #startOver(room) {
    this.#become(room);
    this.chat.reset(room.messages);
    this.pin.agree(room.pin, serverNow());
    readTray(this, { now: true });
  }

  #onLine({ state, readOnly }) {
    clearTimeout(this.lineTimer);
    this.heart.line(state === "live" && !readOnly);
    if (state === "live") {
      this.composer.line(readOnly ? say("read_only") : "");
      this.talk.connected();
      player().lookAgain();
    } else {
      this.lineTimer = setTimeout(() => this.composer.line(say("line_lost")), LINE_LOST_MS);
    }
  }

  async #askTicket() {
    const token = this.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(this.dataset.ticket, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(`ticket: ${answer.status}`);
    return answer.json();
  }

  async #askAfresh() {
    const answer = await fetch(this.dataset.afresh);
    if (!answer.ok) throw new Error(`room: ${answer.status}`);
    return answer.json();
  }

  // She signed in or joined from a sheet: it opens again where she left it.
  #openWanted() {
    const address = new URL(location.href);
    const product = address.searchParams.get("buy");
    if (!/^\d+$/.test(product ?? "")) return;
    address.searchParams.delete("buy");
    history.replaceState(null, "", address);
    openSheetOf(this.pin.dataset.sheet, product);
  }
}

customElements.define("svoi-room", Room);
