// Days as numbers, counted as the program does, and times as a reader types them.

const OPEN_START = -4000000;
const OPEN_END = 4000000;
const DAY = 86400000; // milliseconds
const EPOCH = 719163; // the number of 1 January 1970
const NAMES = "january february march april may june july august september october november december".split(" ");
const PARTS = { early: [1, 4], mid: [5, 4], late: [9, 4] }; // of a year: the first month, and how many

const MONTHS = NAMES.map((name) => name.slice(0, 3)).join("|");
const MONTH_WITHOUT_YEAR = new RegExp(`^(?!.*\\d{4}).*\\b((${MONTHS})[a-z]*|[qh][1-4])\\b`);

// What makes a time unreadable here, and what to enter instead.
/** @type {[RegExp, string][]} */
const UNREAD = [
  [/\b(now|today|yesterday|tomorrow|ago|last|this|next|past)\b/, "it depends on today. Enter months or days, such as 2017-06"],
  [/\b(spring|summer|autumn|fall|winter)\b/, "seasons differ from place to place. Enter the months, such as 2017-03..2017-05"],
  [/^(\d{1,2}[./-]){1,2}\d{4}$/, "enter the year first, such as 2017-05-25"],
  [MONTH_WITHOUT_YEAR, "the year is missing. Enter it too, such as May 2017"],
  [/\.\.|\/| to | - /, "each end of a range must be a year, a month or a day, the earlier one first"],
];

/** @typedef {[number, number]} Span The first and the last day. */

/** Return why a time cannot be read, and what to enter instead. @param {string} text */
function unreadable(text) {
  const typed = text.trim().toLowerCase();
  const forms = "enter for example 2017, 2017-05, 25 May 2017, Q2 2017, 2017-05..2017-07, since 2017, 44 BC";
  const reason = UNREAD.find(([form]) => form.test(typed))?.[1] ?? forms;
  return `Cannot read this time: ${reason}.`;
}

/** Read a time as the option --period does: a year, month, day, quarter or range; null for anything else.
 * @param {string} text @returns {Span | null} */
function spanOf(text) {
  const typed = text.trim().toLowerCase().replace(/[\u2012-\u2015\u2212]/g, "-");
  return rangeOf(typed) ?? daysOf(typed);
}

/** Read a range, also one that is open at one end. @param {string} text @returns {Span | null} */
function rangeOf(text) {
  const open = /^(since|from|until|till|before|after) +(.+)$/.exec(text);
  const opened = open && openRange(open[1], daysOf(open[2]));
  if (opened) return opened;
  const found = /^(?:from |between )?(.*?)(?:\.\.|\/| to | and | - )(.*)$/.exec(text) ?? /^([a-z]+|\d{4}) ?- ?([a-z]+ \d{4}|\d{4})$/.exec(text);
  if (!found || !(found[1] || found[2])) return null;
  const [start, end] = [found[1].trim(), found[2].trim()];
  const year = /\d{4}$/.exec(end)?.[0] ?? ""; // of "may to july 2017", for both
  const first = start ? (daysOf(start) ?? daysOf(`${start} ${year}`)) : [OPEN_START, OPEN_START];
  const last = end ? daysOf(end) : [OPEN_END, OPEN_END];
  return first && last && first[0] <= last[1] ? [first[0], last[1]] : null;
}

/** @param {string} word @param {Span | null} days @returns {Span | null} */
function openRange(word, days) {
  if (!days) return null;
  if (word === "before") return [OPEN_START, days[0] - 1];
  if (word === "after") return [days[1] + 1, OPEN_END];
  return word === "since" || word === "from" ? [days[0], OPEN_END] : [OPEN_START, days[1]];
}

/** Read one year, month, day, week, quarter, half, third or decade. @param {string} text @returns {Span | null} */
function daysOf(text) {
  return isoDays(withStoredYear(text.trim().toLowerCase())) ?? namedDays(text) ?? partOfYear(text);
}

/** @param {string} text @returns {Span | null} */
function isoDays(text) {
  const found = /^(?!-0000)(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (year === null) return null;
  return month === null ? months(year, 1, 12) : day === null ? monthOf(year, month) : dayOf(year, month, day);
}

/** Read a date with the name of its month: 25 May 2017, May 25 2017, May 2017. @param {string} text
 * @returns {Span | null} */
function namedDays(text) {
  const words = text.toLowerCase().replace(/[,.]/g, " ").trim().split(/\s+/);
  const at = words.findIndex((word) => monthNumber(word) > 0);
  const year = Number(words.at(-1));
  if (at < 0 || !/^\d{4}$/.test(words.at(-1) ?? "") || words.length > 3) return null;
  const month = monthNumber(words[at]);
  if (words.length === 2) return at === 0 ? monthOf(year, month) : null;
  const day = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(words[at === 0 ? 1 : 0]);
  return day && at < 2 ? dayOf(year, month, Number(day[1])) : null;
}

/** Return the number of a month by its name or the beginning of it; 0 for anything else. @param {string} word */
function monthNumber(word) {
  return NAMES.findIndex((name) => word.length > 2 && name.startsWith(word === "sept" ? "sep" : word)) + 1;
}

/** Read a part of a year, a week, or a decade. @param {string} text @returns {Span | null} */
function partOfYear(text) {
  const typed = text.toLowerCase().trim();
  const part = /^(?:([qh])([1-4])[ -]?(\d{4})|(\d{4})[ -]?([qh])([1-4]))$/.exec(typed);
  if (part) {
    const [letter, number, year] = [part[1] ?? part[5], Number(part[2] ?? part[6]), Number(part[3] ?? part[4])];
    const long = letter === "q" ? 3 : 6;
    return number * long <= 12 ? months(year, (number - 1) * long + 1, long) : null;
  }
  const third = /^(early|mid|late)[ -](\d{4})$/.exec(typed);
  if (third) {
    const [first, long] = PARTS[/** @type {keyof typeof PARTS} */ (third[1])];
    return months(Number(third[2]), first, long);
  }
  const decade = /^(\d{3}0)s$/.exec(typed);
  if (decade) return months(Number(decade[1]), 1, 120);
  const week = /^(\d{4})-?w(\d{1,2})$/.exec(typed);
  return week ? weekOf(Number(week[1]), Number(week[2])) : null;
}

/** @param {number} year @param {number} number @returns {Span | null} */
function weekOf(year, number) {
  const fourth = ordinal(year, 1, 4); // is in the first week
  const monday = fourth - ((fourth + 6) % 7) + (number - 1) * 7;
  return number >= 1 && monday + 3 <= ordinal(year, 12, 31) ? [monday, monday + 6] : null;
}

/** @param {number} year @param {number} month @returns {Span | null} */
function monthOf(year, month) {
  return month >= 1 && month <= 12 ? months(year, month, 1) : null;
}

/** @param {number} year @param {number} month @param {number} day @returns {Span | null} */
function dayOf(year, month, day) {
  const whole = monthOf(year, month);
  if (!whole || day < 1 || whole[0] + day - 1 > whole[1]) return null;
  return [whole[0] + day - 1, whole[0] + day - 1];
}

/** Return the span of some months. @param {number} year @param {number} first @param {number} long @returns {Span} */
function months(year, first, long) {
  return [ordinal(year, first, 1), ordinal(year, first + long, 1) - 1];
}

/** Write a year of an era as dates are stored: 44 BC is -0043. @param {string} text */
function withStoredYear(text) {
  const found = /^([1-9]\d{0,4}) ?(?:(bce?)|ad|ce)$/.exec(text);
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

/** Write a day as a reader types it: 2017-05-25. @param {number} day */
function isoDay(day) {
  const date = new Date((day - EPOCH) * DAY);
  const year = date.getUTCFullYear();
  const written = `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}`;
  return [written, date.getUTCMonth() + 1, date.getUTCDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Return whether one of some dates may be in a range, and whether all of them certainly are.
 * @param {number[][]} dates @param {number} first @param {number} last */
function touches(dates, first, last) {
  const possible = dates.some(([a, , , d]) => a <= last && d >= first);
  const certain = dates.length > 0 && dates.every(([, b, c, , vague]) => b <= last && c >= first && !vague);
  return { possible, certain };
}
