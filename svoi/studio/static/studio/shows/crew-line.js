// One line of the crew's chat, made from the same markup the server writes. Words go in as text, never as markup.
import { moneyText } from "ui/js/money.js";
import { icon } from "ui/js/icon.js";
import { clockWords } from "studio/shows/moments.js";
import { say } from "web/shows/words.js";

const made = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export function saidLine(message) {
  const line = made("line-said");
  line.dataset.message = message.id ?? "";
  if (!message.id) line.removeAttribute("data-message");
  line.dataset.key = message.k ?? "";
  if (message.hidden) return hideLine(line);
  line.dataset.author = message.by.id;
  line.dataset.authorRole = message.by.role;
  line.querySelector("[data-name]").textContent = message.by.name;
  line.querySelector("[data-text]").textContent = message.text;
  const role = line.querySelector("[data-role]");
  role.textContent = say(`role_${message.by.role}`);
  role.hidden = !role.textContent;
  drawClock(line, message.at);
  return line;
}

// The crew sees the sum; the name only when the buyer agreed to it.
export function boughtLine({ name, product, quantity, total_minor: totalMinor, at }) {
  const line = made("line-bought");
  line.querySelector("[data-text]").textContent = say(name ? "bought_named" : "bought", { name, product });
  const count = line.querySelector("[data-quantity]");
  count.hidden = quantity === 1;
  count.textContent = `× ${quantity}`;
  if (totalMinor) line.querySelector("[data-sum]").textContent = moneyText(totalMinor);
  drawClock(line, at);
  return line;
}

// The place stays, so that nobody wonders where an answer went.
export function hideLine(line) {
  line.className = "line line-hidden";
  line.removeAttribute("data-author");
  const words = document.createElement("span");
  words.textContent = say("hidden");
  line.replaceChildren(icon("eye-off", "small"), words);
  return line;
}

export function drawClock(line, at) {
  const time = line.querySelector("time[data-ms]");
  const ms = Number(at ?? time?.dataset.ms);
  if (!time || !ms) return;
  time.dateTime = new Date(ms).toISOString();
  time.textContent = clockWords(ms);
}

// A message on its way: "pending", or "failed" with the reason and a way to try again.
export function markLine(line, state, reason = "") {
  line.dataset.state = state;
  line.querySelector(".line-fate")?.remove();
  const fate = document.createElement("span");
  fate.className = "line-fate";
  fate.append(state === "pending" ? say("sending") : reason);
  if (state === "failed") for (const what of ["again", "drop"]) fate.append(act(what));
  line.querySelector(".line-words").append(fate);
}

function act(what) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "line-act";
  button.dataset.act = what;
  button.textContent = say(what);
  return button;
}
