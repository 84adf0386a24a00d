// The marks of the drawing: their shapes along the axis, the rows in which they do not touch, and columns of many.

/** What is drawn of an entry: days as [start_min, start_max, end_min, end_max, qualified].
 * @typedef {{id: string, title: string, when: string, drawn?: number[][], rank?: number, key?: boolean,
 *   doubted?: boolean, lanes: {actor: number[], topic: number[]}}} Drawable */
/** The mark of an entry. x: where it starts at the earliest and at the latest, and where it ends; rivals: the places
 * of its other dates; open: whether it has no start and no end; y: its middle; rank: that of a turning point of the
 * view, else 0.
 * @typedef {{entry: Drawable, shape: "day" | "span" | "within", x: number[], rivals: number[], open: boolean[],
 *   row: number, y: number, rank: number}} Mark */
/** A column: the entries that begin in a unit of time.
 * @typedef {{first: number, last: number, x: number, width: number, number: number, doubted: number}} Column */

const SHORTEST_BAR = 9; // a period is drawn at least as long
const APART = 2; // between two marks in a row
const NARROWEST_COLUMN = 10;

/** Return the mark of an entry that has a date.
 * @param {Drawable} entry @param {TimeScale} scale @param {number} rank @returns {Mark} */
function markOf(entry, scale, rank) {
  const drawn = entry.drawn ?? [];
  const [first, sure, on, last] = drawn[0];
  const rivals = drawn.length > 1 ? drawn.slice(1).map((days) => scale.at(middleOf(days))) : [];
  const open = [first === OPEN_START, last === OPEN_END];
  if (first === last) {
    const x = scale.at(first + 0.5);
    return { entry, shape: "day", x: [x, x, x, x], rivals, open, row: 0, y: 0, rank };
  }
  const shape = first === on && sure === last ? "within" : "span";
  const x = barOf([first, sure, on + 1, last + 1].map((day) => scale.at(day)));
  return { entry, shape, x, rivals, open, row: 0, y: 0, rank };
}

/** Make a bar long enough to be seen, and without a certain part where there is none. @param {number[]} x */
function barOf([begin, sure, on, end]) {
  if (end - begin < SHORTEST_BAR) {
    const [from, to] = [(begin + end - SHORTEST_BAR) / 2, (begin + end + SHORTEST_BAR) / 2];
    return [from, from, to, to];
  }
  return sure > on ? [begin, (sure + on) / 2, (sure + on) / 2, end] : [begin, sure, on, end];
}

/** Return the middle of what is known of a date. @param {number[]} days */
function middleOf([first, , , last]) {
  if (last === OPEN_END) return first + 0.5;
  return first === OPEN_START ? last + 0.5 : (first + last + 1) / 2;
}

/** Return from where to where nothing else may be in the row of a mark. @param {Mark} mark @param {number} radius */
function reachOf({ shape, x, rivals }, radius) {
  const half = shape === "day" ? radius : 0;
  return [
    Math.min(x[0] - half, ...rivals.map((at) => at - radius)),
    Math.max(x[3] + half, ...rivals.map((at) => at + radius)),
  ];
}

/** Put marks in rows, from the bottom, so that no two in a row touch; turning points come last, to be on top.
 * Return the number of rows. @param {Mark[]} marks @param {number} radius */
function stack(marks, radius) {
  /** @type {number[][][]} */
  const rows = [];
  const order = (/** @type {Mark} */ mark) => Number(mark.rank > 0);
  for (const mark of [...marks].sort((a, b) => order(a) - order(b) || a.x[0] - b.x[0])) {
    const [begin, end] = reachOf(mark, radius);
    const isFree = (/** @type {number[][]} */ row) =>
      row.every(([from, to]) => to + APART <= begin || end + APART <= from);
    const free = rows.findIndex(isFree);
    mark.row = free < 0 ? rows.length : free;
    if (free < 0) rows.push([]);
    rows[mark.row].push([begin, end]);
  }
  return rows.length;
}

/** Return the shortest units of time for which there is room, and in which most entries are known to begin, as the
 * first days of each and the one after the last. @param {Drawable[]} entries @param {TimeScale} scale */
function unitsFor(entries, scale) {
  const [first, end] = [scale.days[0], scale.days[scale.days.length - 1]];
  const most = (scale.places[scale.places.length - 1] - scale.places[0]) / NARROWEST_COLUMN;
  const vague = entries.map((entry) => lengthOf(startOf(entry))).sort((a, b) => a - b);
  const usual = vague[Math.floor(vague.length * 0.8)];
  for (const step of [...STEPS].reverse()) {
    const begin = step.floor(first);
    if (step.next(begin) - begin < usual) continue;
    const days = beginnings(step, begin - 1, end, most);
    if (days.length <= most) return [...days, step.next(days[days.length - 1])];
  }
  return [first, end];
}

/** @param {number[]} range */
function lengthOf([first, last]) {
  return last - first;
}

/** The days that entries name never change. @type {WeakMap<Drawable, number[]>} */
const STARTS = new WeakMap();

/** Return the first and last day on which an entry may begin; its end where the start is open.
 * @param {Drawable} entry */
function startOf(entry) {
  const start = STARTS.get(entry) ?? startIn(entry);
  STARTS.set(entry, start);
  return start;
}

/** @param {Drawable} entry */
function startIn({ drawn }) {
  const [[first, sure, on, last]] = drawn ?? [[0, 0, 0, 0]];
  if (first === OPEN_START) return [on, last];
  return sure === OPEN_END ? [first, first] : [first, sure];
}

/** Count entries by the unit of time in which they begin. @param {Drawable[]} entries @param {number[]} units
 * @param {TimeScale} scale @returns {Column[]} */
function columnsOf(entries, units, scale) {
  /** @type {Column[]} */
  const columns = units.slice(0, -1).map((first, index) => {
    const [x, end] = [scale.at(first), scale.at(units[index + 1])];
    return { first, last: units[index + 1] - 1, x, width: Math.max(end - x, 1), number: 0, doubted: 0 };
  });
  const numbers = units.map((_, index) => index);
  for (const entry of entries) {
    const index = Math.min(Math.floor(between(units, numbers, startOf(entry)[0])), columns.length - 1);
    columns[index].number += 1;
    columns[index].doubted += Number(entry.doubted ?? false);
  }
  return columns.filter((column) => column.number);
}
