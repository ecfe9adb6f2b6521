// A show's playlist on a <video>: hls.js where there are Media Source Extensions, the browser's own HLS where not.
import Hls from "hls";
import { FOLLOWS_WITHIN_S, TARGET_S, edgeStep } from "web/shows/edge.js";
import { mediaAt, timeOf } from "web/shows/media-time.js";
import { PlaylistLoader } from "web/shows/playlist-loader.js";

const KEEPER_MS = 500;
const STEADY_MS = 20_000;
const RETRY_FIRST_MS = 400;
const RETRY_MOST_MS = 5000;
const REFUSED = new Set([401, 403, 404, 410]);
const SETTINGS = {
  pLoader: PlaylistLoader,
  lowLatencyMode: true,
  liveSyncDuration: TARGET_S,
  liveSyncOnStallIncrease: 0.5,
  maxLiveSyncPlaybackRate: 1.4,
  liveDurationInfinity: true,
  backBufferLength: 30,
  maxBufferLength: 20,
};

// Fires "stream:state" with one of loading, playing, waiting, lost, ended, and "stream:playlist" when it has grown.
export class Stream extends EventTarget {
  #hls = null;
  #retries = 0;
  #step = null;
  state = "";
  following = true;
  steadySince = 0;

  // `renew` asks for a fresh address when the old one has lapsed; `from` is the media time the show began at.
  constructor(video, { renew, from = 0 }) {
    super();
    this.video = video;
    this.renew = renew;
    this.from = from;
    for (const [name, state] of [["playing", "playing"], ["waiting", "waiting"], ["ended", "ended"]]) {
      video.addEventListener(name, () => this.#say(state));
    }
    video.addEventListener("error", () => this.#native && this.address && this.#retry());
  }

  get #native() {
    return !Hls.isSupported();
  }

  start(address, { live }) {
    this.address = address;
    this.following = this.live = live;
    this.#say("loading");
    this.#load(-1);
    clearInterval(this.keeper);
    this.keeper = setInterval(() => this.#keepEdge(), KEEPER_MS);
  }

  get details() {
    return this.#hls?.latestLevelDetails ?? null;
  }

  // Unix milliseconds of the frame on the screen; null while none is known.
  get mediaTime() {
    return this.#hls ? this.#hls.playingDate?.getTime() ?? null : mediaAt(this.video);
  }

  // Seconds between the newest frame that has arrived and the one on the screen; null while unknown.
  get latency() {
    return this.edge === null ? null : Math.max(0, this.edge - this.video.currentTime);
  }

  get edge() {
    if (this.details) return this.details.edge;
    const { seekable } = this.video;
    return !this.#hls && seekable.length ? seekable.end(seekable.length - 1) : null;
  }

  // Where the show began: what the camera sent before it is nobody's business.
  get beginning() {
    const first = this.details?.fragmentStart ?? 0;
    return Math.max(first, (this.from && this.place(this.from)) || 0);
  }

  // The place (seconds) of a media time, or null when the recording does not hold it.
  place(mediaMs) {
    return timeOf(this.details?.fragments, this.video, mediaMs);
  }

  seek(seconds) {
    this.following = this.live && this.edge - seconds < FOLLOWS_WITHIN_S;
    this.video.currentTime = Math.max(this.beginning, seconds);
  }

  // After a pause the show has gone on: she stays where she paused, and "back to live" is one tap.
  resume() {
    if (this.live && this.edge !== null) this.following = this.edge - this.video.currentTime < FOLLOWS_WITHIN_S;
  }

  toEdge() {
    this.following = this.live;
    if (this.edge !== null) this.video.currentTime = Math.max(this.beginning, this.edge - this.#target);
    this.video.play().catch(() => {});
  }

  // The signal or the network came back: look at once instead of waiting for the next try.
  lookAgain() {
    if (this.#step) this.#retryNow();
  }

  get #target() {
    return this.#hls?.targetLatency ?? TARGET_S;
  }

  #load(startPosition) {
    if (this.#native) {
      this.video.src = this.address;
      return;
    }
    this.dispatchEvent(new Event("stream:reload"));
    this.#hls?.destroy();
    const hls = this.#hls = new Hls({ ...SETTINGS, startPosition });
    hls.on(Hls.Events.ERROR, (_, problem) => this.#onProblem(problem));
    hls.on(Hls.Events.FRAG_BUFFERED, () => { this.#retries = 0; });
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => this.#onPlaylist(details));
    hls.loadSource(this.address);
    hls.attachMedia(this.video);
  }

  #onPlaylist(details) {
    if (this.live && !details.live) this.live = this.following = false;
    this.dispatchEvent(new Event("stream:playlist"));
  }

  #onProblem({ fatal, type, response }) {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && this.#retries < 2) {
      this.#retries += 1;
      this.#hls.recoverMediaError();
      return;
    }
    this.#say("lost");
    this.#retry(REFUSED.has(response?.code));
  }

  #retry(refused = false) {
    clearTimeout(this.retrying);
    const wait = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** this.#retries) * (0.75 + Math.random() / 2);
    this.#retries += 1;
    this.#step = () => this.#comeBack(refused);
    this.retrying = setTimeout(() => this.#retryNow(), wait);
  }

  async #retryNow() {
    clearTimeout(this.retrying);
    const step = this.#step;
    this.#step = null;
    try {
      await step();
    } catch {
      this.#retry(true);
    }
  }

  // A lapsed address is asked for again; otherwise the same playlist goes on, for a viewer who rewound where she was.
  async #comeBack(refused) {
    const at = this.following ? -1 : this.video.currentTime;
    if (refused) this.address = (await this.renew()) || this.address;
    if (this.details && !refused && !this.#native) this.#hls.startLoad(at);
    else this.#load(at);
  }

  // Each stall moves hls.js a little away from the edge, for good. Twenty steady seconds earn the edge back.
  #earnEdge() {
    if (this.state !== "playing") this.steadySince = performance.now();
    const earned = performance.now() - this.steadySince > STEADY_MS;
    if (earned && this.#hls && this.#target > TARGET_S) this.#hls.targetLatency = TARGET_S;
  }

  #keepEdge() {
    this.#earnEdge();
    if (!this.live || !this.following || this.video.paused || this.edge === null) return;
    const behind = this.edge - this.video.currentTime;
    if (edgeStep({ behind, target: this.#target, seeking: this.video.seeking }) === "jump") this.toEdge();
  }

  #say(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("stream:state", { detail: { state } }));
  }
}
