// Reads the chat aloud to a screen reader at a pace a person can follow: the latest line, and how many came with it.
import { say } from "web/shows/words.js";

const PACE_MS = 6000;

export class Announcer {
  #waiting = [];
  #timer = 0;

  constructor(region) {
    this.region = region;
  }

  add(name, text) {
    this.#waiting.push(`${name}: ${text}`);
    this.#timer ||= setTimeout(() => this.#speak(), PACE_MS);
  }

  #speak() {
    this.#timer = 0;
    const latest = this.#waiting.at(-1);
    const others = this.#waiting.length - 1;
    this.#waiting = [];
    this.region.textContent = others ? say("heard_more", { text: latest, count: others }) : latest;
  }
}
