// [data-sheet]: opens what can be bought, or what its name says, in a sheet over the show. Without scripts the same link is a page.
import htmx from "htmx";

const BUY = "buy-sheet";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openSheet(link.getAttribute("href"), link, link.dataset.sheet || BUY);
});

export function openSheetOf(address, productId) {
  openSheet(`${address}?product=${productId}`, document.activeElement, BUY);
}

// Two sheets over each other are one too many: the bag gives way to what was chosen in it.
function closeOthers(id) {
  for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog.id !== id) dialog.close();
}

export async function openSheet(address, opener, id = BUY) {
  closeOthers(id);
  const dialog = document.getElementById(id);
  const body = dialog.querySelector("[data-sheet-body]");
  body.replaceChildren(document.getElementById("sheet-waiting").content.cloneNode(true));
  dialog.closest("svoi-sheet").open(opener);
  await htmx.ajax("GET", address, { target: body, swap: "innerHTML" });
}
