// <svoi-camera>: the page that is a show's camera. It asks for the devices, checks them, sends, and says what is going on.
import { csrfToken } from "ui/js/htmx-setup.js";
import { firstRung, showLine, showProbe } from "studio/camera/checks.js";
import { isMirror, known, nextCamera, openCamera, openMicrophone } from "studio/camera/devices.js";
import { Feed } from "studio/camera/feed.js";
import { decimal } from "studio/camera/figures.js";
import { say } from "web/shows/words.js";

const SENDING = new Set(["connecting", "checking", "sending", "reconnecting"]);
const HEARD_MS = 400;
const AIR_MS = 3000;

class Camera extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.list = this.querySelector("svoi-preflight");
    this.level = this.querySelector("svoi-level");
    this.tracks = { camera: null, microphone: null };
    this.framing = matchMedia("(orientation: portrait)").matches ? "tall" : "wide";
    this.dataset.framing = this.framing;
    this.querySelector(`[name=framing][value=${this.framing}]`).checked = true;
    this.#listen();
    this.reading = setInterval(() => this.#readAir(), AIR_MS);
    if (this.dataset.ended) this.#be("ended");
    else if (!("VideoEncoder" in globalThis) || !("AudioEncoder" in globalThis)) this.#be("unsupported");
    else if (!globalThis.isSecureContext) this.#be("insecure");
    else this.#begin();
  }

  disconnectedCallback() {
    clearInterval(this.reading);
    this.#putAway();
  }

  // Camera and microphone go dark: their lamps are the only proof a person has.
  #putAway() {
    this.worker?.terminate();
    this.level.stop();
    for (const track of Object.values(this.tracks)) track?.stop();
    this.tracks = { camera: null, microphone: null };
    this.video.srcObject = null;
  }

  // --- What the page is doing ------------------------------------------------------------------------------------------

  #be(state, code = "") {
    const before = this.dataset.state;
    this.dataset.state = state;
    this.toggleAttribute("data-shown", state === "ready" || SENDING.has(state));
    const title = code ? say(`refused_${code}`) || say("refused_other") : say(`state_${state}`);
    const advice = code ? say(`advice_${code}`) || say("advice_other") : say(`advice_${state}`);
    this.querySelector("[data-title]").textContent = title;
    this.querySelector("[data-advice]").textContent = advice;
    this.querySelector("[data-line]").textContent = SENDING.has(state) ? say(`line_${state}`) : "";
    this.#button(state);
    if (before === state) return;
    if (state === "sending" || before === "sending" || state === "ended") this.#readAir();
    if (SENDING.has(state)) this.#stayAwake();
    else this.#maySleep();
    if (state === "ended") this.#putAway();
  }

  #button(state) {
    const sends = SENDING.has(state);
    const held = document.activeElement?.closest("[data-send], [data-stop], .camera-on");
    this.querySelector("[data-send]").hidden = sends || state === "ended";
    this.querySelector("[data-stop]").hidden = !sends;
    this.querySelector(".camera-on").setAttribute("aria-busy", String(state === "asking"));
    const ready = this.tracks.camera !== null && this.list.state("encoder") !== "bad" && this.list.state("keys") !== "bad";
    this.querySelector("[data-send] button").toggleAttribute("disabled", !ready);
    // Whoever pressed a button that is gone now stands at the one that took its place.
    if (held && !held.checkVisibility()) this.querySelector(sends ? "[data-stop] button" : "[data-send] button").focus();
  }

  #listen() {
    this.addEventListener("click", ({ target }) => this.#does[target.closest("[data-does]")?.dataset.does]?.());
    this.addEventListener("change", ({ target }) => this.#onChange(target));
    this.list.addEventListener("checked", () => this.#button(this.dataset.state));
    this.level.addEventListener("level", ({ detail }) => this.#heard(detail.heardMs));
    document.addEventListener("visibilitychange", () => this.#onVisibility());
    document.addEventListener("htmx:after:swap", () => this.#onAir());
    addEventListener("beforeunload", (event) => { if (SENDING.has(this.dataset.state)) event.preventDefault(); });
  }

  #does = {
    on: () => this.#turnOn(),
    send: () => this.#send(),
    stop: () => this.worker.postMessage({ t: "stop" }),
    mute: () => this.#mute(),
    turn: async () => this.#useCamera(nextCamera(this.tracks.camera, (await known()).cameras)),
    check: () => this.#checkLine(),
  };

  // --- Before the show --------------------------------------------------------------------------------------------------

  async #begin() {
    this.worker = new Worker(this.dataset.worker, { type: "module" });
    this.worker.onmessage = ({ data }) => this.#hear(data);
    this.worker.onerror = () => this.onProbed({ picture: false, sound: "" });
    this.feed = new Feed(this.worker, this.video, { tap: this.dataset.tap });
    this.probed = new Promise((done) => { this.onProbed = done; });
    this.worker.postMessage({ t: "probe" });
    const given = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
    if (given?.state === "granted") await this.#turnOn();
    else this.#be("idle");
    const found = await this.probed;
    showProbe(this.list, found);
    await this.#checkLine();
  }

  async #checkLine() {
    if (SENDING.has(this.dataset.state) || this.checking) return;
    this.checking = true;
    for (const name of ["upload", "delay"]) this.list.show(name, "wait");
    this.way = await showLine(this.list, () => this.#ask(), await this.probed);
    this.checking = false;
  }

  async #ask() {
    const answer = await fetch(this.dataset.ticket, { method: "POST", headers: { "X-CSRFToken": csrfToken() }, redirect: "manual" });
    if (!answer.ok) throw new Error(`ticket: ${answer.status}`);
    return answer.json();
  }

  async #turnOn() {
    this.#be("asking");
    await this.#useCamera({ facing: "user" });
    await this.#useMicrophone({});
    if (!this.tracks.camera) return;
    this.#be("ready");
    await this.#fillChoices();
  }

  // --- Devices ----------------------------------------------------------------------------------------------------------

  async #useCamera(wish) {
    try {
      // Many phones open one camera at a time, so the one in use goes first.
      this.tracks.camera?.stop();
      const track = await openCamera(wish);
      this.tracks.camera = track;
      track.onended = () => this.#lostCamera();
      this.video.srcObject = new MediaStream([track]);
      this.video.toggleAttribute("data-mirror", isMirror(track));
      await this.video.play().catch(() => {});
      const { width, height, frameRate } = track.getSettings();
      this.list.show("camera", "good", "camera_good", { width, height, fps: decimal(frameRate ?? 30, 0) });
      if (this.opened) this.feed.picture(track);
      await this.#fillChoices();
    } catch ({ word }) {
      this.tracks.camera = null;
      this.list.show("camera", "bad", `camera_${word ?? "none"}`);
      if (!SENDING.has(this.dataset.state)) this.#be({ denied: "denied", insecure: "insecure" }[word] ?? "no_camera");
    }
  }

  async #useMicrophone(wish) {
    try {
      const track = await openMicrophone(wish);
      this.tracks.microphone?.stop();
      this.tracks.microphone = track;
      track.enabled = !this.isMuted;
      track.onended = () => this.#loseMicrophone("lost");
      this.list.show("microphone", "wait", "microphone_listening");
      this.level.heard = 0;
      await this.level.listen(track);
      if (this.opened) await this.feed.sound(track);
    } catch ({ word }) {
      this.#loseMicrophone(word ?? "none");
    }
    this.querySelector("[data-does=mute]").toggleAttribute("disabled", this.tracks.microphone === null);
  }

  // A show may go without sound; the recording gets a track of silence, and the list says so.
  #loseMicrophone(word) {
    this.tracks.microphone = null;
    this.level.stop();
    this.list.show("microphone", "warn", `microphone_${word}`);
    if (this.opened) this.feed.silence();
  }

  #lostCamera() {
    this.tracks.camera = null;
    this.list.show("camera", "bad", "camera_lost");
    if (!SENDING.has(this.dataset.state)) this.#be("no_camera");
  }

  #heard(heardMs) {
    if (!this.tracks.microphone || this.isMuted) return;
    const name = this.tracks.microphone.label;
    if (heardMs > HEARD_MS) this.list.show("microphone", "good", "microphone_good", { name });
    else this.list.show("microphone", "wait", "microphone_listening");
  }

  async #fillChoices() {
    const { cameras, microphones } = await known();
    this.#fill("camera", cameras, this.tracks.camera);
    this.#fill("microphone", microphones, this.tracks.microphone);
    this.querySelector("[data-does=turn]").hidden = cameras.length < 2 && !this.tracks.camera?.getSettings().facingMode;
  }

  #fill(name, devices, track) {
    const field = this.querySelector(`select[name=${name}]`);
    const chosen = track?.getSettings().deviceId;
    field.replaceChildren(...devices.map(({ id, name: words }, place) => new Option(words || say("unnamed", { number: place + 1 }), id, false, id === chosen)));
    field.disabled = devices.length === 0;
  }

  #onChange({ name, value }) {
    if (name === "camera") this.#useCamera({ id: value });
    if (name === "microphone") this.#useMicrophone({ id: value });
    if (name !== "framing") return;
    this.framing = value;
    this.dataset.framing = value;
    this.worker?.postMessage({ t: "framing", framing: value });
  }

  #mute() {
    this.isMuted = !this.isMuted;
    if (this.tracks.microphone) this.tracks.microphone.enabled = !this.isMuted;
    const button = this.querySelector("[data-does=mute]");
    button.setAttribute("aria-pressed", String(this.isMuted));
    button.querySelector("[data-words]").textContent = say(this.isMuted ? "muted" : "mute");
    this.querySelector("[data-muted]").hidden = !this.isMuted;
    if (this.isMuted) this.list.show("microphone", "warn", "microphone_muted");
  }

  // --- On the line --------------------------------------------------------------------------------------------------------

  async #send() {
    const found = await this.probed;
    if (!this.tracks.camera) await this.#turnOn();
    if (!this.tracks.camera) return;
    if (!this.opened) {
      this.opened = true;
      const address = new URL(this.dataset.ticket, location.href).href;
      const rung = firstRung({ bps: this.way?.bps, frameMs: found.frameMs });
      this.worker.postMessage({ t: "open", address, csrf: csrfToken(), framing: this.framing, kind: found.sound, rung });
      this.feed.picture(this.tracks.camera);
      if (this.tracks.microphone) await this.feed.sound(this.tracks.microphone);
      else this.feed.silence();
    }
    this.worker.postMessage({ t: "start" });
  }

  #hear(told) {
    if (told.t === "probed") this.onProbed(told);
    if (told.t === "look") this.#look(told);
    if (told.t === "signal" && told.is_shown && this.dataset.state === "checking") this.#be("sending");
    if (told.t === "signal") this.signal = told;
    if (told.t !== "state") return;
    this.refusedHidden = told.code === "video_missing" && document.hidden;
    if (told.state === "off") this.#be(this.tracks.camera ? "ready" : "idle");
    else if (told.state === "ended") this.#be("ended");
    else this.#be(told.state, told.code);
  }

  #look({ rung, octets, taken, dropped, size, roundMs }) {
    const sends = ["checking", "sending"].includes(this.dataset.state);
    this.querySelector("[data-figures]").textContent = sends && size ? say("figures", {
      rung, fps: decimal(taken, 0), mbits: decimal((octets * 8) / 1e6, 1), ms: roundMs === null ? "–" : decimal(roundMs, 0),
    }) : "";
    this.querySelector("[data-strain]").textContent = sends && dropped > 2 ? say("strained") : "";
  }

  // --- The show, the screen -----------------------------------------------------------------------------------------------

  // Somebody else may start or end the show. What is armed is left alone: a press must do what it said it would.
  #readAir() {
    if (document.hidden || this.querySelector(":is(#air, #hold) [data-ready]") || this.dataset.stage === "ended") return;
    document.dispatchEvent(new CustomEvent("camera:air"));
  }

  // An answer of the server about the stage; after the end nothing is sent any more.
  #onAir() {
    const stage = this.querySelector(".air")?.dataset.stage;
    this.dataset.stage = stage;
    if (stage !== "ended" || this.dataset.state === "ended") return;
    this.dataset.ended = "1";
    this.#be("ended");
  }

  // A phone stops its camera when the page is hidden; back in front it goes on with the same show.
  async #onVisibility() {
    this.toggleAttribute("data-hidden", document.hidden);
    if (document.hidden) return;
    if (SENDING.has(this.dataset.state)) this.#stayAwake();
    if (this.opened && this.tracks.camera === null) await this.#useCamera({ facing: "user" });
    if (this.refusedHidden) this.#send();
  }

  async #stayAwake() {
    if (this.lock && !this.lock.released) return;
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  #maySleep() {
    this.lock?.release();
    this.lock = null;
  }
}

customElements.define("svoi-camera", Camera);
