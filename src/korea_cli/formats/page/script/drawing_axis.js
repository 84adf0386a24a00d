// The axis of the drawing: from days to positions, with more room for busy periods, and the ticks along it.

/** A piece of the axis on which time is `shortened` or `widened`, more than elsewhere.
 * @typedef {{from: number, to: number, pace: string}} Pace */
/** A line at the start of a unit of time; its label is empty where there is no room.
 * @typedef {{day: number, x: number, label: string, at: number, end: number, year: boolean}} Tick */
/** Whole units of time: the first day of the one that a day is in, and of the one after it.
 * @typedef {{floor: (day: number) => number, next: (first: number) => number}} Step */

const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SCALE_PARTS = 160; // pieces of the axis, each with its own scale
const BY_TIME = 0.35; // of the width is given by time alone, the rest by the number of entries
const UNUSUAL = 3; // so many times shorter or wider than the rest, and the axis says so
const LEAST_PACE = 14; // the narrowest piece that is marked
const TICK_GAP = 7; // between two labels

/** Return the year, month (0 to 11) and day of a number. @param {number} day */
function calendarDay(day) {
  const date = new Date((Math.floor(day) - EPOCH) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

/** Name a year as the program does: 2017, 79 AD, 44 BC. @param {number} year */
function yearName(year) {
  if (year >= 1000) return String(year);
  return year > 0 ? `${year} AD` : `${1 - year} BC`;
}

/** Several years begin in 100 BC, 1 AD, 100 AD. @param {number} years @returns {Step} */
function stepOfYears(years) {
  const begin = (/** @type {number} */ number) => ordinal(number * years + Number(number <= 0 && years > 1), 1, 1);
  const numberOf = (/** @type {number} */ day) => {
    const { year } = calendarDay(day);
    return Math.floor((years === 1 || year >= years ? year : year - 1) / years);
  };
  return { floor: (day) => begin(numberOf(day)), next: (first) => begin(numberOf(first) + 1) };
}

/** @param {number} months @returns {Step} */
function stepOfMonths(months) {
  const begin = (/** @type {number} */ day, /** @type {number} */ more) => {
    const { year, month } = calendarDay(day);
    return ordinal(year, (Math.floor(month / months) + more) * months + 1, 1);
  };
  return { floor: (day) => begin(day, 0), next: (first) => begin(first, 1) };
}

/** Parts of a month, so that the last is not shorter than the others. @param {number} days @returns {Step} */
function stepOfDays(days) {
  const floor = (/** @type {number} */ number) => {
    const { year, month, day } = calendarDay(number);
    const last = Math.floor(30 / days) - 1;
    return ordinal(year, month + 1, Math.min(Math.floor((day - 1) / days), days > 1 ? last : 30) * days + 1);
  };
  const next = (/** @type {number} */ first) => {
    const { year, month, day } = calendarDay(first);
    const end = ordinal(year, month + 2, 1);
    return days > 1 && day + 2 * days > 31 ? end : Math.min(end, first + days);
  };
  return { floor, next };
}

// From the longest to the shortest; each begins wherever a longer one does.
const STEPS = [
  ...[1000, 500, 100, 50, 10, 5, 1].map(stepOfYears),
  ...[6, 3, 1].map(stepOfMonths),
  ...[10, 5, 1].map(stepOfDays),
];

/** The positions of days; between two of its points the scale is even. */
class TimeScale {
  /** @param {number[]} days @param {number[]} places */
  constructor(days, places) {
    this.days = days;
    this.places = places;
  }

  /** Return the position of a day; one beyond the ends is at the end. @param {number} day */
  at(day) {
    return between(this.days, this.places, day);
  }

  /** Return the day at a position. @param {number} x */
  dayAt(x) {
    const last = this.days[this.days.length - 1] - 1;
    return Math.min(Math.floor(between(this.places, this.days, x)), last);
  }
}

/** Read the value that belongs to a key, given some keys in order and their values.
 * @param {number[]} keys @param {number[]} values @param {number} key */
function between(keys, values, key) {
  let [low, high] = [0, keys.length - 1];
  if (key <= keys[low]) return values[low];
  if (key >= keys[high]) return values[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (keys[middle] <= key) low = middle;
    else high = middle;
  }
  return values[low] + ((key - keys[low]) / (keys[high] - keys[low])) * (values[high] - values[low]);
}

/** Lay out the days from the first to the last between two positions; `happened`: the days of entries.
 * @param {number} first @param {number} last @param {number[]} happened
 * @param {number} left @param {number} right @param {boolean} even */
function scaleFor(first, last, happened, left, right, even) {
  const length = last + 1 - first;
  if (even || !happened.length) return new TimeScale([first, last + 1], [left, right]);
  const number = Math.min(SCALE_PARTS, length);
  const counts = new Array(number).fill(0);
  for (const day of happened) counts[Math.floor(((day - first) / length) * number)] += 1;
  const busy = smooth(counts.map(Math.sqrt));
  const sum = busy.reduce((total, weight) => total + weight, 0);
  const [days, places] = [[first], [left]];
  for (const [index, weight] of busy.entries()) {
    days.push(first + (length * (index + 1)) / number);
    places.push(places[index] + (right - left) * (BY_TIME / number + ((1 - BY_TIME) * weight) / sum));
  }
  places[number] = right;
  return new TimeScale(days, places);
}

/** Spread each value to its neighbours, so that the scale does not jump. @param {number[]} values */
function smooth(values) {
  const at = (/** @type {number} */ index) => values[Math.min(Math.max(index, 0), values.length - 1)];
  return values.map((value, index) => (at(index - 1) + 2 * value + at(index + 1)) / 4);
}

/** Say where time is shortened or widened against the usual scale, on which half of the width is at most.
 * @param {TimeScale} scale @returns {Pace[]} */
function pacesOf({ days, places }) {
  const parts = places.slice(1).map((to, index) => {
    const width = to - places[index];
    return { from: places[index], to, width, density: width / (days[index + 1] - days[index]) };
  });
  const half = (places[places.length - 1] - places[0]) / 2;
  let sum = 0;
  const sorted = [...parts].sort((a, b) => a.density - b.density);
  const usual = sorted.find((part) => (sum += part.width) >= half)?.density ?? 1;
  /** @type {Pace[]} */
  const paces = [];
  for (const { from, to, density } of parts) {
    const pace = density * UNUSUAL < usual ? "shortened" : density > usual * UNUSUAL ? "widened" : "";
    const last = paces[paces.length - 1];
    if (last?.pace === pace) last.to = to;
    else paces.push({ from, to, pace });
  }
  return paces.map((each) => (each.to - each.from < LEAST_PACE ? { ...each, pace: "" } : each));
}

/** Return the ticks of an axis: round steps, finer ones where there is room; the first has its year.
 * @param {TimeScale} scale @param {number} width @param {(text: string, bold: boolean) => number} measure */
function ticksFor(scale, width, measure) {
  const [first, end] = [scale.days[0], scale.days[scale.days.length - 1]];
  const tick = (/** @type {number} */ day) => {
    const { year, month, day: date } = calendarDay(day);
    const isYear = month === 0 && date === 1;
    const label = isYear ? yearName(year) : date === 1 ? MONTH_NAMES[month] : String(date);
    return labelled({ day, x: scale.at(day), label, at: 0, end: 0, year: isYear }, width, measure);
  };
  const room = { after: first - 1, before: end, free: 0, until: width + TICK_GAP, last: true };
  return withYear(ticksBetween(room, 0, tick), width, measure);
}

/** Set where the label of a tick is. @param {Tick} tick @param {number} width
 * @param {(text: string, bold: boolean) => number} measure @returns {Tick} */
function labelled(tick, width, measure) {
  const length = measure(tick.label, tick.year);
  const at = Math.max(0, Math.min(tick.x + 3, width - length));
  return { ...tick, at, end: at + length };
}

/** Fill the room between two ticks with those of the longest step that has any there, if all labels fit.
 * @param {{after: number, before: number, free: number, until: number, last: boolean}} room
 * @param {number} level @param {(day: number) => Tick} tick @returns {Tick[]} */
function ticksBetween(room, level, tick) {
  if (level === STEPS.length) return [];
  const most = (room.until - room.free) / TICK_GAP;
  const ticks = beginnings(STEPS[level], room.after, room.before, most).map(tick);
  if (!ticks.length) return ticksBetween(room, level + 1, tick);
  while (room.last && ticks.length > 1 && isSqueezed(ticks)) ticks.pop();
  const limits = [...ticks.slice(1).map((each) => each.at), room.until];
  if (ticks[0].at < room.free || ticks.some((each, index) => each.end + TICK_GAP > limits[index] + 0.01)) {
    if (!room.last || room.free > 0 || ticks.length === 1) return [];
    ticks.splice(0, ticks.length, ...thinned(ticks));
  }
  const rooms = [null, ...ticks].map((each, index) => ({
    after: each ? each.day : room.after,
    before: ticks[index]?.day ?? room.before,
    free: each ? each.end + TICK_GAP : room.free,
    until: ticks[index]?.at ?? room.until,
    last: room.last && index === ticks.length,
  }));
  return rooms.flatMap((each, index) => [...ticksBetween(each, level + 1, tick), ...ticks.slice(index, index + 1)]);
}

/** Return whether the last tick has no room at the end of the axis. @param {Tick[]} ticks */
function isSqueezed(ticks) {
  const [before, last] = ticks.slice(-2);
  return last.at <= last.x || before.end + TICK_GAP > last.at;
}

/** Return the first days of a step between two days; none if there are too many.
 * @param {Step} step @param {number} after @param {number} before @param {number} most */
function beginnings(step, after, before, most) {
  const days = [];
  let day = step.floor(after + 1);
  if (day <= after) day = step.next(day);
  for (; day < before && days.length <= most; day = step.next(day)) days.push(day);
  return days;
}

/** Keep the ticks whose labels do not touch. @param {Tick[]} ticks */
function thinned(ticks) {
  let free = 0;
  return ticks.filter((tick) => tick.at >= free && (free = tick.end + TICK_GAP));
}

/** Give the first tick its year; what is then in its way goes, or itself if that is a year.
 * @param {Tick[]} ticks @param {number} width @param {(text: string, bold: boolean) => number} measure
 * @returns {Tick[]} */
function withYear(ticks, width, measure) {
  if (!ticks.length || ticks[0].year) return ticks;
  const { year, month, day } = calendarDay(ticks[0].day);
  const label = `${day > 1 ? `${day} ` : ""}${MONTH_NAMES[month]} ${yearName(year)}`;
  const first = labelled({ ...ticks[0], label }, width, measure);
  const rest = ticks.slice(1);
  if (rest.some((each) => each.year && each.at < first.end + TICK_GAP)) return withYear(rest, width, measure);
  return [first, ...rest.filter((each) => each.at >= first.end + TICK_GAP)];
}

/** Write a day in words. @param {number} number */
function dayWords(number) {
  const { year, month, day } = calendarDay(number);
  return `${day} ${MONTH_NAMES[month]} ${yearName(year)}`;
}

/** Write a range of days in words: whole years and months without days. @param {number} first @param {number} last */
function rangeWords(first, last) {
  const [from, to, after] = [first, last, last + 1].map(calendarDay);
  const months = from.day === 1 && after.day === 1;
  const words = (/** @type {number} */ number, /** @type {{year: number, month: number}} */ { year, month }) => {
    if (months && from.month === 0 && after.month === 0) return yearName(year);
    return months ? `${MONTH_NAMES[month]} ${yearName(year)}` : dayWords(number);
  };
  return [...new Set([words(first, from), words(last, to)])].join(" – ");
}
