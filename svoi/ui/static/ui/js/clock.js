// The server's clock in the browser: what ends, ends by it and not by the phone's own.
const KEY = "svoi-clock-offset-ms";
let offsetMs = initialOffset();

function initialOffset() {
  const navigation = performance.getEntriesByType("navigation")[0];
  const stamped = Number(document.documentElement.dataset.now);
  // A page taken back from a cache carries an old stamp; the offset found earlier is better.
  const cached = navigation?.type === "back_forward" && navigation.transferSize === 0;
  if (!stamped || !navigation || cached) return Number(sessionStorage.getItem(KEY)) || 0;
  return remember(stamped - (performance.timeOrigin + navigation.responseStart));
}

function remember(milliseconds) {
  try { sessionStorage.setItem(KEY, String(Math.round(milliseconds))); } catch { /* storage may be forbidden */ }
  return milliseconds;
}

export function serverNow() {
  return Date.now() + offsetMs;
}

// The room's gateway and htmx answers know better than the page that was rendered a while ago.
export function noteServerNow(serverMs) {
  offsetMs = remember(serverMs - Date.now());
}
