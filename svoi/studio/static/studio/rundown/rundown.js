// <svoi-rundown>: segments are dragged by their grip; the page scrolls at its edges, the others step aside, times roll along.
// The buttons up and down do the same without dragging, and what follows is always the server's answer.
import htmx from "htmx";
import { toast } from "ui/js/toast.js";
import { rollTimes } from "studio/rundown/roll.js";

const EDGE_PX = 72;
const SCROLL_PX = 14;

// Puts a row in front of another by moving those between: the dragged row itself stays in the tree, or the pointer would be lost.
function stepAside(row, next) {
  const rows = [...row.parentElement.children];
  const from = rows.indexOf(row);
  const to = next ? rows.indexOf(next) : rows.length;
  if (from < to) row.before(...rows.slice(from + 1, to));
  else row.after(...rows.slice(to, from));
}

class Rundown extends HTMLElement {
  #drag = null;

  connectedCallback() {
    this.addEventListener("pointerdown", (event) => this.#start(event));
    this.addEventListener("click", (event) => this.#stayAtTheEnds(event), { capture: true });
    this.addEventListener("htmx:response:error", (event) => this.#lost(event));
  }

  #rows() {
    return [...this.querySelectorAll(".rundown-rows > .segment")];
  }

  #start(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0 || this.querySelector("[data-segment-form]")) return;
    event.preventDefault();
    const row = grip.closest(".segment");
    const controller = new AbortController();
    const { signal } = controller;
    this.#drag = { row, controller, id: event.pointerId, y: event.clientY, before: row.nextElementSibling, from: this.#rows() };
    grip.setPointerCapture(event.pointerId);
    row.toggleAttribute("data-dragged", true);
    this.toggleAttribute("data-dragging", true);
    grip.addEventListener("pointermove", (moved) => this.#follow(moved.clientY), { signal });
    grip.addEventListener("pointerup", () => this.#drop(), { signal });
    grip.addEventListener("pointercancel", () => this.#cancel(), { signal });
    document.addEventListener("keydown", (key) => { if (key.key === "Escape") this.#cancel(); }, { signal });
    this.#scroll();
  }

  #follow(y) {
    const drag = this.#drag;
    if (!drag) return;
    drag.y = y;
    const others = this.#rows().filter((row) => row !== drag.row);
    const next = others.find((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    if ((next ?? null) === drag.row.nextElementSibling) return;
    stepAside(drag.row, next ?? null);
    rollTimes(this.#rows(), Number(this.dataset.starts));
  }

  #scroll() {
    const drag = this.#drag;
    if (!drag) return;
    const down = drag.y > innerHeight - EDGE_PX;
    if (down || drag.y < EDGE_PX) {
      scrollBy(0, down ? SCROLL_PX : -SCROLL_PX);
      this.#follow(drag.y);
    }
    requestAnimationFrame(() => this.#scroll());
  }

  #drop() {
    const { row, before } = this.#end();
    const next = row.nextElementSibling;
    if (next === before) return;
    const form = row.querySelector("[data-place]");
    htmx.ajax("POST", form.getAttribute("hx-post"), {
      source: this,
      target: "#rundown",
      swap: "outerMorph",
      values: { seen: form.elements.seen.value, before: next?.dataset.segment ?? "" },
    });
  }

  #cancel() {
    if (!this.#drag) return;
    const { from } = this.#end();
    from[0].parentElement.append(...from);
    rollTimes(from, Number(this.dataset.starts));
  }

  #end() {
    const drag = this.#drag;
    this.#drag = null;
    drag.controller.abort();
    drag.row.removeAttribute("data-dragged");
    this.removeAttribute("data-dragging");
    return drag;
  }

  // A button that can do nothing keeps its place for the keyboard.
  #stayAtTheEnds(event) {
    if (!event.target.closest?.('[aria-disabled="true"]')) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // What was dropped may not stand: somebody else moved first. Then the page shows how it stands, beside the refusal.
  #lost(event) {
    if (event.detail.ctx.request.method === "GET") return;
    const status = event.detail.ctx.response.status;
    if (status !== 409 && status !== 404 && status < 500) return;
    if (event.target.closest("[data-segment-form]")) return;
    if (status >= 500) toast(this.dataset.lost);
    htmx.ajax("GET", this.dataset.address, { source: this, target: "#rundown", swap: "outerMorph" });
  }
}

customElements.define("svoi-rundown", Rundown);
