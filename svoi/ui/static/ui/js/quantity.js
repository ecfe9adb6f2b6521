// <svoi-quantity>: a number field with fewer and more; never leaves its min and max.
class Quantity extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.addEventListener("click", (event) => {
      const step = Number(event.target.closest("[data-step]")?.dataset.step ?? 0);
      if (step) this.#set(Number(this.input.value) + step);
    });
    this.input.addEventListener("change", () => this.#set(Number(this.input.value)));
    this.#mark();
  }

  #set(wanted) {
    const most = Number(this.input.max || Infinity);
    const least = Number(this.input.min || 0);
    const value = Math.min(most, Math.max(least, Math.trunc(wanted) || least));
    const changed = this.input.value !== String(value);
    this.input.value = String(value);
    this.#mark();
    if (changed) this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #mark() {
    const value = Number(this.input.value);
    this.querySelector('[data-step="-1"]').disabled = value <= Number(this.input.min || 0);
    this.querySelector('[data-step="1"]').disabled = value >= Number(this.input.max || Infinity);
  }
}

customElements.define("svoi-quantity", Quantity);
