// The theme changes at once; the server is told in the background. Without scripts the same form simply posts.
import { showOffline } from "ui/js/offline.js";

function choose(form, chosen) {
  const root = document.documentElement;
  try { sessionStorage.setItem("svoi-theme", `${root.dataset.theme} ${chosen}`); } catch { /* storage may be forbidden */ }
  root.dataset.theme = chosen;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest('form[data-preference="theme"]');
  if (!form || !event.submitter) return;
  event.preventDefault();
  const sent = new FormData(form, event.submitter);
  choose(form, event.submitter.value);
  try {
    await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
  } catch {
    showOffline();
  }
});
