// Moments as the reader's own clock shows them.
const language = () => (document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);

export function clockWords(ms, { seconds = false } = {}) {
  const shape = { hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }) };
  return new Intl.DateTimeFormat(language(), shape).format(new Date(ms));
}
