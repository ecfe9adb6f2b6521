// <svoi-reveal>: shows and hides the letters of a password. Without scripts the button is not there.
class Reveal extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
  }
}

customElements.define("svoi-reveal", Reveal);
