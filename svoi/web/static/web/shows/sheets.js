// [data-sheet]: opens what can be bought in a sheet over the show. Without scripts the same link is a page.
import htmx from "htmx";

const BUY = "buy-sheet";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openSheet(link.getAttribute("href"), link);
});

export function openSheetOf(address, productId) {
  openSheet(`${address}?product=${productId}`, document.activeElement);
}

// Two sheets over each other are one too many: the bag gives way to what was chosen in it.
function closeOthers() {
  for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog.id !== BUY) dialog.close();
}

export async function openSheet(address, opener) {
  closeOthers();
  const dialog = document.getElementById(BUY);
  const body = dialog.querySelector("[data-sheet-body]");
  body.replaceChildren(document.getElementById("sheet-waiting").content.cloneNode(true));
  dialog.closest("svoi-sheet").open(opener);
  await htmx.ajax("GET", address, { target: body, swap: "innerHTML" });
}
