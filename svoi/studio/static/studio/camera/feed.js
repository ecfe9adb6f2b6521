// The way of tracks into the worker: as streams where the browser can, else frame by frame from the preview and an audio worklet.
const canRead = () => "MediaStreamTrackProcessor" in globalThis;

export class Feed {
  #looking = 0;
  #sound = null;

  constructor(worker, video, { tap }) {
    Object.assign(this, { worker, video, tap });
  }

  picture(track) {
    cancelVideo(this.video, this.#looking);
    if (canRead()) {
      const { readable } = new MediaStreamTrackProcessor({ track });
      this.worker.postMessage({ t: "picture", readable }, [readable]);
    } else {
      this.#look();
    }
  }

  async sound(track) {
    this.#sound?.close();
    this.#sound = null;
    if (canRead()) {
      const { readable } = new MediaStreamTrackProcessor({ track });
      this.worker.postMessage({ t: "sound", readable }, [readable]);
      return;
    }
    const context = (this.#sound = new AudioContext({ sampleRate: 48_000 }));
    await context.audioWorklet.addModule(this.tap);
    const node = new AudioWorkletNode(context, "svoi-tap", { channelCount: 1, channelCountMode: "explicit" });
    // Only what leads to the loudspeaker is worked through; the tap writes nothing there, so it stays silent.
    context.createMediaStreamSource(new MediaStream([track])).connect(node).connect(context.destination);
    await context.resume();
    this.worker.postMessage({ t: "samples", port: node.port }, [node.port]);
  }

  silence() {
    this.worker.postMessage({ t: "silence" });
  }

  #look() {
    const next = (now) => {
      this.#looking = this.video.requestVideoFrameCallback(next);
      if (!this.video.videoWidth) return;
      const frame = new VideoFrame(this.video, { timestamp: Math.round(now * 1000) });
      this.worker.postMessage({ t: "frame", frame }, [frame]);
    };
    this.#looking = this.video.requestVideoFrameCallback(next);
  }
}

function cancelVideo(video, number) {
  if (number) video.cancelVideoFrameCallback(number);
}
