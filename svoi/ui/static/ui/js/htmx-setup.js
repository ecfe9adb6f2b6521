// htmx under our rules: no inherited attributes, refusals (4xx) are swapped, faults (5xx) are said in a toast, CSRF goes in a header.
import htmx from "htmx";
import { toast } from "ui/js/toast.js";
import { showOffline } from "ui/js/offline.js";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const words = () => document.querySelector("svoi-toasts")?.dataset ?? {};

export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (!SAFE.has(request.method)) request.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) toast(words().failed ?? "");
});

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  if (ctx?.response) return;
  if (ctx?.request?.signal?.reason === "timeout") toast(words().slow ?? "");
  else if (error instanceof TypeError) showOffline();
});

// A refusal takes the focus, so that a reader hears it and a keyboard can act on it.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("[data-refused]:not([data-heard])")?.focus({ preventScroll: false });
  document.querySelectorAll("[data-refused]").forEach((refusal) => refusal.setAttribute("data-heard", ""));
});

export default htmx;
