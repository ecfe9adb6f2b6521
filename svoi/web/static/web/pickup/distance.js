// How far something is, in the reader's language: tens of metres, or kilometres with a tenth.
const KILOMETRE = 1000;
const LEAST = 10;

export function distanceWords(metres) {
  const isNear = metres < KILOMETRE;
  const value = isNear ? Math.max(LEAST, Math.round(metres / LEAST) * LEAST) : metres / KILOMETRE;
  const shape = { style: "unit", unit: isNear ? "meter" : "kilometer", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, shape).format(value);
}
