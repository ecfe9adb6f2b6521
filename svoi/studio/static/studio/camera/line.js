// The line to media: a ticket, a hello, then frames; lost, it is made anew with growing pauses. Runs in the worker.
import { isPassing, pauseMs } from "./retry.js";

const SILENT_MS = 4000;
const ECHO_MS = 2000;
const HTTP_CODES = { 401: "signed_out", 403: "signed_out", 404: "rights", 409: "show_ended" };

export class Line {
  #socket = null;
  #attempt = 0;
  #wanted = false;
  #heardMs = 0;
  #echoMs = 0;
  #open = false;

  // `tell` hears {t: "state", state, code} and what media says of the signal; `opened` is called when frames may go.
  constructor({ address, csrf, tell, opened }) {
    Object.assign(this, { address, csrf, tell, opened, roundMs: null });
    setInterval(() => this.#tick(), 500);
  }

  get isOpen() {
    return this.#open;
  }

  get buffered() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  start() {
    this.#wanted = true;
    this.#attempt = 0;
    this.#state("connecting");
    this.#knock();
  }

  stop() {
    this.#wanted = false;
    clearTimeout(this.timer);
    this.#drop(1000);
    this.#state("off");
  }

  send(message) {
    if (this.#open) this.#socket.send(message);
  }

  async #knock() {
    try {
      const { ticket, address } = await this.#ask();
      if (!this.#wanted || this.#socket) return;
      const socket = new WebSocket(address);
      this.#socket = socket;
      socket.binaryType = "arraybuffer";
      socket.onopen = () => socket.send(JSON.stringify({ t: "hello", aim: "publish", ticket }));
      socket.onmessage = ({ data }) => this.#socket === socket && this.#hear(JSON.parse(data));
      socket.onclose = () => this.#socket === socket && this.#lost();
      this.#heardMs = performance.now();
    } catch (fault) {
      if (fault.code) this.#over(fault.code);
      else this.#again();
    }
  }

  async #ask() {
    const answer = await fetch(this.address, { method: "POST", headers: { "X-CSRFToken": this.csrf }, redirect: "manual" });
    if (answer.ok) return answer.json();
    const code = answer.type === "opaqueredirect" ? "signed_out" : HTTP_CODES[answer.status];
    throw code ? Object.assign(new Error(code), { code }) : new Error(`ticket: ${answer.status}`);
  }

  #hear(told) {
    this.#heardMs = performance.now();
    if (told.t === "ready") {
      this.#open = true;
      this.#attempt = 0;
      this.opened(told);
      this.#state("checking");
    }
    if (told.t === "echo") this.roundMs = performance.now() - told.at;
    if (told.t === "signal") this.tell(told);
    if (told.t !== "refused") return;
    this.#drop();
    if (isPassing(told.code)) this.#again();
    else this.#over(told.code);
  }

  #lost() {
    this.#drop();
    if (this.#wanted) this.#again();
  }

  #again() {
    if (!this.#wanted) return;
    this.#state("reconnecting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#knock(), pauseMs(this.#attempt++, Math.random()));
  }

  #over(code) {
    this.#wanted = false;
    this.#state(code === "show_ended" ? "ended" : "refused", code);
  }

  #drop(code) {
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    this.roundMs = null;
    socket?.close(code);
  }

  // Media speaks every second; a line on which nothing is heard is dead, whatever the network says.
  #tick() {
    if (!this.#socket) return;
    const now = performance.now();
    if (now - this.#heardMs > SILENT_MS) this.#lost();
    else if (this.#open && now - this.#echoMs > ECHO_MS) {
      this.#echoMs = now;
      this.#socket.send(JSON.stringify({ t: "echo", at: now }));
    }
  }

  #state(state, code = "") {
    this.tell({ t: "state", state, code });
  }
}
