// Chapters as values: [{ begin, end, title }] in order, media time in milliseconds.
const HERE_MS = 3000;

export function chapterAt(chapters, mediaMs) {
  return chapters.find(({ begin, end }) => begin <= mediaMs && mediaMs < end) ?? null;
}

// The next chapter, or the beginning of this one; soon after its beginning the one before.
export function neighbour(chapters, mediaMs, step) {
  const at = mediaMs ?? 0;
  if (step > 0) return chapters.find(({ begin }) => begin > at) ?? null;
  return chapters.findLast(({ begin }) => begin < at - HERE_MS) ?? chapters[0] ?? null;
}
