// <svoi-level>: how loud the microphone hears, as a bar and, for readers, as a number that changes calmly.
const DRAW_MS = 66;
const TELL_MS = 1000;
const QUIET_DB = -60;

class Level extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector(".level-bar");
    this.heard = 0;
  }

  disconnectedCallback() {
    this.stop();
  }

  // Listen to a track; what it hears goes nowhere.
  async listen(track) {
    this.stop();
    this.context = new AudioContext();
    this.ear = new AnalyserNode(this.context, { fftSize: 1024 });
    this.context.createMediaStreamSource(new MediaStream([track])).connect(this.ear);
    this.samples = new Float32Array(this.ear.fftSize);
    this.drawing = setInterval(() => this.#draw(), DRAW_MS);
    await this.context.resume().catch(() => {});
  }

  stop() {
    clearInterval(this.drawing);
    this.context?.close();
    this.context = null;
    if (this.bar) this.bar.style.scale = "0 1";
  }

  #draw() {
    this.ear.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length;
    const share = Math.min(1, Math.max(0, 1 - (10 * Math.log10(power + 1e-10)) / QUIET_DB));
    this.shown = Math.max(share, (this.shown ?? 0) - 0.08);
    this.bar.style.scale = `${this.shown.toFixed(3)} 1`;
    if (share > 0.15) this.heard += DRAW_MS;
    const now = performance.now();
    if (now - (this.toldMs ?? 0) < TELL_MS) return;
    this.toldMs = now;
    this.setAttribute("aria-valuenow", String(Math.round(this.shown * 100)));
    this.dispatchEvent(new CustomEvent("level", { detail: { heardMs: this.heard } }));
  }
}

customElements.define("svoi-level", Level);
