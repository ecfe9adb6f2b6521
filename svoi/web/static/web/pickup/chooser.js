// <svoi-point-chooser>: a list first, a map second, one choice. The map is fetched when its tab is first opened.
import htmx from "htmx";

const MAP = "web/pickup/point-map.js"; // by a name of its own: written into import() it would be taken for a path
const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -9, End: 9 };

class PointChooser extends HTMLElement {
  connectedCallback() {
    this.tabs = [...this.querySelectorAll('[role="tab"]')];
    this.form = this.querySelector("form");
    this.list = this.querySelector("#points");
    this.map = this.querySelector("svoi-point-map");
    this.querySelector('[role="tablist"]').hidden = false;
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.#open(tab));
      tab.addEventListener("keydown", (event) => this.#onKey(event));
    }
    // What the browser complains about has to be seen: a choice that was forgotten is made in the list.
    this.addEventListener("invalid", () => this.#open(this.tabs[0]), true);
    this.list.addEventListener("change", () => this.#tell());
    this.addEventListener("point:chosen", (event) => this.#choose(event.detail.id));
    this.watch = new MutationObserver(() => this.#tell());
    this.watch.observe(this.list, { childList: true });
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  get #isMap() {
    return this.tabs[1].getAttribute("aria-selected") === "true";
  }

  #onKey(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const place = Math.min(Math.max(this.tabs.indexOf(event.target) + step, 0), this.tabs.length - 1);
    this.tabs[place].focus();
    this.#open(this.tabs[place]);
  }

  #open(opened) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === opened));
      tab.tabIndex = tab === opened ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== opened;
    }
    this.#tell();
  }

  // The list is as it is; the map, when it is open, follows it.
  async #tell() {
    if (!this.#isMap) return;
    this.#showChosen();
    try {
      await import(MAP);
    } catch {
      this.map.querySelector('[data-said="away"]').hidden = false;
      return;
    }
    this.map.show(new URLSearchParams(new FormData(this.form)).toString(), Number(this.#checked?.value ?? 0));
  }

  get #checked() {
    return this.list.querySelector("input:checked");
  }

  #showChosen() {
    const place = this.querySelector("[data-chosen]");
    const words = this.#checked?.closest("label").querySelector(".point-words");
    place.replaceChildren(words?.cloneNode(true) ?? place.dataset.nothing);
  }

  // A point that the list does not show now is fetched into it; one that has closed is told there.
  async #choose(id) {
    this.wanted = id;
    const radio = this.#radio(id) ?? (await this.#fetched(id));
    if (this.wanted !== id) return;
    if (!radio) return this.#open(this.tabs[0]);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #radio(id) {
    return this.list.querySelector(`input[value="${Number(id)}"]`);
  }

  async #fetched(id) {
    const query = new URLSearchParams(new FormData(this.form));
    query.set("pickup_point", id);
    await htmx.ajax("GET", `${this.form.getAttribute("hx-get")}?${query}`, { target: this.list, swap: "innerHTML" });
    return this.#radio(id);
  }
}

customElements.define("svoi-point-chooser", PointChooser);
