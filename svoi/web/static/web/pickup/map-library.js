// Leaflet and its clusters as one import. Both are classic scripts that meet on window.L, so their order matters.
import "leaflet";
import "leaflet.markercluster";

export const L = window.L;
