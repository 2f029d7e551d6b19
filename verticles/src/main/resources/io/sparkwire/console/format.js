/** Numbers and times as people read them. */

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const NOTHING = "–";

export const count = number => (number === undefined || number === null ? NOTHING : WHOLE.format(number));

export const rate = perSecond => (perSecond > 0 && perSecond < 100 ? ONE_DIGIT.format(perSecond) : WHOLE.format(perSecond || 0));

/** A duration given in microseconds. */
export function micros(value) {
  if (value === undefined || value === null) return NOTHING;
  if (value < 1000) return `${WHOLE.format(value)} µs`;
  return millis(value / 1000);
}

export function millis(value) {
  if (value === undefined || value === null) return NOTHING;
  if (value < 100) return `${ONE_DIGIT.format(value)} ms`;
  if (value < 10_000) return `${WHOLE.format(value)} ms`;
  return `${ONE_DIGIT.format(value / 1000)} s`;
}

export function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit > 0 && value < 10 ? ONE_DIGIT.format(value) : WHOLE.format(value)} ${units[unit]}`;
}

export function time(epochMillis) {
  return new Date(epochMillis).toLocaleTimeString("en-GB");
}

/** How long ago something was: 42 s, 7 min, 3 h. */
export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
