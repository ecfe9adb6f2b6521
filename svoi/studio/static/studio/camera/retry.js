// When to knock again, and after which words it makes no sense to.
const FIRST_MS = 250;
const QUICK = 20;
const MOST_MS = 8000;

// Media says these of itself or of a ticket; everything else is about this stream or this right to publish.
const PASSING = new Set(["stopping", "try_again", "too_many", "ticket"]);

// Quick at first, because media is back in a few seconds when it was only started anew; then doubling. Half of each pause is
// left to the dice, so that many pages do not come back in one moment.
export const pauseMs = (attempt, dice) => Math.min(FIRST_MS * 2 ** Math.max(0, attempt - QUICK), MOST_MS) * (0.5 + dice / 2);

export const isPassing = (code) => PASSING.has(code);
