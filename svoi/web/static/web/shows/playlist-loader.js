// Playlists as hls.js 1.7 reads them rightly. Where the last line is a whole segment with parts, as after a lost signal,
// it takes that segment for the next one as well, counts its discontinuities twice and loses its place in the show.
// A hint of the next part, which it does not load, keeps the two apart.
import Hls from "hls";

const HINT = '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="next"\n';

export function withNextPart(text) {
  const ends = text.trimEnd();
  const open = ends.includes("#EXT-X-PART:") && !ends.includes("#EXT-X-ENDLIST");
  const last = ends.slice(ends.lastIndexOf("\n") + 1);
  return open && !last.startsWith("#") ? `${ends}\n${HINT}` : text;
}

export class PlaylistLoader extends Hls.DefaultConfig.loader {
  load(context, config, callbacks) {
    const onSuccess = (response, ...rest) => {
      if (typeof response.data === "string") response.data = withNextPart(response.data);
      callbacks.onSuccess(response, ...rest);
    };
    super.load(context, config, { ...callbacks, onSuccess });
  }
}
