// What the console does with answers besides showing them: old notices go, lost rights load the page anew, polls fail quietly.
import { toast } from "ui/js/toast.js";

const LOST = new Set([403, 404]);
const notice = () => document.getElementById("studio-notice");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-notice]")) notice()?.replaceChildren();
});

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.request.method !== "GET") notice()?.replaceChildren();
});

// A role may be taken away while the page is open: then the page itself must say so, not one of its parts.
document.addEventListener("htmx:before:response", (event) => {
  const { response } = event.detail.ctx;
  if (!LOST.has(response.status) || response.headers.get("HX-Retarget")) return;
  event.preventDefault();
  location.reload();
});

// A part that is read every few seconds must not say every few seconds that it failed.
window.addEventListener("htmx:response:error", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (response.status >= 500 && sourceElement?.matches?.("[data-poll]")) event.stopImmediatePropagation();
}, { capture: true });

document.addEventListener("htmx:after:swap", (event) => {
  if (event.target.matches?.("[data-adds]")) document.dispatchEvent(new CustomEvent("studio:choice"));
  const kept = document.querySelector("form[data-kept]");
  if (!kept) return;
  kept.closest("dialog")?.close();
  toast(kept.dataset.kept);
  kept.removeAttribute("data-kept");
});
