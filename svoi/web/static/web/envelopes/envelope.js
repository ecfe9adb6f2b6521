// <svoi-envelope>: opens once in front of her, within 600 ms. A touch or a key ends it; under reduced motion nothing
// moves. Then the amount is said to a screen reader. Without scripts the page simply shows it open.
const SKIPPING = ["pointerdown", "keydown"];

class Envelope extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[data-said]");
    this.watching = new MutationObserver(() => this.#look());
    this.watching.observe(this.querySelector("[data-body]"), { childList: true });
    this.#look();
  }

  disconnectedCallback() {
    this.watching.disconnect();
  }

  #look() {
    const face = this.querySelector("[data-opening]");
    if (face) this.#open(face);
  }

  async #open(face) {
    face.removeAttribute("data-opening");
    face.dataset.phase = "opening";
    const moving = face.getAnimations({ subtree: true });
    const skip = () => moving.forEach((one) => one.finish());
    for (const name of SKIPPING) document.addEventListener(name, skip, { capture: true });
    await Promise.allSettled(moving.map((one) => one.finished));
    for (const name of SKIPPING) document.removeEventListener(name, skip, { capture: true });
    delete face.dataset.phase;
    this.#opened(face);
  }

  // The button she pressed is gone: the focus goes where the amount stands instead of to the top of the page.
  #opened(face) {
    this.said.textContent = face.dataset.words;
    if (document.activeElement === document.body) face.querySelector("[data-amount]").focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent("envelope:opened", { bubbles: true }));
  }
}

customElements.define("svoi-envelope", Envelope);
