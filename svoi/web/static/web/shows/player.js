// <svoi-player data-address data-from data-live>: the picture and the sound of a show. Knows nothing of the room.
// Tells "player:state", "player:frame" (once a frame, with its media time) and "player:playlist".
import { Stream } from "web/shows/stream.js";

const SOUND_KEY = "svoi-sound";
const STEP_S = 10;

class Player extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.frozen = this.querySelector("canvas");
    this.stream = new Stream(this.video, { renew: () => this.renew?.(), from: Number(this.dataset.from) || 0 });
    this.stream.addEventListener("stream:state", ({ detail }) => this.#show(detail.state));
    this.stream.addEventListener("stream:reload", () => this.#freeze());
    this.stream.addEventListener("stream:playlist", () => this.#tell("player:playlist"));
    for (const name of ["play", "pause", "volumechange"]) this.video.addEventListener(name, () => this.#tellState());
    this.video.addEventListener("loadedmetadata", () => this.#measure());
    this.video.addEventListener("resize", () => this.#measure());
    // A hidden page shows no frames; its clock goes on.
    this.video.addEventListener("timeupdate", () => (document.hidden || !this.watching) && this.#tellFrame(this.video.currentTime));
    this.addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("online", () => this.stream.lookAgain());
    document.addEventListener("visibilitychange", () => !document.hidden && this.stream.lookAgain());
    if (this.dataset.address && "autostart" in this.dataset) this.start();
  }

  // Without a gesture browsers start silent pictures only; sound is tried for whoever turned it on before.
  // `at` is the media time a recording begins with; without it, where the show began.
  async start({ live = this.dataset.live === "1", sound = sessionStorage.getItem(SOUND_KEY) === "1", at = null } = {}) {
    this.started = true;
    this.video.muted = !sound;
    this.stream.start(this.dataset.address, { live });
    const begin = () => this.seek((at && this.stream.place(at)) ?? this.stream.beginning);
    if (!live) this.video.addEventListener("loadedmetadata", begin, { once: true });
    this.#watchFrames();
    try {
      await this.video.play();
    } catch {
      this.video.muted = true;
      this.video.play().catch(() => this.#tellState());
    }
  }

  get mediaTime() {
    return this.stream.mediaTime;
  }

  // The same of the frame that is really on the screen: a slow machine shows frames later than its clock says.
  get shownTime() {
    return this.watching && !document.hidden ? this.frameMs ?? this.mediaTime : this.mediaTime;
  }

  get playing() {
    return !this.video.paused && !this.video.ended && this.stream.state === "playing";
  }

  get latency() {
    return this.stream.latency;
  }

  // Watching the present moment, not an earlier one.
  get following() {
    return this.stream.live && this.stream.following;
  }

  get muted() {
    return this.video.muted;
  }

  set muted(silent) {
    this.video.muted = silent;
    sessionStorage.setItem(SOUND_KEY, silent ? "0" : "1");
  }

  toggle() {
    if (!this.started) this.start({ sound: true });
    else if (this.video.paused) this.#goOn();
    else this.#hold();
  }

  #hold() {
    this.held = true;
    this.video.pause();
  }

  // Only after a pause of her own is she behind by choice; a browser that paused by itself goes back to the edge.
  #goOn() {
    if (this.held) this.stream.resume();
    this.held = false;
    this.video.play().catch(() => {});
  }

  seek(seconds) {
    this.stream.seek(seconds);
    this.#tellState();
  }

  seekToMedia(mediaMs) {
    const place = this.stream.place(mediaMs);
    if (place !== null) this.seek(place);
  }

  toEdge() {
    this.stream.toEdge();
    this.#tellState();
  }

  lookAgain() {
    this.stream.lookAgain();
  }

  #show(state) {
    this.dataset.state = state;
    if (state === "playing") this.#firstFrame();
    this.#tellState();
  }

  #firstFrame() {
    const shown = () => { this.dataset.shown = ""; this.frozen.hidden = true; };
    if (this.video.requestVideoFrameCallback) this.video.requestVideoFrameCallback(shown);
    else shown();
  }

  // A reload empties the <video>; the last frame stays until the next one comes.
  #freeze() {
    if (this.video.readyState < 2) return;
    this.frozen.width = this.video.videoWidth;
    this.frozen.height = this.video.videoHeight;
    this.frozen.getContext("2d").drawImage(this.video, 0, 0);
    this.frozen.hidden = false;
  }

  #measure() {
    const { videoWidth, videoHeight } = this.video;
    if (videoWidth) this.dataset.shape = videoWidth > videoHeight ? "wide" : "tall";
  }

  #watchFrames() {
    if (!this.video.requestVideoFrameCallback || this.watching) return;
    this.watching = true;
    const next = (_, { mediaTime }) => {
      this.#tellFrame(mediaTime);
      this.video.requestVideoFrameCallback(next);
    };
    this.video.requestVideoFrameCallback(next);
  }

  // The clock of the <video> runs on between frames; what counts is the frame that is on the screen.
  #tellFrame(frameS) {
    const clock = this.mediaTime;
    if (clock === null) return;
    this.frameMs = clock + (frameS - this.video.currentTime) * 1000;
    this.#tell("player:frame", { mediaMs: this.frameMs });
  }

  #onKey(event) {
    if (event.target !== this) return;
    const keys = {
      " ": () => this.toggle(),
      k: () => this.toggle(),
      ArrowLeft: () => this.seek(this.video.currentTime - STEP_S),
      ArrowRight: () => this.seek(Math.min(this.stream.edge ?? Infinity, this.video.currentTime + STEP_S)),
      m: () => { this.muted = !this.muted; },
      l: () => this.toEdge(),
      End: () => this.toEdge(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  #tellState() {
    this.toggleAttribute("data-paused", Boolean(this.started) && this.video.paused);
    this.toggleAttribute("data-behind", Boolean(this.started) && this.stream.live && !this.stream.following);
    this.#tell("player:state");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("svoi-player", Player);
