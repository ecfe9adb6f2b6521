// <svoi-toasts>: one short sentence that leaves by itself. toast("Saved"), toast("…", { action: { label, run } }).
import { icon } from "ui/js/icon.js";

const STAY_MS = 5000;
const STAY_WITH_ACTION_MS = 10000;
const SHOWN_MAX = 3;

class Toasts extends HTMLElement {
  show(text, { action = null, stayMs = action ? STAY_WITH_ACTION_MS : STAY_MS } = {}) {
    while (this.children.length >= SHOWN_MAX) this.firstElementChild.remove();
    const box = document.createElement("div");
    box.className = "toast";
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    if (action) box.append(this.#button(action.label, () => { box.remove(); action.run(); }));
    box.append(this.#closer(box));
    this.append(box);
    this.#leaveAfter(box, stayMs);
  }

  #button(label, run) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = label;
    button.addEventListener("click", run);
    return button;
  }

  #closer(box) {
    const button = this.#button("", () => box.remove());
    button.className = "button button-icon";
    button.setAttribute("aria-label", this.dataset.close ?? "×");
    button.append(icon("x", "small"));
    return button;
  }

  // Somebody who reads or reaches for the button is not hurried.
  #leaveAfter(box, stayMs) {
    let timer;
    const start = () => { timer = setTimeout(() => this.#leave(box), stayMs); };
    const hold = () => clearTimeout(timer);
    for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, hold);
    for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, start);
    start();
  }

  #leave(box) {
    box.classList.add("toast-leaving");
    setTimeout(() => box.remove(), 250);
  }
}

customElements.define("svoi-toasts", Toasts);

export function toast(text, options) {
  document.querySelector("svoi-toasts")?.show(text, options);
}
