// The counts of the room over the figures of the page: the room knows them a few seconds earlier.
import { grouped } from "ui/js/money.js";

const FRESH_MS = 8000;

export class Figures {
  #counts = null;

  constructor(root) {
    this.root = root;
  }

  heard({ viewers, raw, peak, reactions, reactions_raw: reactionsRaw, messages, messages_raw: messagesRaw }) {
    this.#counts = {
      viewers, "viewers-raw": raw, peak, reactions, "reactions-raw": reactionsRaw, messages, "messages-raw": messagesRaw,
    };
    this.at = performance.now();
    this.draw();
  }

  // Called after each reading of the figures too, or they would jump back for a moment.
  draw() {
    if (!this.#counts || performance.now() - this.at > FRESH_MS) return;
    for (const [name, number] of Object.entries(this.#counts)) {
      const place = this.root.querySelector(`[data-live="${name}"]`);
      if (place && Number.isInteger(number)) place.textContent = grouped(number);
    }
  }
}
