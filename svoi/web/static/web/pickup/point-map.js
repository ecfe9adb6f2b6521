// <svoi-point-map>: the points of the list on a map. It shows and says what was tapped; the list keeps the choice.
import { distanceWords } from "web/pickup/distance.js";
import { L } from "web/pickup/map-library.js";
import { heaps, paper, streets, styled } from "web/pickup/map-ground.js";
import { clusterMark, hereMark, pointMark } from "web/pickup/map-marks.js";

const FITTING_ZOOM = 15;
const AROUND = 3;
const TOWN_M = 25_000;
const EDGE_PX = 36;
const POSITION = { timeout: 15_000, maximumAge: 0 };

class PointMap extends HTMLElement {
  #marks = new Map();
  #query = null;
  #chosen = 0;

  // Draws what this query finds, and marks the chosen point; the same query again only marks.
  async show(query, chosen) {
    try {
      await styled(this.dataset.styles);
      this.map ??= this.#draw();
      this.map.invalidateSize();
      if (query !== this.#query) await this.#load(query, chosen);
      this.#mark(chosen);
      this.#say("away", false);
    } catch (problem) {
      if (problem.name !== "AbortError") this.#say("away");
    }
  }

  disconnectedCallback() {
    this.asked?.abort();
    this.watch?.disconnect();
    this.map?.remove();
    this.map = this.#query = null;
  }

  #draw() {
    const ground = this.querySelector("[data-ground]");
    const map = paper(ground, this.dataset);
    streets(map, this.dataset.tiles, (are) => this.#say("streets", are));
    this.clusters = heaps(map, (cluster) => clusterMark(cluster, this.dataset.cluster, this.#chosen));
    this.watch = new ResizeObserver(() => ground.clientWidth && map.invalidateSize());
    this.watch.observe(ground);
    this.#offerNear();
    return map;
  }

  async #load(query, chosen) {
    this.asked?.abort();
    this.asked = new AbortController();
    const answer = await fetch(`${this.dataset.source}?${query}`, { signal: this.asked.signal });
    if (!answer.ok) throw new TypeError(`points: ${answer.status}`);
    const { points, notes } = await answer.json();
    this.#query = query;
    this.#chosen = chosen;
    this.#marks = new Map(points.map(([id, ...rest]) => [id, this.#made(id, rest)]));
    this.clusters.clearLayers();
    this.clusters.addLayers([...this.#marks.values()]);
    const told = notes.map((words) => Object.assign(document.createElement("p"), { textContent: words }));
    this.querySelector("[data-notes]").replaceChildren(...told);
    this.querySelector("[data-status]").textContent = ""; // what was nearest may not be here any more
    const mine = this.#marks.get(chosen);
    this.#fit(mine ? this.#nearest(mine.getLatLng()) : [...this.#marks.values()]);
  }

  #made(id, [latitude, longitude, isLocker, label]) {
    const point = { id, label, isLocker: Boolean(isLocker) };
    const mark = L.marker([latitude, longitude], { icon: pointMark(point, id === this.#chosen), title: label });
    mark.on("click keypress", ({ originalEvent }) => {
      if (originalEvent?.type === "keypress" && !["Enter", " "].includes(originalEvent.key)) return;
      this.dispatchEvent(new CustomEvent("point:chosen", { bubbles: true, detail: { id } }));
    });
    return Object.assign(mark, { point });
  }

  #mark(chosen) {
    const changed = new Set([this.#chosen, chosen]);
    this.#chosen = chosen;
    for (const id of changed) {
      const mark = this.#marks.get(id);
      mark?.setIcon(pointMark(mark.point, id === chosen)).setZIndexOffset(id === chosen ? 1000 : 0);
    }
    this.clusters.refreshClusters();
  }

  #fit(marks) {
    if (!marks.length) return;
    const bounds = L.latLngBounds(marks.map((mark) => mark.getLatLng()));
    this.map.fitBounds(bounds, { padding: [EDGE_PX, EDGE_PX], maxZoom: FITTING_ZOOM, animate: false });
  }

  // The nearest first, and beside it those of the same town.
  #nearest(place) {
    const away = new Map([...this.#marks.values()].map((mark) => [mark, mark.getLatLng().distanceTo(place)]));
    const sorted = [...away.keys()].sort((one, other) => away.get(one) - away.get(other));
    return sorted.slice(0, AROUND).filter((mark, rank) => !rank || away.get(mark) < TOWN_M);
  }

  #offerNear() {
    const button = this.querySelector("[data-near]");
    if (!("geolocation" in navigator) || !window.isSecureContext) return;
    button.hidden = false;
    this.#say("near");
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#here(L.latLng(coords.latitude, coords.longitude)), () => this.#say("nowhere"), POSITION,
    ));
  }

  // Her place is drawn and measured from, and goes nowhere: the frame is that of the points, so that not even the
  // numbers of the tiles that are asked for tell where she stands.
  #here(place) {
    this.#say("nowhere", false);
    this.here ??= L.marker(place, { icon: hereMark(), interactive: false, keyboard: false }).addTo(this.map);
    this.here.setLatLng(place);
    const found = this.#nearest(place);
    if (!found.length) return;
    this.#fit(found);
    const away = distanceWords(found[0].getLatLng().distanceTo(place));
    const words = this.dataset.nearest.replace("{point}", found[0].point.label).replace("{distance}", away);
    this.querySelector("[data-status]").textContent = words;
  }

  #say(what, is = true) {
    this.querySelector(`[data-said="${what}"]`).hidden = !is;
  }
}

customElements.define("svoi-point-map", PointMap);
