// Numbers as the reader writes them.
export const decimal = (number, places) =>
  new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: places, maximumFractionDigits: places }).format(number);
