// Passes the microphone on in pieces of ten milliseconds, for browsers in which a track cannot be read. An audio worklet.
const PIECE = Math.round(sampleRate / 100);

registerProcessor("svoi-tap", class extends AudioWorkletProcessor {
  #piece = new Float32Array(PIECE);
  #filled = 0;

  process([[channel]]) {
    for (const sample of channel ?? []) {
      this.#piece[this.#filled++] = sample;
      if (this.#filled === PIECE) this.#pass();
    }
    return true;
  }

  #pass() {
    const samples = this.#piece;
    this.port.postMessage({ samples, rate: sampleRate, at: currentTime * 1000 }, [samples.buffer]);
    this.#piece = new Float32Array(PIECE);
    this.#filled = 0;
  }
});
