// <svoi-chapters>: the chapters of a recording as marks on the timeline; every list of them jumps, and follows the picture.
import { player } from "web/shows/parts.js";
import { chapterAt, neighbour } from "web/shows/chapter-list.js";
import { say } from "web/shows/words.js";

class Chapters extends HTMLElement {
  connectedCallback() {
    this.room = this.closest("svoi-room");
    this.chapters = JSON.parse(document.getElementById("room-chapters").textContent);
    this.room.addEventListener("click", (event) => this.#onClick(event));
    this.room.addEventListener("player:frame", ({ detail }) => this.#follow(detail.mediaMs));
    for (const name of ["player:state", "player:playlist"]) this.room.addEventListener(name, () => this.#draw());
    player().addEventListener("keydown", (event) => this.#onKey(event));
    customElements.whenDefined("svoi-room").then(() => this.#openWanted());
  }

  // From the list, a link somebody sent, or a key: begins the recording there if it has not begun.
  jump(mediaMs, { sound = true } = {}) {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    const chapter = chapterAt(this.chapters, mediaMs);
    if (chapter) this.room.say(say("chapter", { name: chapter.title }));
    this.room.setAttribute("data-replaying", "");
    if (!player().started) {
      player().start({ live: false, at: mediaMs, ...(sound ? { sound } : {}) });
      player().focus({ preventScroll: true });
    } else {
      player().seekToMedia(mediaMs);
      player().video.play().catch(() => {});
    }
  }

  #onClick(event) {
    const link = event.target.closest("a[data-chapter]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.jump(Number(link.dataset.chapter));
  }

  #onKey(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (event.target !== player() || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = neighbour(this.chapters, player().mediaTime, step);
    if (next) this.jump(next.begin);
  }

  #follow(mediaMs) {
    const current = chapterAt(this.chapters, mediaMs);
    if (current === this.current) return;
    this.current = current;
    for (const link of this.room.querySelectorAll("a[data-chapter]")) {
      if (Number(link.dataset.chapter) === current?.begin) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  #draw() {
    const { stream } = player();
    const begins = stream.beginning;
    const length = (stream.edge ?? 0) - begins;
    if (length < 1 || this.drawn === length) return;
    this.drawn = length;
    this.replaceChildren(...this.chapters.map(({ begin, end }) => {
      const mark = document.createElement("i");
      mark.style.setProperty("--from", `${((stream.place(begin) - begins) / length) * 100}%`);
      mark.style.setProperty("--until", `${((stream.place(end) - begins) / length) * 100}%`);
      return mark;
    }));
  }

  // A link to a moment (?at=): browsers start silent pictures only.
  #openWanted() {
    const wanted = new URL(location.href).searchParams.get("at");
    if (/^\d{1,15}$/.test(wanted ?? "")) this.jump(Number(wanted), { sound: false });
  }
}

customElements.define("svoi-chapters", Chapters);
