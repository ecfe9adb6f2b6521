// <svoi-armed data-armed="Press again to end"> round a button: the first press arms it, the second within 5 s fires.
const ARMED_MS = 5000;

class Armed extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.words = this.button.querySelector("[data-words]") ?? this.button;
    this.asleep = this.words.textContent;
    this.addEventListener("click", (event) => this.#onClick(event), { capture: true });
    this.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#disarm(); });
  }

  #onClick(event) {
    if (!event.target.closest("button")) return;
    if (this.hasAttribute("data-ready")) {
      this.#disarm();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.setAttribute("data-ready", "");
    this.button.setAttribute("aria-live", "assertive");
    this.words.textContent = this.dataset.armed;
    this.timer = setTimeout(() => this.#disarm(), ARMED_MS);
  }

  #disarm() {
    clearTimeout(this.timer);
    this.removeAttribute("data-ready");
    this.words.textContent = this.asleep;
  }
}

customElements.define("svoi-armed", Armed);
