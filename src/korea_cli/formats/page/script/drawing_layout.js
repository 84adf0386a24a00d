// Where everything in the drawing is, for a width: worked out without the page, so that it can be tested alone.

/** One line of marks or columns above its base, with a head above these; a lane has a name, and a label that fits.
 * @typedef {{name: string | null, label: string, number: number, top: number, base: number, head: number,
 *   radius: number, marks: Mark[], columns: Column[], tallest: number}} Track */
/** Long periods, drawn as one. @typedef {{marks: Mark[], from: number, to: number, y: number}} Band */
/** @typedef {{lanes: "" | "actor" | "topic", even: boolean}} Choices */
/** @typedef {{width: number, height: number, scale: TimeScale, ticks: Tick[], paces: Pace[], tracks: Track[],
 *   band: Band | null, names: Names, undated: number, axis: number, marks: Mark[]}} Layout */

const MARGIN = 14;
const DRAWING_HEIGHT = 264; // at most, without lanes
const NARROW_HEIGHT = 248;
const LANES_HEIGHT = 284; // with lanes
const LANES_NARROW_HEIGHT = 264;
const NARROW = 600; // of such a width
const NAMES_FOOT = 10;
const LEAST_NAMES = 72; // if less is left for names, the marks are too many to be drawn one by one
const AXIS_HEIGHT = 20;
const BAND_HEIGHT = 24;
const LEAST_TRACK = 44;
const LANE = 20; // the height of a lane, at least
const GUTTER = 170; // the width of the names of lanes
const NARROW_GUTTER = 104;
const LONG = 0.12; // of the width: such a period is long
const FEW_LONG = 2; // so many are drawn as they are
const SPARSE = 24; // pixels for each entry, at least, before an even scale is tried
const MOST_MARKS = 1000; // above that, columns
const SMALLEST_STEP = 4.2; // between two rows, where all marks have room
const ROW_STEPS = [12, 10, 8, 6.5, 5.2, SMALLEST_STEP];
const NO_LANE = "None named";

/** Lay out the drawing of entries; null where none has a date.
 * @param {Drawable[]} entries @param {{actor: string[], topic: string[]}} lanes @param {Choices} choices
 * @param {number} width @param {Measure} measure @param {Measure} measureTick @returns {Layout | null} */
function layoutOf(entries, lanes, choices, width, measure, measureTick) {
  const dated = entries.filter((entry) => boundsOf(entry)[0] < OPEN_END);
  if (!dated.length) return null;
  const [narrow, inLanes] = [width < NARROW, Boolean(choices.lanes)];
  const left = inLanes ? (narrow ? NARROW_GUTTER : GUTTER) : MARGIN;
  const scale = scaleOf(dated, left, width, choices.even || isSparse(dated, left, width));
  const ranks = turningPoints(dated);
  const marks = dated.map((entry) => markOf(entry, scale, ranks.get(entry) ?? 0));
  const long = longOf(marks, width);
  const single = marks.filter((mark) => !long.has(mark));
  const together = narrow ? NARROW_HEIGHT : DRAWING_HEIGHT;
  const apart = narrow ? LANES_NARROW_HEIGHT : LANES_HEIGHT;
  const space = (inLanes ? apart : together) - AXIS_HEIGHT - (long.size ? BAND_HEIGHT : 2);
  const named = namesAbove(single, inLanes, width, space, measure);
  const top = headOf(named);
  const tracks = choices.lanes
    ? laneTracks(single, lanes[choices.lanes], choices.lanes, Math.floor((space - top) / LANE))
    : [trackOf(null, single)];
  for (const track of tracks) track.label = labelOf(track, left, measure);
  const axis = fill(tracks, single, scale, top, space - top);
  const all = tracks.flatMap((track) => track.marks); // in lanes, an entry may have several
  for (const { mark } of named.names) mark.y = all.find(({ entry }) => entry === mark.entry)?.y ?? axis;
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

/** Name the turning points in as much of a height as the marks do not need; in lanes of columns they have no marks.
 * @param {Mark[]} marks @param {boolean} inLanes @param {number} width @param {number} height
 * @param {Measure} measure */
function namesAbove(marks, inLanes, width, height, measure) {
  const many = marks.length > MOST_MARKS;
  if (inLanes) return namesFor(many ? [] : marks, width, LEAST_NAMES, measure);
  const needed = many ? LEAST_TRACK : Math.max(LEAST_TRACK, needOf(marks));
  return namesFor(marks, width, Math.max(height - NAMES_FOOT - needed, LEAST_NAMES), measure);
}

/** Return the height that marks need. @param {Mark[]} marks */
function needOf(marks) {
  return stack(marks, radiusFor(SMALLEST_STEP)) * SMALLEST_STEP + 2;
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

/** Return whether entries have enough room on an even scale.
 * @param {Drawable[]} dated @param {number} left @param {number} width */
function isSparse(dated, left, width) {
  if (dated.length > (width - left) / SPARSE) return false;
  const scale = scaleOf(dated, left, width, true);
  return (
    stack(
      dated.map((entry) => markOf(entry, scale, 0)),
      radiusFor(ROW_STEPS[0]),
    ) <= 2
  );
}

/** @param {Drawable[]} dated @param {number} left @param {number} width @param {boolean} even */
function scaleOf(dated, left, width, even) {
  let [first, last] = [OPEN_END, OPEN_START];
  for (const entry of dated) {
    const [from, to] = boundsOf(entry);
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  if (first === last) [first, last] = [first - 1, last + 1]; // a day alone is in the middle
  const starts = dated.map((entry) => startOf(entry)).filter(([from, to]) => to - from <= (last - first) / 20);
  const happened = starts.map(([from]) => from).filter((day) => day > OPEN_START && day < OPEN_END);
  return scaleFor(first, last, happened, left, width - MARGIN, even);
}

/** Return the long periods, if there are enough of them to hide the rest.
 * @param {Mark[]} marks @param {number} width */
function longOf(marks, width) {
  const long = marks.filter(({ x, rank }) => x[3] - x[0] > width * LONG && !rank);
  const fill = long.length > FEW_LONG && (long.length < marks.length / 2 || long.length > 12);
  return new Set(fill ? long : []);
}

/** @param {string | null} name @param {Mark[]} marks @returns {Track} */
function trackOf(name, marks) {
  return { name, label: "", number: marks.length, top: 0, base: 0, head: 0, radius: 0, marks, columns: [], tallest: 1 };
}

/** Give each lane its own marks of the entries in it, the fullest lanes first; the last ones share one if there are too
 * many. @param {Mark[]} marks @param {string[]} names @param {"actor" | "topic"} key @param {number} most */
function laneTracks(marks, names, key, most) {
  const within = names.map((name) => ({ name, own: /** @type {Mark[]} */ ([]) }));
  const none = { name: NO_LANE, own: /** @type {Mark[]} */ ([]) };
  for (const mark of marks) {
    const lanes = mark.entry.lanes[key];
    for (const lane of lanes.length ? lanes.map((number) => within[number]) : [none]) lane.own.push(mark);
  }
  const lanes = [...within.sort((a, b) => b.own.length - a.own.length), none].filter(({ own }) => own.length);
  const rest = lanes.length > most ? lanes.splice(most - 1) : [];
  if (rest.length) lanes.push({ name: `and ${rest.length} more`, own: [...new Set(rest.flatMap(({ own }) => own))] });
  return lanes.map(({ name, own }) => trackOf(name, own.map((mark) => ({ ...mark }))));
}

/** Cut the name of a lane to the room at its left. @param {Track} track @param {number} left @param {Measure} measure */
function labelOf({ name, number }, left, measure) {
  const room = left - MARGIN - 4 - measure(` ${grouped(number)}`);
  return name === null ? "" : cutText(name, room, (text) => measure(text, true));
}

/** Place the marks of all tracks below each other, or columns where they are too many; return where the axis is.
 * @param {Track[]} tracks @param {Mark[]} marks @param {TimeScale} scale @param {number} top @param {number} space */
function fill(tracks, marks, scale, top, space) {
  const entries = marks.map((mark) => mark.entry);
  const units = entries.length > MOST_MARKS ? unitsFor(entries, scale) : [];
  const heights = heightsOf(tracks, space, units.length > 0);
  for (const [index, track] of tracks.entries()) {
    track.top = top;
    if (units.length) raise(track, units, scale, top + heights[index]);
    else seat(track, top, track.name === null ? LEAST_TRACK : heights[index], heights[index]);
    top = track.base;
  }
  const tallest = Math.max(1, ...tracks.flatMap((track) => track.columns.map((column) => column.number)));
  for (const track of tracks) track.tallest = tallest;
  return top;
}

/** Return how high each track may be: lanes with more rows have more, but none too much if there is room for all.
 * @param {Track[]} tracks @param {number} space @param {boolean} isMany */
function heightsOf(tracks, space, isMany) {
  if (tracks[0].name === null) return [space];
  if (isMany) return tracks.map(() => Math.min(space / tracks.length, 2 * LANE));
  const more = tracks.map(({ marks }) => Math.max(0, needOf(marks) - LANE));
  const [sum, spare] = [more.reduce((total, each) => total + each, 0), space - tracks.length * LANE];
  const each = Math.max(0, Math.min(LANE / 2, (spare - sum) / tracks.length));
  return more.map((own) => LANE + each + (sum > spare ? (own * spare) / sum : own));
}

/** Return the widest step at which the rows of marks fit in a height. @param {Mark[]} marks @param {number} height */
function stepFor(marks, height) {
  const step = ROW_STEPS.find((each) => stack(marks, radiusFor(each)) * each <= height);
  return step ?? height / stack(marks, radiusFor(SMALLEST_STEP));
}

/** @param {number} step */
function radiusFor(step) {
  return Math.min(5, step * 0.44);
}

/** Place marks in their rows within a height, and set where their base is.
 * @param {Track} track @param {number} top @param {number} least @param {number} most */
function seat(track, top, least, most) {
  const step = stepFor(track.marks, most - 2);
  track.radius = radiusFor(step);
  track.base = Math.round(top + Math.max(least, stack(track.marks, track.radius) * step + 2));
  for (const mark of track.marks) mark.y = track.base - 1 - (mark.row + 0.5) * step;
}

/** Count the marks of a track in columns above a base.
 * @param {Track} track @param {number[]} units @param {TimeScale} scale @param {number} base */
function raise(track, units, scale, base) {
  track.columns = columnsOf(
    track.marks.map((mark) => mark.entry),
    units,
    scale,
  );
  track.base = Math.round(base);
  track.radius = 4;
  track.head = track.name === null ? crown(track) : 3;
}

/** Put the turning points of a track above its columns, as dots, and return how much height that takes.
 * @param {Track} track */
function crown(track) {
  const marks = track.marks.filter((mark) => mark.rank);
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
