// The words of the room in the reader's language, as the page brought them.
import { grouped } from "ui/js/money.js";

let words = null;
const plurals = new Intl.PluralRules(document.documentElement.lang);

function read() {
  words ??= JSON.parse(document.getElementById("room-words")?.textContent ?? "{}");
  return words;
}

// say("bought", { name: "Вера" }) fills {name}; say("viewers", { count: 3 }) chooses the form for the count.
export function say(key, facts = {}) {
  const found = read()[key] ?? "";
  const form = typeof found === "string" ? found : found[plurals.select(facts.count)] ?? found.other ?? "";
  return form.replace(/\{(\w+)\}/g, (_, name) => name === "count" ? grouped(facts.count) : facts[name] ?? "");
}
