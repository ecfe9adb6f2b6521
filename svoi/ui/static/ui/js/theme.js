// Before the first paint: a page kept by the browser from before the last choice takes the choice over.
(() => {
  const root = document.documentElement;
  const apply = () => {
    try {
      const [before, chosen] = (sessionStorage.getItem("svoi-theme") ?? "").split(" ");
      if (chosen && root.dataset.theme === before) root.dataset.theme = chosen;
    } catch { /* storage may be forbidden; the server's choice stands */ }
  };
  apply();
  addEventListener("pageshow", (event) => { if (event.persisted) apply(); });
})();
