// <svoi-copy data-text="…"> round a button: puts the text on the clipboard and says so for a moment.
import { toast } from "ui/js/toast.js";

class Copy extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#copy());
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.dataset.text);
      toast(this.dataset.done);
    } catch {
      this.#select();
    }
  }

  // Without the right to the clipboard (plain HTTP) the text is selected, and the keyboard can copy it.
  #select() {
    const shown = document.getElementById(this.dataset.from ?? "");
    if (shown) getSelection().selectAllChildren(shown);
    toast(this.dataset.byHand);
  }
}

customElements.define("svoi-copy", Copy);
