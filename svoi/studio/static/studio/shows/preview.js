// <svoi-preview>: what the camera sends, small and silent, from the moment it arrives; before the show as well.
class Preview extends HTMLElement {
  connectedCallback() {
    this.player = this.querySelector("svoi-player");
    this.sound = this.querySelector(".preview-sound");
    this.sound.addEventListener("click", () => { this.player.muted = !this.player.muted; });
    this.addEventListener("player:state", () => this.#draw());
  }

  // `address` asks for a fresh address of the picture; it is asked only once a picture arrives.
  async follow(online, address) {
    this.toggleAttribute("data-offline", !online);
    if (!online || this.asked) {
      if (online) this.player.lookAgain();
      return;
    }
    this.asked = true;
    try {
      this.player.dataset.address = await address();
      this.player.renew = address;
      this.player.start({ live: true, sound: false });
    } catch {
      this.asked = false;
    }
  }

  #draw() {
    const { muted, started } = this.player;
    const label = muted ? this.sound.dataset.off : this.sound.dataset.on;
    this.sound.hidden = !started;
    this.sound.setAttribute("aria-pressed", String(!muted));
    if (this.sound.getAttribute("aria-label") !== label) this.sound.setAttribute("aria-label", label);
  }
}

customElements.define("svoi-preview", Preview);
