// A face or its initials, as {% avatar %} writes it: avatarFor("Вера Лебедева", { size: "small" }).
const TONES = 5;

function initials(name) {
  const words = name.replaceAll("-", " ").split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? words[0][0] + words.at(-1)[0] : (words[0]?.[0] ?? "·");
  return letters.toUpperCase();
}

function tone(name) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return ((value >>> 8) % TONES) + 1;
}

export function avatarFor(name, { size = "" } = {}) {
  const face = document.createElement("span");
  face.className = `avatar avatar-tone-${tone(name)}${size ? ` avatar-${size}` : ""}`;
  face.setAttribute("aria-hidden", "true");
  face.textContent = initials(name);
  return face;
}
