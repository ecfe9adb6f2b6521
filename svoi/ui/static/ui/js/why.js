// <svoi-why>: a button and the reasons it opens; a tap opens them everywhere, a mouse also by resting on it.

const REST_MS = 250;

class Why extends HTMLElement {
  connectedCallback() {
    this.addEventListener("pointerenter", this.#rest);
    this.addEventListener("pointerleave", this.#leave);
  }

  #rest = ({ pointerType }) => {
    if (pointerType !== "mouse") return;
    this.timer = setTimeout(() => {
      const told = this.querySelector("[popover]");
      if (told.matches(":popover-open")) return;
      told.showPopover({ source: this.querySelector("button") });
      this.rested = true;
    }, REST_MS);
  };

  // What a click opened stays open.
  #leave = () => {
    clearTimeout(this.timer);
    if (this.rested) this.querySelector("[popover]").hidePopover();
    this.rested = false;
  };
}

customElements.define("svoi-why", Why);
