// <svoi-tabs>: on a phone one panel of the console at a time.
const KEPT = "svoi-console-tab";

class Tabs extends HTMLElement {
  connectedCallback() {
    this.console = this.closest("svoi-console");
    this.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) this.show(tab.dataset.shows);
    });
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.show(sessionStorage.getItem(KEPT) ?? "air");
  }

  show(name) {
    const known = this.querySelector(`[data-shows="${CSS.escape(name)}"]`) ? name : "air";
    this.console.dataset.shown = known;
    sessionStorage.setItem(KEPT, known);
    for (const tab of this.querySelectorAll("[role=tab]")) {
      const chosen = tab.dataset.shows === known;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) this.#note(tab, 0);
    }
  }

  // Something happened on a panel that is not seen.
  note(name) {
    const tab = this.querySelector(`[data-shows="${name}"]`);
    if (this.console.dataset.shown !== name) this.#note(tab, Number(tab.dataset.unread ?? 0) + 1);
  }

  #note(tab, count) {
    const pill = tab.querySelector(".tab-unread");
    tab.dataset.unread = count;
    if (!pill) return;
    pill.hidden = !count;
    pill.textContent = count > 99 ? "99+" : String(count);
  }

  #onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const tabs = [...this.querySelectorAll("[role=tab]")];
    const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
    this.show(next.dataset.shows);
    next.focus();
  }
}

customElements.define("svoi-tabs", Tabs);
