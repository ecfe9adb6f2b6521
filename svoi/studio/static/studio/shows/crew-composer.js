// <svoi-crew-composer>: where the crew answers the room.
class CrewComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input");
    this.form.addEventListener("submit", (event) => this.#onSubmit(event));
  }

  #onSubmit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.dispatchEvent(new CustomEvent("composer:say", { bubbles: true, detail: text }));
  }
}

customElements.define("svoi-crew-composer", CrewComposer);
