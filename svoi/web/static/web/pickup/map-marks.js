// The marks of the map: drawn by our styles, 44 px to touch, named for readers.
import { L } from "web/pickup/map-library.js";

const TOUCH_PX = 44;
const HERE_PX = 22;

// Leaflet names only pictures; ours are plain elements, which have to be told their name.
const Mark = L.DivIcon.extend({
  createIcon(old) {
    const made = L.DivIcon.prototype.createIcon.call(this, old);
    const { label, pressed } = this.options;
    if (label) made.setAttribute("aria-label", label);
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
    return made;
  },
});

export function pointMark({ label, isLocker }, chosen) {
  const names = ["point-mark", isLocker && "point-mark-locker", chosen && "point-mark-chosen"];
  return new Mark({ className: names.filter(Boolean).join(" "), iconSize: [TOUCH_PX, TOUCH_PX], label, pressed: chosen });
}

export function clusterMark(cluster, words, chosen) {
  const count = cluster.getChildCount();
  const holds = cluster.getAllChildMarkers().some((mark) => mark.point.id === chosen);
  return new Mark({
    className: holds ? "point-cluster point-cluster-chosen" : "point-cluster",
    html: String(count),
    iconSize: [TOUCH_PX, TOUCH_PX],
    label: words.replace("{count}", count),
  });
}

export function hereMark() {
  return new Mark({ className: "point-here", iconSize: [HERE_PX, HERE_PX] });
}
