// <svoi-keys>: the console by keyboard. Every key can be changed, all can be switched off (WCAG 2.1.4); kept in this browser.
const KEPT = "svoi-control-keys";
const SWITCH = "svoi-console-keys";
const USUAL = {
  next: "KeyN", back: "KeyB", take: "KeyT", pin: "KeyP", chat: "KeyC", questions: "KeyQ", notes: "KeyW", help: "Slash",
  air: "KeyA", flash: "KeyF", gift: "KeyG", poll: "KeyO", incident: "KeyI", plan: "KeyR", log: "KeyL",
};
const opens = (id) => document.querySelector(`[data-opens="${id}"]`);
const PRESSES = {
  next: () => document.getElementById("cue-next"),
  back: () => document.getElementById("cue-back"),
  take: () => document.getElementById("hold-take"),
  pin: () => document.getElementById("cue-pin"),
  questions: () => opens("questions-sheet"),
  notes: () => opens("notes-sheet"),
  help: () => opens("keys-sheet"),
  poll: () => opens("polls-sheet"),
  incident: () => opens("incidents-sheet"),
  plan: () => opens("plan-sheet"),
  log: () => opens("log-sheet"),
};
// What cannot be taken back is only gone to: the press that does it is another one.
const GOES = {
  chat: () => document.querySelector(".say-form input"),
  air: () => document.querySelector("#air .button-primary, #air button"),
  flash: () => document.querySelector("#flash-fire, #flash-off, #flash-prepare"),
  gift: () => document.querySelector("#gift .gift-armed button, #gift summary"),
};
const NAMES = { Slash: "/ ?", Space: "␣", Comma: ",", Period: ".", Semicolon: ";", Quote: "'", Backquote: "`", Minus: "-", Equal: "=" };
const nameOf = (code) => NAMES[code] ?? code.replace(/^Key|^Digit/, "");

// By the place of a key, so that they are the same in every layout of the keyboard.
class Keys extends HTMLElement {
  connectedCallback() {
    this.keys = { ...USUAL, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
    this.onSwitch = this.querySelector("[data-keys-on]");
    this.said = this.querySelector("[data-keys-said]");
    this.onSwitch.addEventListener("change", () => this.#turn(this.onSwitch.checked));
    this.closest("svoi-sheet").addEventListener("sheet:opened", () => { this.onSwitch.checked = this.#areOn(); });
    this.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
    this.#draw();
  }

  #areOn() {
    return localStorage.getItem(SWITCH) !== "off";
  }

  // The tray's switch turns the same keys: where it stands, it is pressed.
  #turn(on) {
    const shown = document.getElementById("tray-keys");
    if (shown && (shown.getAttribute("aria-pressed") === "true") !== on) shown.click();
    localStorage.setItem(SWITCH, on ? "on" : "off");
    document.querySelector("svoi-console").dataset.keys = on ? "on" : "off";
  }

  #onClick({ target }) {
    if (target.closest("[data-keys-reset]")) this.#keep({ ...USUAL }, "");
    const button = target.closest("[data-key]");
    if (!button) return;
    this.#draw();
    this.asked = button.dataset.key;
    button.textContent = this.dataset.press;
  }

  #onKey(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.asked) this.#choose(event);
    else if (this.#areOn() && !isWriting(event.target)) this.#press(event);
  }

  #choose(event) {
    if (["Tab", "Shift", "Enter", "Escape"].includes(event.key)) {
      this.asked = null;
      this.#draw();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const asked = this.asked;
    const taken = Object.entries(this.keys).some(([name, code]) => name !== asked && code === event.code);
    this.asked = null;
    if (taken || /^(Digit|Numpad)\d$/.test(event.code)) this.#keep(this.keys, this.dataset.taken);
    else this.#keep({ ...this.keys, [asked]: event.code }, "");
  }

  #press(event) {
    const name = Object.keys(this.keys).find((one) => this.keys[one] === event.code);
    if (!name) return;
    event.preventDefault();
    if (name in GOES) goTo(GOES[name]());
    else PRESSES[name]()?.click();
  }

  #keep(keys, said) {
    this.keys = keys;
    localStorage.setItem(KEPT, JSON.stringify(keys));
    this.said.textContent = said;
    this.#draw();
  }

  #draw() {
    for (const button of this.querySelectorAll("[data-key]")) button.textContent = nameOf(this.keys[button.dataset.key]);
  }
}

// On a phone the panel it stands on is opened first; a folded form is unfolded.
function goTo(element) {
  if (!element) return;
  document.querySelector(`svoi-tabs [data-shows="${element.closest("[data-tab]")?.dataset.tab}"]`)?.click();
  const fold = element.closest("details");
  if (fold) fold.open = true;
  (fold?.querySelector("form :is(input, select, textarea):not([type=hidden])") ?? element).focus();
}

function isWriting(target) {
  return Boolean(document.querySelector("dialog[open]")) || target.closest("input, textarea, select, [contenteditable]") !== null;
}

customElements.define("svoi-keys", Keys);
