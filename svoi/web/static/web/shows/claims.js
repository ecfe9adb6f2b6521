// A form with [data-claim="kind:id"] reaches for something scarce. Its claim goes ahead over the room's own line, where
// thousands are decided at once; then the form is sent as ever, with the same key, and finds what was decided. Without a
// line, or without an answer in time, sending the form is all that happens.
const ANSWER_MS = 5000;

export class Claims {
  #socket;
  #waiting = new Map();

  constructor(socket) {
    this.#socket = socket;
    socket.addEventListener("frame", ({ detail }) => detail.t === "claim" && this.#waiting.get(detail.k)?.(detail));
    document.addEventListener("submit", (event) => this.#submit(event), { capture: true });
  }

  // A promise of the answer, or of nothing when it does not come in time; null without a line.
  ahead({ k, kind, id, quantity = 1 }) {
    return this.#socket.claim({ k, kind, id, quantity }) ? this.#answerTo(k) : null;
  }

  async #answerTo(k) {
    const answer = await new Promise((decided) => {
      this.#waiting.set(k, decided);
      setTimeout(decided, ANSWER_MS);
    });
    this.#waiting.delete(k);
    if (answer?.code === "try_again") await pause(answer.wait_s * 1000 * (0.5 + Math.random()));
    return answer;
  }

  async #submit(event) {
    const form = event.target.closest("form[data-claim]");
    if (!form || form.dataset.decided) return;
    const [kind, id] = form.dataset.claim.split(":");
    const deciding = form.ariaBusy ? true : this.ahead({ k: form.elements.key.value, kind, id: Number(id) });
    if (!deciding) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (deciding === true) return;
    form.ariaBusy = "true";
    const answer = await deciding;
    form.ariaBusy = null;
    form.dataset.decided = "yes";
    if (answer?.amount) form.append(hidden("ahead"));
    if (form.isConnected) form.requestSubmit();
  }
}

const hidden = (name) => Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
const pause = (ms) => new Promise((over) => setTimeout(over, ms));
