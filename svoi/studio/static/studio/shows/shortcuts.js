// <svoi-shortcuts> round a switch: keys 1–9 pin the product of that place, 0 takes the pin down. Off inside fields, and by the switch.
import htmx from "htmx";
const KEPT = "svoi-console-keys";

class Shortcuts extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.#set(this.button.getAttribute("aria-pressed") !== "true"));
    this.listening = new AbortController();
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal: this.listening.signal });
    this.#set(localStorage.getItem(KEPT) !== "off");
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  #set(on) {
    this.button.setAttribute("aria-pressed", String(on));
    localStorage.setItem(KEPT, on ? "on" : "off");
    this.closest("svoi-console").dataset.keys = on ? "on" : "off";
  }

  #onKey(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    if (this.button.getAttribute("aria-pressed") !== "true" || this.#isWriting(event.target)) return;
    const tray = document.getElementById("tray");
    const row = tray.querySelectorAll(".tray-row")[Number(event.key) - 1];
    if (!("onAir" in tray.dataset) || (event.key !== "0" && !row)) return;
    event.preventDefault();
    this.#ask(tray, row?.dataset.product);
  }

  // By the number of the place, whatever the buttons say at this moment: keys pressed in a hurry still mean what they say.
  #ask(tray, product) {
    const values = product ? { product } : {};
    htmx.ajax(product ? "PUT" : "DELETE", tray.dataset.pin, { source: tray, target: tray, swap: "outerMorph", values });
  }

  #isWriting(target) {
    return Boolean(document.querySelector("dialog[open]")) || target.closest("input, textarea, select, [contenteditable]") !== null;
  }
}

customElements.define("svoi-shortcuts", Shortcuts);
