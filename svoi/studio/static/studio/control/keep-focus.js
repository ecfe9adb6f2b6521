// Answers replace parts of the page, and the button that was pressed with them: the keyboard then stays at that part, never at
// what the second press would do, so that a key held too long fires nothing.
let last = null;

const chainOf = (element) => {
  const ids = [];
  for (let one = element; one && one !== document.body; one = one.parentElement) if (one.id) ids.push(one.id);
  return ids;
};

// A row that scrolls sideways shows the whole of what has the focus (WCAG 2.4.11), not only its edge.
document.addEventListener("focusin", ({ target }) => {
  last = { element: target, ids: chainOf(target) };
  if (target.matches("button:focus-visible, a:focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// Whoever leaves a field by herself wants the focus nowhere.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!relatedTarget) setTimeout(() => { if (target.isConnected && last?.element === target && !moved(target)) last = null; });
});

function moved(element) {
  return document.activeElement === document.body && element.matches("[data-refused]");
}

function back() {
  if (!last || (document.activeElement && document.activeElement !== document.body)) return;
  if (last.element.isConnected) last.element.focus({ preventScroll: true });
  if (document.activeElement !== document.body) return;
  const place = last.ids.map((id) => document.getElementById(id)).find((one) => one?.checkVisibility());
  if (!place) return;
  if (!place.matches("button, a[href], input, select, textarea, summary")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", () => setTimeout(back));
document.addEventListener("sheet:closed", () => setTimeout(back));
