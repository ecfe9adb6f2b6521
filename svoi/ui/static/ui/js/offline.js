// <svoi-offline>: the banner that says the connection is gone, and goes itself when an answer comes.
const AGAIN_MS = 5000;

class Offline extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-retry]").addEventListener("click", () => this.#tryNow());
    addEventListener("offline", () => this.show());
    addEventListener("online", () => this.#tryNow());
    if (!navigator.onLine) this.show();
  }

  show() {
    if (!this.hidden) return;
    this.hidden = false;
    this.#again();
  }

  #again() {
    this.timer = setTimeout(() => this.#tryNow(), AGAIN_MS);
  }

  async #tryNow() {
    clearTimeout(this.timer);
    try {
      await fetch("/healthz", { method: "HEAD", cache: "no-store" });
    } catch {
      this.show();
      if (!this.hidden) this.#again();
      return;
    }
    if (this.hidden) return;
    this.hidden = true;
    document.dispatchEvent(new CustomEvent("connection:restored"));
  }
}

customElements.define("svoi-offline", Offline);

export function showOffline() {
  document.querySelector("svoi-offline")?.show();
}
