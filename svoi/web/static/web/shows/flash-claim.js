// Taking pieces of a deal: the one way from the card to whoever decides.
import { csrfToken } from "ui/js/htmx-setup.js";

// { deal_id, quantity, until, order, lapsed } when they are hers, { code, words } when not. Throws when nobody answered.
export async function claimFlash(address, { quantity, key }) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams({ quantity, key }) });
  if (answer.status >= 500 || answer.redirected) throw new Error(`claim: ${answer.status}`);
  return answer.json();
}
