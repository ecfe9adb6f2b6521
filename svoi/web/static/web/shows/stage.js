// From one stage to the next: what is shown follows by styles from data-stage; here is what has to be done.
import { player } from "web/shows/parts.js";

const ON_AIR = new Set(["live", "break", "reconnecting"]);

export function enterStage(room, stage) {
  room.dataset.stage = stage;
  room.say(wordsOf(room, stage));
  if (ON_AIR.has(stage) && !player().started) goOnAir(room);
  // Whoever has rewound goes on watching: for her the show is a recording from now on.
  if (stage === "ended" && player().started && !player().following) room.setAttribute("data-replaying", "");
  if (stage === "ended") player().dataset.live = "0";
}

function goOnAir(room) {
  player().dataset.from = room.state.started_at ?? "";
  player().stream.from = room.state.started_at ?? 0;
  player().start({ live: true });
}

function wordsOf(room, stage) {
  const notice = room.querySelector(`.notice[data-on="${stage}"] .notice-title`);
  const mark = room.querySelector(`.room-mark[data-on="${stage}"]`);
  return (notice ?? mark)?.textContent.trim() ?? "";
}
