// Cameras and microphones: asking for them, naming them, and what went wrong in one word.
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const SOUND = { channelCount: { ideal: 1 }, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const FAULTS = {
  NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy", AbortError: "busy",
};

export const canAsk = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia);

// A track, or an error whose `word` is "denied", "none", "busy" or "insecure". `wish` is {id} or {facing}.
export const openCamera = (wish) => open({ video: { ...PICTURE, ...wished(wish) } });
export const openMicrophone = (wish) => open({ audio: { ...SOUND, ...wished(wish) } });

async function open(asked) {
  if (!canAsk()) throw worded("insecure");
  try {
    const stream = await navigator.mediaDevices.getUserMedia(asked);
    return stream.getTracks()[0];
  } catch (fault) {
    throw worded(FAULTS[fault.name] ?? "none");
  }
}

const worded = (word) => Object.assign(new Error(word), { word });

function wished({ id, facing } = {}) {
  if (id) return { deviceId: { exact: id } };
  return facing ? { facingMode: { ideal: facing } } : {};
}

// {cameras, microphones}, each as [{id, name}]; names are empty until permission was given.
export async function known() {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind) => all.filter((one) => one.kind === kind && one.deviceId && one.deviceId !== "communications")
    .map((one) => ({ id: one.deviceId, name: one.label }));
  return { cameras: of("videoinput"), microphones: of("audioinput") };
}

// The next camera after the one in use, by facing on a phone and by number elsewhere.
export function nextCamera(track, cameras) {
  const { facingMode, deviceId } = track.getSettings();
  if (facingMode) return { facing: facingMode === "user" ? "environment" : "user" };
  const place = cameras.findIndex((one) => one.id === deviceId);
  return { id: cameras[(place + 1) % cameras.length]?.id };
}

// Only what looks at its owner is a mirror.
export const isMirror = (track) => track.getSettings().facingMode === "user";
