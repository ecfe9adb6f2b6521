// The message the crew put above the chat. Its words go in as text, never as markup.

export function showSaid(room, message) {
  const place = room.querySelector("[data-said]");
  place.hidden = !message;
  place.querySelector("[data-said-name]").textContent = message?.name ?? "";
  place.querySelector("[data-said-text]").textContent = message?.text ?? "";
}
