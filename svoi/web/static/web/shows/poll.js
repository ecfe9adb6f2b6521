// <svoi-poll>: the room's poll. The server writes it; it is read again when the room tells of it, after a vote, and while it runs.
const AGAIN_MS = 4000;
const PART = { "X-Part": "poll" };

class Poll extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.#onSubmit(event));
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-dismiss]")) this.hidden = true;
    });
    this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  // What the room knows now: a new poll, or results.
  follow(poll) {
    if (poll) this.#take(fetch(this.dataset.address, { headers: PART }));
  }

  #onSubmit(event) {
    event.preventDefault();
    const { action } = event.target;
    this.#take(fetch(action, { method: "POST", headers: PART, body: new FormData(event.target) }));
  }

  async #take(asked) {
    try {
      const answer = await asked;
      const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("svoi-poll");
      if (told) this.#become(told);
    } catch {
      // The next turn, or the room's next word, asks again.
    }
    this.#later();
  }

  // Whoever is choosing is not disturbed; the one she dismissed stays away until another is asked.
  #become(told) {
    const isSame = told.dataset.poll === this.dataset.poll;
    if (isSame && told.dataset.stage === this.dataset.stage && this.querySelector("form") && told.querySelector("form")) return;
    const focused = this.contains(document.activeElement);
    this.dataset.poll = told.dataset.poll;
    this.dataset.stage = told.dataset.stage;
    if (!isSame) this.hidden = told.hidden;
    this.replaceChildren(...told.childNodes);
    if (focused) this.querySelector(".poll-close")?.focus();
  }

  #later() {
    clearTimeout(this.timer);
    if (!["open", "over"].includes(this.dataset.stage)) return;
    this.timer = setTimeout(() => this.#take(fetch(this.dataset.address, { headers: PART })), AGAIN_MS);
  }
}

customElements.define("svoi-poll", Poll);
