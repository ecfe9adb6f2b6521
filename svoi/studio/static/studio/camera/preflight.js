// <svoi-preflight>: the list of what has to be right before a show; each line has its state, its value and a plain remedy.
import { say } from "web/shows/words.js";

const ICONS = { wait: "loader-circle", good: "circle-check", warn: "triangle-alert", bad: "octagon-alert" };

class Preflight extends HTMLElement {
  // state: "wait", "good", "warn" or "bad"; `key` names the words, which may hold {facts}.
  show(name, state, key = "", facts = {}) {
    const row = this.querySelector(`[data-check="${name}"]`);
    if (!row) return;
    row.dataset.state = state;
    const use = row.querySelector(".check-icon use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[state]}`));
    row.querySelector(".check-state").textContent = say(`check_${state}`);
    row.querySelector(".check-value").textContent = key ? say(key, facts) : "";
    row.querySelector(".check-remedy").textContent = key && state !== "good" ? say(`${key}_remedy`, facts) : "";
    this.dispatchEvent(new CustomEvent("checked", { detail: { name, state } }));
  }

  state(name) {
    return this.querySelector(`[data-check="${name}"]`)?.dataset.state;
  }

  get worst() {
    const states = [...this.querySelectorAll("[data-check]")].map((row) => row.dataset.state);
    return ["bad", "wait", "warn"].find((state) => states.includes(state)) ?? "good";
  }
}

customElements.define("svoi-preflight", Preflight);
