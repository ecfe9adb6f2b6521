// One line of the chat, made from the same markup the server writes. Words go in as text, never as markup.
import { say } from "web/shows/words.js";

export function lineOf(message) {
  const line = document.getElementById("chat-line").content.firstElementChild.cloneNode(true);
  // A line on its way has a key, but neither a number nor an id yet.
  for (const [name, value] of [["n", message.n], ["message", message.id], ["key", message.k]]) {
    if (value === undefined) delete line.dataset[name];
    else line.dataset[name] = value;
  }
  if (message.hidden) return hideLine(line);
  line.dataset.author = message.by.id;
  line.querySelector("[data-name]").textContent = message.by.name;
  line.querySelector("[data-words]").textContent = message.text;
  const role = line.querySelector("[data-role]");
  role.textContent = say(`role_${message.by.role}`);
  role.hidden = !role.textContent;
  return line;
}

// The place stays, so that nobody wonders where an answer went.
export function hideLine(line) {
  line.className = "line line-hidden";
  delete line.dataset.author;
  line.replaceChildren(say("hidden"));
  return line;
}

export function systemLine(text) {
  const line = document.createElement("li");
  line.className = "line line-system";
  line.textContent = text;
  return line;
}

// A message on its way: "pending", or "failed" with the reason and a way to try again.
export function markLine(line, state, reason = "") {
  line.dataset.state = state;
  line.querySelector(".line-fate")?.remove();
  if (state === "pending") line.append(fate(say("sending")));
  if (state === "failed") line.append(failure(reason));
}

function fate(text) {
  const box = document.createElement("span");
  box.className = "line-fate";
  box.append(text);
  return box;
}

function failure(reason) {
  const box = fate(reason);
  for (const what of ["again", "drop"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "line-act";
    button.dataset.act = what;
    button.textContent = say(what);
    box.append(" ", button);
  }
  return box;
}
