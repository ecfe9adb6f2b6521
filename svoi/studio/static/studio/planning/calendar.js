// <svoi-calendar>: cards stand by the hour; they are moved and lengthened by pointer or by keys, and the server is asked first.
import { lay, toMinutes, wide } from "studio/planning/geometry.js";
import { Hold } from "studio/planning/hold.js";
import { Lift } from "studio/planning/lift.js";

const STARTS_PX = 4;
const MORNING_PX = 60 * 8 - 8;
const STEPS = { ArrowUp: { later: -5 }, ArrowDown: { later: 5 }, ArrowLeft: { columns: -1 }, ArrowRight: { columns: 1 } };

const line = (words) => Object.assign(document.createElement("p"), { textContent: words });
// A fragment of ours as nodes: nothing in it runs.
const read = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

class Calendar extends HTMLElement {
  #lift = null;
  #keys = null;
  #drag = null;
  #hold = null;

  connectedCallback() {
    this.board = this.querySelector("[data-board]");
    this.live = this.querySelector("[data-verdict]");
    this.dialog = this.querySelector("[data-reason]");
    this.toggleAttribute("data-ready", true);
    this.#lay();
    wide.addEventListener("change", () => this.#lay());
    if (!("plans" in this.dataset)) return;
    this.#hold = new Hold(this);
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.addEventListener("pointerdown", (event) => this.#press(event));
    this.addEventListener("pointermove", (event) => this.#pull(event));
    this.addEventListener("pointerup", (event) => this.#release(event));
    this.addEventListener("pointercancel", () => this.#loose());
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", () => this.#keys && !this.dialog.open && !this.busy && this.#cancel());
  }

  get token() {
    return this.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  get verdict() {
    return this.live.querySelector("[data-worst]")?.dataset.worst ?? "hard";
  }

  say(html) {
    this.live.replaceChildren(...read(html));
  }

  #tell(words) {
    this.live.replaceChildren(line(words));
  }

  #lay() {
    lay(this.board);
    const scroll = this.board.querySelector(".cal-scroll");
    if (scroll && wide.matches && !scroll.scrollTop) scroll.scrollTop = MORNING_PX;
  }

  #press(event) {
    const card = event.target.closest("[data-movable]");
    if (!card || event.button || !wide.matches || this.busy) return;
    const drag = { card, id: event.pointerId, x: event.clientX, y: event.clientY, edge: Boolean(event.target.closest("[data-edge]")) };
    drag.scroll = card.closest(".cal-scroll");
    drag.top = drag.scroll.scrollTop;
    if (event.pointerType === "touch") this.#hold.begin(event, () => this.#take(drag));
    else this.#drag = drag;
  }

  #take(drag) {
    this.#cancel();
    this.#drag = drag;
    this.#lift = new Lift(this, drag.card);
  }

  #pull(event) {
    if (this.#hold.slips(event)) this.#hold.end();
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!this.#lift) {
      if (Math.hypot(x, y) < STARTS_PX) return;
      this.#take(drag);
      this.setPointerCapture(drag.id);
    }
    const minutes = toMinutes(y + drag.scroll.scrollTop - drag.top);
    if (drag.edge) this.#lift.shift({ longer: minutes });
    else this.#lift.shift({ later: minutes, columns: this.#columnsAway(event.clientX) });
  }

  #columnsAway(x) {
    const { columns, home } = this.#lift;
    const there = columns.findIndex((column) => x < column.getBoundingClientRect().right);
    return (there < 0 ? columns.length - 1 : there) - home;
  }

  #release(event) {
    const drag = this.#drag;
    this.#drag = null;
    this.#hold.end();
    if (!drag || !this.#lift || this.#keys) return;
    // The link under the pointer is not followed when it was dragged; without a click there is nothing to hold back.
    const hold = (click) => click.preventDefault();
    addEventListener("click", hold, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", hold, { capture: true }));
    this.releasePointerCapture(event.pointerId);
    this.#putDown();
  }

  #key(event) {
    const card = event.target.closest?.("[data-movable]");
    if (!card || !wide.matches || this.busy || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step && !(event.shiftKey && step.columns)) this.#step(card, event.shiftKey ? { longer: step.later } : step);
    else if (event.key === "Enter" && this.#keys) this.#putDown();
    else if (event.key === "Escape" && this.#lift) this.#cancel({ tell: true });
    else return;
    event.preventDefault();
  }

  #step(card, step) {
    if (!this.#keys) {
      this.#lift = new Lift(this, card);
      this.#keys = { later: 0, longer: 0, columns: 0 };
      this.#tell(this.dataset.saidLifted);
    }
    for (const [name, by] of Object.entries(step)) this.#keys[name] += by;
    this.#lift.shift(this.#keys);
    this.#keys.columns = this.#lift.column - this.#lift.home;
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The page took the pointer to scroll by it.
  #loose() {
    this.#hold.end();
    if (!this.#keys) this.#cancel();
  }

  #cancel({ tell = false } = {}) {
    this.#lift?.back();
    this.#lift = this.#keys = this.#drag = null;
    this.live.replaceChildren();
    if (tell) this.#tell(this.dataset.saidBack);
  }

  async #putDown() {
    const lift = this.#lift;
    if (!lift.moved) return this.#cancel();
    this.busy = true;
    try {
      const worst = await lift.ask();
      if (worst === "none") await this.#send(lift, "");
      else if (worst === "soft") await this.#ask(lift);
      else this.#refuse(worst === "hard" ? [...this.live.childNodes] : []);
    } finally {
      this.busy = false;
      this.#lift = this.#keys = null;
    }
  }

  // A warning can be accepted with a reason; the dialog's own buttons close it.
  async #ask(lift) {
    const reason = this.dialog.querySelector("input");
    this.dialog.querySelector("[data-warnings]").replaceChildren(...this.live.cloneNode(true).childNodes);
    this.dialog.returnValue = "";
    this.dialog.showModal();
    reason.focus();
    await new Promise((closed) => this.dialog.addEventListener("close", closed, { once: true }));
    const accepting = this.dialog.returnValue === "accept" ? reason.value : "";
    reason.value = "";
    if (accepting.trim()) await this.#send(lift, accepting);
    else this.#refuse([]);
  }

  async #send(lift, accepting) {
    const slot = lift.card.dataset.slot;
    const answer = await fetch(`${lift.card.href}place${location.search}`, {
      method: "POST", body: lift.body(accepting), headers: { "HX-Request": "true" },
    }).catch(() => null);
    if (!answer || ![200, 409, 422].includes(answer.status)) return this.#refuse([], this.dataset.saidAway);
    const words = await answer.text();
    if (answer.status !== 200) {
      this.#refuse(read(words));
      if (this.live.querySelector('[data-refused="slot_stale"]')) await this.#read(slot);
      return;
    }
    this.#show(words, slot);
    const title = this.live.querySelector(".cal-verdict-title");
    this.#tell(`${this.dataset.saidMoved} ${title?.textContent ?? ""}`.trim());
  }

  async #read(slot) {
    const answer = await fetch(`${this.dataset.address}${location.search}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) this.#show(await answer.text(), slot);
  }

  #show(board, slot) {
    const top = this.board.querySelector(".cal-scroll")?.scrollTop;
    this.board.replaceChildren(...read(board));
    this.board.querySelector(".cal-scroll").scrollTop = top;
    this.#lay();
    this.board.querySelector(`[data-slot="${slot}"]`)?.focus({ preventScroll: true });
  }

  #refuse(words, told = this.dataset.saidBack) {
    const { card } = this.#lift;
    this.#lift.back();
    if (words.length) {
      this.live.replaceChildren(...words);
      this.live.firstElementChild.append(line(told));
    } else this.#tell(told);
    card.focus({ preventScroll: true });
  }
}

customElements.define("svoi-calendar", Calendar);
