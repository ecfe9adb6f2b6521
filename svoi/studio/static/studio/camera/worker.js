// The camera's engine room: encoders and the line to media, away from the page's own work.
import { Line } from "./line.js";
import { PictureEncoder } from "./picture-encoder.js";
import { probe } from "./probe.js";
import { SoundEncoder } from "./sound-encoder.js";

const LOOK_MS = 1000;
const beganMs = performance.now();
const clock = () => performance.now() - beganMs;
const tell = (told) => postMessage(told);
let line = null;
let picture = null;
let sound = null;

const does = {
  async probe() {
    tell({ t: "probed", ...(await probe()) });
  },

  open({ address, csrf, framing, kind, rung }) {
    line = new Line({ address, csrf, tell, opened: () => { sound.begin(); picture.begin(); } });
    const shared = { line, clock, fault };
    picture = new PictureEncoder({ ...shared, framing, rung });
    sound = new SoundEncoder({ ...shared, kind });
    setInterval(look, LOOK_MS);
  },

  start() { line.start(); },
  stop() { line.stop(); },
  framing({ framing }) { picture.framing = framing; },
  rung({ rung }) { picture.state.rung = rung; },
  picture({ readable }) { picture.follow(readable); },
  frame({ frame }) { picture.take(frame); },
  sound({ readable }) { sound.follow(readable); },
  samples({ port }) { sound.listen(port); },
  silence() { sound.silence(); },
};

function fault(words) {
  line.stop();
  tell({ t: "state", state: "refused", code: "encoder", words });
}

function look() {
  tell({ t: "look", ...picture.look(LOOK_MS), roundMs: line.roundMs });
}

onmessage = ({ data }) => does[data.t]?.(data);
