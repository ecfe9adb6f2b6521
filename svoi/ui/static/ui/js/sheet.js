// <svoi-sheet>: wraps a <dialog>. Opens by [data-opens="id"] or open(); closes by Esc, a tap outside, [data-close] or a swipe down.
const SWIPE_PX = 96;
const SWIPE_SPEED_PX_MS = 0.6;

class Sheet extends HTMLElement {
  #opener = null;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.addEventListener("click", (event) => this.#onClick(event));
    this.dialog.addEventListener("close", () => this.#onClose());
    this.#listenForSwipe(this.dialog.querySelector(".sheet-head"));
  }

  open(opener = document.activeElement) {
    if (this.dialog.open) return;
    this.#opener = opener;
    this.dialog.showModal();
    this.dispatchEvent(new CustomEvent("sheet:opened", { bubbles: true }));
  }

  close() {
    this.dialog.close();
  }

  #onClick(event) {
    if (event.target === this.dialog && this.#isOutside(event)) this.close();
    else if (event.target.closest("[data-close]")) this.close();
  }

  // A key press makes a click at 0, 0: only a real pointer can be outside.
  #isOutside(event) {
    const box = this.dialog.getBoundingClientRect();
    return event.detail > 0 && (event.clientY < box.top || event.clientY > box.bottom ||
      event.clientX < box.left || event.clientX > box.right);
  }

  #onClose() {
    this.dialog.style.translate = "";
    if (this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
    this.#opener = null;
    this.dispatchEvent(new CustomEvent("sheet:closed", { bubbles: true }));
  }

  #listenForSwipe(head) {
    let start = null;
    head?.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" || event.target.closest("button")) return;
      start = { y: event.clientY, at: event.timeStamp };
      head.setPointerCapture(event.pointerId);
    });
    head?.addEventListener("pointermove", (event) => {
      if (start) this.dialog.style.translate = `0 ${Math.max(0, event.clientY - start.y)}px`;
    });
    for (const name of ["pointerup", "pointercancel"]) {
      head?.addEventListener(name, (event) => {
        if (!start) return;
        const moved = event.clientY - start.y;
        const fast = moved / Math.max(1, event.timeStamp - start.at) > SWIPE_SPEED_PX_MS;
        start = null;
        this.dialog.style.translate = "";
        if (name === "pointerup" && (moved > SWIPE_PX || (fast && moved > 24))) this.close();
      });
    }
  }
}

customElements.define("svoi-sheet", Sheet);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.closest("svoi-sheet")?.open(opener);
});
