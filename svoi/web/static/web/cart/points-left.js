// <svoi-left data-of="points-spent">: what the chosen option of a list leaves to pay, as the option itself says it.
class Left extends HTMLElement {
  connectedCallback() {
    this.list = document.getElementById(this.dataset.of);
    this.list.addEventListener("change", () => this.#show());
    this.#show();
    this.hidden = false;
  }

  #show() {
    this.querySelector("[data-money]").textContent = this.list.selectedOptions[0].dataset.left;
  }
}

customElements.define("svoi-left", Left);
