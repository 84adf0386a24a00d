// Days as numbers, counted as the program does, and dates as a reader types them.

const OPEN_START = -4000000;
const OPEN_END = 4000000;
const DAY = 86400000; // milliseconds
const EPOCH = 719163; // the number of 1 January 1970

/** Read a year, month or day as the numbers of its first and last day; null for anything else. @param {string} text */
function daysOf(text) {
  const found = /^(?!-0000)(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(withStoredYear(text.trim()));
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (year === null || (month !== null && (month < 1 || month > 12))) return null;
  if (month === null) return [ordinal(year, 1, 1), ordinal(year + 1, 1, 1) - 1];
  const [first, last] = [ordinal(year, month, 1), ordinal(year, month + 1, 1) - 1];
  if (day === null) return [first, last];
  return day >= 1 && first + day - 1 <= last ? [first + day - 1, first + day - 1] : null;
}

/** Write a year of an era as dates are stored: 44 BC is -0043. @param {string} text */
function withStoredYear(text) {
  const found = /^([1-9]\d{0,4}) ?(?:(BCE?)|AD|CE)$/i.exec(text);
  if (!found) return text;
  const year = found[2] ? 1 - Number(found[1]) : Number(found[1]);
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}`;
}

/** Number a day; a thirteenth month is the first of the next year.
 * @param {number} year @param {number} month @param {number} day */
function ordinal(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC would read the year 50 as 1950
  return date.getTime() / DAY + EPOCH;
}

/** Return whether one of some dates may be in a range, and whether all of them certainly are.
 * @param {number[][]} dates @param {number} first @param {number} last */
function touches(dates, first, last) {
  const possible = dates.some(([a, , , d]) => a <= last && d >= first);
  const certain = dates.length > 0 && dates.every(([, b, c, , vague]) => b <= last && c >= first && !vague);
  return { possible, certain };
}
