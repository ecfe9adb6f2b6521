// Money and counts as the server writes them: «1 490 ₽», "₽1,490".
const SIGNS = { RUB: "₽", USD: "$", EUR: "€", KZT: "₸", BYN: "Br" };
const english = () => document.documentElement.lang.startsWith("en");

export function grouped(number) {
  const digits = String(Math.trunc(Math.abs(number))).replace(/\B(?=(\d{3})+$)/g, english() ? "," : "\u202f");
  return (number < 0 ? "\u2212" : "") + digits;
}

export function moneyText(minor, currency = "RUB") {
  const whole = Math.trunc(Math.abs(minor) / 100);
  const rest = Math.abs(minor) % 100;
  const amount = grouped(whole) + (rest ? (english() ? "." : ",") + String(rest).padStart(2, "0") : "");
  const sign = SIGNS[currency] ?? currency;
  return (minor < 0 ? "\u2212" : "") + (english() ? sign + amount : `${amount}\u00a0${sign}`);
}
