// Where everything in the drawing is, for a width: worked out without the page, so that it can be tested alone.

/** One line of marks or columns above its base, with a head above these; a lane has a name.
 * @typedef {{name: string | null, number: number, top: number, base: number, head: number, radius: number,
 *   marks: Mark[],
 *   columns: Column[], tallest: number}} Track */
/** Long periods, drawn as one. @typedef {{marks: Mark[], from: number, to: number, y: number}} Band */
/** @typedef {{lanes: "" | "actor" | "topic", even: boolean}} Choices */
/** @typedef {{width: number, height: number, scale: TimeScale, ticks: Tick[], paces: Pace[], tracks: Track[],
 *   band: Band | null, names: Names, undated: number, axis: number, marks: Mark[]}} Layout */

const MARGIN = 14;
const DRAWING_HEIGHT = 264; // at most, without lanes
const NARROW_HEIGHT = 248;
const NAMES_FOOT = 10;
const LEAST_NAMES = 72; // if less is left for names, the marks are too many to be drawn one by one
const AXIS_HEIGHT = 20;
const BAND_HEIGHT = 24;
const LEAST_TRACK = 44;
const LANE_HEAD = 16;
const LANE_TRACK = 34; // without the name
const MOST_LANE_TRACK = 70;
const LONG = 0.2; // of the width: such a period is long
const FEW_LONG = 2; // so many are drawn as they are
const SPARSE = 24; // pixels for each entry, at least, before an even scale is tried
const MOST_MARKS = 1000; // above that, columns
const ROW_STEPS = [12, 10, 8, 6.5, 5.2, 4.2]; // between two rows
const NO_LANE = "None named";

/** Lay out the drawing of entries; null where none has a date.
 * @param {Drawable[]} entries @param {{actor: string[], topic: string[]}} lanes @param {Choices} choices
 * @param {number} width @param {Measure} measure @param {Measure} measureTick @returns {Layout | null} */
function layoutOf(entries, lanes, choices, width, measure, measureTick) {
  const dated = entries.filter((entry) => boundsOf(entry)[0] < OPEN_END);
  if (!dated.length) return null;
  const scale = scaleOf(dated, width, choices.even || isSparse(dated, width));
  const marks = dated.map((entry) => markOf(entry, scale));
  const long = longOf(marks, width);
  const single = marks.filter((mark) => !long.has(mark));
  const space = (width < 600 ? NARROW_HEIGHT : DRAWING_HEIGHT) - AXIS_HEIGHT - (long.size ? BAND_HEIGHT : 2);
  const named = choices.lanes
    ? { manner: mannersFor(width)[0], names: [], rows: 0 }
    : namesAbove(single, width, space, measure);
  const top = headOf(named);
  const tracks = choices.lanes
    ? laneTracks(single, lanes[choices.lanes], choices.lanes, top)
    : [trackOf(null, single, top)];
  const axis = choices.lanes
    ? fill(tracks, scale, LANE_TRACK, MOST_LANE_TRACK)
    : fill(tracks, scale, LEAST_TRACK, space - top);
  const band = long.size ? bandOf([...long], axis + AXIS_HEIGHT + 4) : null;
  const height = axis + AXIS_HEIGHT + (band ? BAND_HEIGHT : 2);
  const undated = entries.length - dated.length;
  const ticks = ticksFor(scale, width, measureTick);
  return { width, height, scale, ticks, paces: pacesOf(scale), tracks, band, names: named, undated, axis, marks };
}

/** Return the height of the names. @param {Names} named */
function headOf({ rows, manner }) {
  return rows ? rows * manner.height + NAMES_FOOT : 4;
}

/** Name the turning points in as much of a height as the marks do not need.
 * @param {Mark[]} marks @param {number} width @param {number} height @param {Measure} measure */
function namesAbove(marks, width, height, measure) {
  const smallest = ROW_STEPS[ROW_STEPS.length - 1];
  const most = height - LEAST_TRACK - NAMES_FOOT;
  const needed = marks.length > MOST_MARKS ? 0 : stack(marks, radiusFor(smallest)) * smallest;
  const spare = Math.min(most, height - NAMES_FOOT - needed);
  return namesFor(marks, width, spare < LEAST_NAMES ? most : spare, measure);
}

/** The days that entries name never change. @type {WeakMap<Drawable, number[]>} */
const BOUNDS = new WeakMap();

/** Return the first and the last day that an entry names, without open ends; none is from the end to the start.
 * @param {Drawable} entry */
function boundsOf(entry) {
  const bounds = BOUNDS.get(entry) ?? boundsIn(entry);
  BOUNDS.set(entry, bounds);
  return bounds;
}

/** @param {Drawable} entry */
function boundsIn({ drawn = [] }) {
  let [first, last] = [OPEN_END, OPEN_START];
  for (const days of drawn) {
    for (let index = 0; index < 4; index++) {
      if (days[index] === OPEN_START || days[index] === OPEN_END) continue;
      first = Math.min(first, days[index]);
      last = Math.max(last, days[index]);
    }
  }
  return [first, last];
}

/** Return whether entries have enough room on an even scale. @param {Drawable[]} dated @param {number} width */
function isSparse(dated, width) {
  if (dated.length > width / SPARSE) return false;
  const scale = scaleOf(dated, width, true);
  return (
    stack(
      dated.map((entry) => markOf(entry, scale)),
      radiusFor(ROW_STEPS[0]),
    ) <= 2
  );
}

/** @param {Drawable[]} dated @param {number} width @param {boolean} even */
function scaleOf(dated, width, even) {
  let [first, last] = [OPEN_END, OPEN_START];
  for (const entry of dated) {
    const [from, to] = boundsOf(entry);
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  if (first === last) [first, last] = [first - 1, last + 1]; // a day alone is in the middle
  const starts = dated.map((entry) => startOf(entry)).filter(([from, to]) => to - from <= (last - first) / 20);
  const happened = starts.map(([from]) => from).filter((day) => day > OPEN_START && day < OPEN_END);
  return scaleFor(first, last, happened, MARGIN, width - MARGIN, even);
}

/** Return the long periods, if there are enough of them to hide the rest.
 * @param {Mark[]} marks @param {number} width */
function longOf(marks, width) {
  const long = marks.filter(({ x, entry }) => x[3] - x[0] > width * LONG && !entry.rank);
  const fill = long.length > FEW_LONG && (long.length < marks.length / 2 || long.length > 12);
  return new Set(fill ? long : []);
}

/** @param {string | null} name @param {Mark[]} marks @param {number} top @returns {Track} */
function trackOf(name, marks, top) {
  return { name, number: marks.length, top, base: 0, head: 0, radius: 0, marks, columns: [], tallest: 1 };
}

/** Give each lane its own marks of the entries in it.
 * @param {Mark[]} marks @param {string[]} names @param {"actor" | "topic"} key @param {number} top */
function laneTracks(marks, names, key, top) {
  const within = (/** @type {number} */ lane) =>
    marks.filter(({ entry }) => (lane < names.length ? entry.lanes[key].includes(lane) : !entry.lanes[key].length));
  const tracks = [...names, NO_LANE].map((name, lane) =>
    trackOf(
      name,
      within(lane).map((mark) => ({ ...mark })),
      top,
    ),
  );
  return tracks.filter((track) => track.marks.length);
}

/** Place the marks of all tracks below each other, or columns where they are too many; return where the axis is.
 * @param {Track[]} tracks @param {TimeScale} scale @param {number} least @param {number} most */
function fill(tracks, scale, least, most) {
  const entries = tracks.flatMap((track) => track.marks.map((mark) => mark.entry));
  const steps = entries.length > MOST_MARKS ? [0] : tracks.map((track) => stepFor(track.marks, most));
  const step = Math.min(...steps); // the same in all lanes
  const units = step ? [] : unitsFor(entries, scale);
  let top = tracks[0].top;
  for (const track of tracks) {
    track.top = top;
    top += track.name === null ? 0 : LANE_HEAD;
    if (step) top = seat(track, step, top, least);
    else top = raise(track, units, scale, top + Math.max(least, track.name === null ? most : 0));
  }
  const tallest = Math.max(1, ...tracks.flatMap((track) => track.columns.map((column) => column.number)));
  for (const track of tracks) track.tallest = tallest;
  return top;
}

/** Return the widest step at which the rows of marks fit in a height; 0 if none does.
 * @param {Mark[]} marks @param {number} height */
function stepFor(marks, height) {
  return ROW_STEPS.find((step) => stack(marks, radiusFor(step)) * step <= height) ?? 0;
}

/** @param {number} step */
function radiusFor(step) {
  return Math.min(5, step * 0.44);
}

/** Place marks in their rows, and return where their base is.
 * @param {Track} track @param {number} step @param {number} top @param {number} least */
function seat(track, step, top, least) {
  track.radius = radiusFor(step);
  track.base = Math.round(top + Math.max(least, stack(track.marks, track.radius) * step + 2));
  for (const mark of track.marks) mark.y = track.base - 1 - (mark.row + 0.5) * step;
  return track.base;
}

/** Count the marks of a track in columns, and return where their base is.
 * @param {Track} track @param {number[]} units @param {TimeScale} scale @param {number} base */
function raise(track, units, scale, base) {
  track.columns = columnsOf(
    track.marks.map((mark) => mark.entry),
    units,
    scale,
  );
  track.base = Math.round(base);
  track.radius = 4;
  track.head = track.name === null ? crown(track) : LANE_HEAD;
  return track.base;
}

/** Put the turning points of a track above its columns, as dots, and return how much height that takes.
 * @param {Track} track */
function crown(track) {
  const marks = track.marks.filter((mark) => mark.entry.rank);
  for (const mark of marks) {
    const x = middleOfMark(mark);
    Object.assign(mark, { shape: "day", x: [x, x, x, x], rivals: [] });
  }
  const step = 2 * track.radius + 1;
  const rows = stack(marks, track.radius);
  for (const mark of marks) mark.y = track.top + (rows - mark.row - 0.5) * step;
  return rows * step;
}

/** @param {Mark[]} marks @param {number} y @returns {Band} */
function bandOf(marks, y) {
  const ends = marks.map((mark) => mark.x);
  return { marks, from: Math.min(...ends.map((x) => x[0])), to: Math.max(...ends.map((x) => x[3])), y };
}

/** Return how tall a column is. @param {Track} track @param {number} number */
function tallness(track, number) {
  return Math.max(2, ((track.base - track.top - track.head) * number) / track.tallest);
}
