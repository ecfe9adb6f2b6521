// The switch "Order" of a narrow tray: its rows show where to move instead of what to pin.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".tray-order");
  if (!button) return;
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  button.closest("svoi-console").toggleAttribute("data-ordering", on);
});
