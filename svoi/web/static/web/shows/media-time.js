// Media time is the server's clock written into the stream: the same frame carries the same milliseconds for everybody.

// Of a video played by the browser itself.
export function mediaAt(video) {
  const began = video.getStartDate?.().getTime();
  return Number.isFinite(began) && began > 0 ? began + video.currentTime * 1000 : null;
}

// The place (seconds) of a media time among hls.js fragments, or in a video played by the browser itself.
export function timeOf(fragments, video, mediaMs) {
  if (!fragments) {
    const began = video.getStartDate?.().getTime();
    return Number.isFinite(began) ? (mediaMs - began) / 1000 : null;
  }
  const fragment = fragmentAt(fragments, mediaMs);
  if (!fragment) return null;
  const inside = (mediaMs - fragment.programDateTime) / 1000;
  return fragment.start + Math.max(0, Math.min(fragment.duration, inside));
}

// The latest fragment that began at or before the moment; the first one for what came earlier.
function fragmentAt(fragments, mediaMs) {
  let low = 0;
  let high = fragments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((fragments[middle]?.programDateTime ?? 0) <= mediaMs) low = middle;
    else high = middle - 1;
  }
  return fragments[low] ?? null;
}
