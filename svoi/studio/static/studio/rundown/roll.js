// The time roll in the browser: the same sums as the server's, so that times follow the hand while a segment is dragged.
const MINUTE_S = 60;
const HOUR_S = 3600;

// 330 -> "5:30", 3930 -> "1:05:30".
export function lengthText(seconds) {
  const hours = Math.floor(seconds / HOUR_S);
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  const left = String(seconds % MINUTE_S).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${left}` : `${minutes}:${left}`;
}

// [{segment, length}] -> the second after which each begins.
export function startsAfter(lengths) {
  let total = 0;
  return lengths.map((length) => {
    const start = total;
    total += length;
    return start;
  });
}

// Writes the times of the rows as they stand now.
export function rollTimes(rows, startsAtS) {
  const starts = startsAfter(rows.map((row) => Number(row.dataset.length)));
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  rows.forEach((row, place) => {
    row.querySelector("[data-after]").textContent = lengthText(starts[place]);
    const time = row.querySelector(".segment-clock time");
    if (!time) return;
    const at = new Date((startsAtS + starts[place]) * 1000);
    time.dateTime = at.toISOString();
    time.textContent = clock.format(at);
  });
}
