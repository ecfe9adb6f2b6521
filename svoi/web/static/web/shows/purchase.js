// <svoi-purchase>: keeps picture, price and sum in step with the chosen variant. The server decides; this only counts.
import { moneyText } from "ui/js/money.js";

class Purchase extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#buy-form");
    if (!this.form) return;
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.#count());
    this.#count();
  }

  #count() {
    const variant = this.form.querySelector('input[name="variant"]:checked, input[name="variant"][type="hidden"]');
    const quantity = this.form.querySelector('input[name="quantity"]');
    if (!variant) return;
    const { price, currency, most, old, picture } = variant.dataset;
    if (Number(most) && quantity.max !== most) {
      quantity.max = most;
      quantity.dispatchEvent(new Event("change")); // the stepper keeps within its limits by itself
    }
    this.#write("[data-sum]", moneyText(Number(price) * Number(quantity.value || 1), currency));
    if (variant.type === "hidden") return;
    this.#write("[data-unit]", moneyText(Number(price), currency));
    this.#write("[data-old-unit]", old ? moneyText(Number(old), currency) : "");
    this.querySelector("[data-old-part]").hidden = !old;
    const shown = this.querySelector(".buy-picture > img");
    if (shown && picture && shown.getAttribute("src") !== picture) shown.src = picture;
  }

  #write(place, words) {
    const found = this.querySelector(place);
    if (found && found.textContent !== words) found.textContent = words;
  }
}

customElements.define("svoi-purchase", Purchase);
