// <svoi-controls>: play, the scrubber over the recording, and the way back to live; also every [data-player] button of the room.
import { player } from "web/shows/parts.js";
import { say } from "web/shows/words.js";

const SHOWN_MS = 3500;
const two = (number) => String(number).padStart(2, "0");

export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${rest}` : rest.replace(/^0/, "");
}

class Controls extends HTMLElement {
  connectedCallback() {
    this.room = this.closest("svoi-room");
    this.range = this.querySelector("input");
    this.time = this.querySelector("[data-time]");
    this.captions = this.room.querySelector('[data-player="captions"]');
    this.range.addEventListener("input", () => this.#scrub());
    this.range.addEventListener("change", () => { this.held = false; });
    this.room.addEventListener("click", (event) => this.#onClick(event));
    for (const name of ["player:state", "player:playlist"]) this.room.addEventListener(name, () => this.#draw());
    player().video.addEventListener("timeupdate", () => this.#draw());
    this.room.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.#appear(), { passive: true });
    for (const part of [this, player()]) part.addEventListener("keydown", () => this.#appear());
    this.#draw();
  }

  #onClick(event) {
    const button = event.target.closest("[data-player]");
    if (button) this.#do(button.dataset.player);
    else if (event.target.closest("svoi-player")) this.#onTap(event);
  }

  // A tap on a phone shows the controls; a click with a mouse, which sees them anyway, pauses.
  #onTap(event) {
    if (event.pointerType === "mouse") player().toggle();
    else if (this.room.hasAttribute("data-controls")) this.room.removeAttribute("data-controls");
    else this.#appear();
  }

  #do(what) {
    const deeds = {
      play: () => player().toggle(),
      live: () => player().toEdge(),
      sound: () => { player().muted = !player().muted; },
      fullscreen: () => this.#fullscreen(),
      replay: () => this.#replay(),
      captions: () => this.#captions(),
    };
    deeds[what]?.();
  }

  #replay() {
    this.room.setAttribute("data-replaying", "");
    player().start({ live: false, sound: true });
    player().focus({ preventScroll: true });
  }

  #captions() {
    const [track] = player().video.textTracks;
    if (track) track.mode = track.mode === "showing" ? "hidden" : "showing";
    this.#draw();
  }

  #fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else (this.room.requestFullscreen?.() ?? Promise.reject()).catch(() => player().video.webkitEnterFullscreen?.());
  }

  #appear() {
    this.room.setAttribute("data-controls", "");
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.room.removeAttribute("data-controls"), SHOWN_MS);
  }

  #scrub() {
    this.held = true;
    const place = Number(this.range.value);
    if (place >= Number(this.range.max) - 1) player().toEdge();
    else player().seek(place);
  }

  #draw() {
    const { stream, video, muted } = player();
    const edge = stream.edge ?? 0;
    const begins = stream.beginning;
    this.hidden = !player().started || edge - begins < 1;
    const at = player().following ? edge : video.currentTime;
    if (!this.held) Object.assign(this.range, { min: String(begins), max: String(edge), step: "1", value: String(at) });
    this.range.style.setProperty("--played", `${edge > begins ? ((at - begins) / (edge - begins)) * 100 : 100}%`);
    const [shown, spoken] = stream.live ? this.#behind(edge - at) : this.#place(at - begins, edge - begins);
    if (this.time.textContent !== shown) this.time.textContent = shown;
    this.range.setAttribute("aria-valuetext", spoken);
    this.#press("play", !video.paused);
    this.#press("sound", !muted);
    this.#press("captions", video.textTracks[0]?.mode === "showing");
    this.captions.hidden = !video.textTracks.length;
    this.room.toggleAttribute("data-silent", muted && Boolean(player().started));
  }

  #behind(seconds) {
    if (player().following) return ["", say("now")];
    return [`\u2212${clockText(seconds)}`, say("behind", { time: clockText(seconds) })];
  }

  #place(at, whole) {
    const told = { time: clockText(at), whole: clockText(whole) };
    return [`${told.time} / ${told.whole}`, say("place", told)];
  }

  #press(what, pressed) {
    for (const button of this.room.querySelectorAll(`[data-player="${what}"]`)) {
      button.setAttribute("aria-pressed", String(pressed));
      const label = pressed ? button.dataset.on : button.dataset.off;
      if (label && button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
    }
  }
}

customElements.define("svoi-controls", Controls);
