// A card taken up, by pointer or by keys: where it would be, what the server says of that, and putting it down or back.
import { DAY_MIN, clock, placeOf, put } from "studio/planning/geometry.js";

const ASK_AFTER_MS = 120;
const LENGTH_MIN = 5;
const LENGTH_MAX = 780;

export class Lift {
  #asking = null;
  #timer = 0;

  constructor(calendar, card) {
    this.calendar = calendar;
    this.card = card;
    this.from = placeOf(card);
    this.to = { ...this.from };
    this.columns = [...card.closest("[data-grid]").querySelectorAll("[data-column]")];
    this.kind = card.closest("[data-grid]").dataset.kind;
    this.home = this.columns.indexOf(card.closest("[data-column]"));
    this.column = this.home;
    card.dataset.lifted = "asking";
  }

  get moved() {
    return ["date", "studio", "start", "length"].some((name) => this.from[name] !== this.to[name]);
  }

  // Minutes later, minutes longer, columns to the right, all counted from where it was taken up.
  shift({ later = 0, longer = 0, columns = 0 }) {
    const { from } = this;
    this.to.start = Math.min(Math.max(from.start + later, 0), DAY_MIN - 5);
    this.to.length = Math.min(Math.max(from.length + longer, LENGTH_MIN), LENGTH_MAX);
    // A show seen by its hosts keeps its host: sideways means nothing there.
    if (this.kind !== "host") this.column = Math.min(Math.max(this.home + columns, 0), this.columns.length - 1);
    const key = this.columns[this.column].dataset.column;
    if (this.kind === "day") this.to.date = key;
    // In its own column it keeps its studio, also where that is another one's clock.
    if (this.kind === "studio") this.to.studio = this.column === this.home ? from.studio : key;
    this.#draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), ASK_AFTER_MS);
  }

  ask() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const query = new URLSearchParams(fields(this.to));
    return fetch(`${this.card.href}check?${query}`, { signal: asking.signal, headers: { "HX-Request": "true" } })
      .then(async (answer) => {
        if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
        const words = await answer.text();
        if (this.#asking !== asking) return null;
        this.calendar.say(words);
        return (this.card.dataset.lifted = this.calendar.verdict);
      })
      .catch((fault) => (fault.name === "AbortError" ? null : "away"));
  }

  body(accepting) {
    const told = new URLSearchParams({ ...fields(this.to), seen: this.card.dataset.version, accepting });
    told.set("csrfmiddlewaretoken", this.calendar.token);
    return told;
  }

  back() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
    put(this.card, this.from);
    this.card.style.translate = "";
    delete this.card.dataset.lifted;
  }

  #draw() {
    put(this.card, this.to);
    const [home, there] = [this.columns[this.home], this.columns[this.column]];
    this.card.style.translate = `${there.offsetLeft - home.offsetLeft}px 0`;
  }
}

function fields({ date, start, length, preparation, studio }) {
  return { date, time: clock(start), length_min: length, preparation_min: preparation, studio };
}
