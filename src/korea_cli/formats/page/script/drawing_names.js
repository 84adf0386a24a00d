// The names of turning points, in rows above the marks: each beside or above its own line, on no other's.

/** What a name asks for: the place of its mark, the least and the best width, and how much it weighs.
 * @typedef {{x: number, least: number, best: number, weight: number}} Wish */
/** Where a name is: its row, counted from the marks, and its ends.
 * @typedef {{row: number, left: number, right: number}} Place */
/** A name as it is drawn. @typedef {{mark: Mark, place: Place, lines: string[]}} Name */
/** @typedef {{manner: Manner, names: Name[], rows: number}} Names */
/** @typedef {(text: string, bold?: boolean) => number} Measure */

const NAME_GAP = 10; // between two names in a row
const LINE_GAP = 4; // between a name and the line of another
const BESIDE = 6; // a name may begin so far from its own line
const LEAST_NAME = 104;
const FEWEST_NAMES = 5; // where the record names fewer
const MOST_NAMES = 8;
const GOOD_ENOUGH = 0.85; // of the wished width, on average: no further row is needed
const MOST_TRIES = 5000; // for one number of rows

/** How names are written: in how many lines, in how many rows at most, how high these are, and how long they may be.
 * @typedef {{lines: number, rows: number, height: number, longest: number}} Manner */

/** Return how names may be written on a picture of some width, the best manner first. @param {number} width
 * @returns {Manner[]} */
function mannersFor(width) {
  const single = { lines: 1, rows: 6, height: 24, longest: Math.min(width, 420) };
  return width < 600
    ? [single]
    : [
        { lines: 2, rows: 3, height: 31, longest: 250 },
        { ...single, rows: 4 },
      ];
}

/** Break a title in lines that fit in a width, the first after the date; what does not fit is cut.
 * @param {string} title @param {number} taken @param {number} width @param {number} number @param {Measure} measure */
function brokenLines(title, taken, width, number, measure) {
  const words = title.split(/\s+/).filter(Boolean);
  const lines = [];
  let room = width - taken;
  while (lines.length < number - 1) {
    let text = "";
    while (words.length && measure(`${text}${words[0]}`) <= room) text += `${words.shift()} `;
    lines.push(text.trimEnd());
    room = width;
  }
  return [...lines, cutText(words.join(" "), room, measure)];
}

/** Cut a text to a width. @param {string} text @param {number} width @param {Measure} measure */
function cutText(text, width, measure) {
  if (measure(text) <= width) return text;
  const letters = [...text];
  const cut = (/** @type {number} */ length) => `${letters.slice(0, length).join("").trimEnd()}…`;
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(cut(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}

/** Return the width of the date before a name. @param {Mark} mark @param {Measure} measure */
function dateWidth({ entry }, measure) {
  return measure(entry.when, true) + measure(" ");
}

/** Return what the name of a mark asks for; a more important one weighs more.
 * @param {Mark} mark @param {Manner} manner @param {Measure} measure @returns {Wish} */
function wishOf(mark, { lines, longest }, measure) {
  const date = dateWidth(mark, measure);
  const least = Math.min(Math.max(LEAST_NAME, date), longest);
  let [low, high] = [least, longest];
  while (high - low > 4) {
    const middle = (low + high) / 2;
    if (brokenLines(mark.entry.title, date, middle, lines, measure)[lines - 1].endsWith("…")) low = middle;
    else high = middle;
  }
  return { x: middleOfMark(mark), least, best: Math.ceil(high), weight: 9 - Math.min(mark.rank || 8, 8) };
}

/** Return where the line from a name meets its mark. @param {Mark} mark */
function middleOfMark({ x }) {
  return (x[0] + x[3]) / 2;
}

/** Arrange names in the rows that are given for them; null if that is impossible. `wishes` are in order of place.
 * @param {Wish[]} wishes @param {number[]} rows @param {number} width @returns {Place[] | null} */
function arrange(wishes, rows, width) {
  const limits = wishes.map((wish, index) => limitsOf(wish, rows[index], wishes, rows, width));
  if (limits.some(([from, to], index) => to - from < wishes[index].least)) return null;
  /** @type {Place[]} */
  const places = [];
  /** The right end of the last name in each row. @type {number[]} */
  const ends = [];
  for (const [index, { x, best, least }] of wishes.entries()) {
    const row = rows[index];
    const from = Math.max(limits[index][0], (ends[row] ?? -NAME_GAP) + NAME_GAP);
    const after = rows.indexOf(row, index + 1);
    const spare =
      after < 0 ? width : Math.min(wishes[after].x + BESIDE, limits[after][1] - wishes[after].least) - NAME_GAP;
    const to = Math.min(limits[index][1], spare);
    const length = Math.min(best, to - from);
    const left = Math.min(Math.max(x - BESIDE, from), to - length);
    if (length < least || left > x + BESIDE || left + length < x - BESIDE) return null;
    ends[row] = left + length;
    places.push({ row, left, right: left + length });
  }
  return places;
}

/** Return between which lines of names in higher rows a name must be.
 * @param {Wish} wish @param {number} row @param {Wish[]} wishes @param {number[]} rows @param {number} width */
function limitsOf({ x }, row, wishes, rows, width) {
  let [from, to] = [0, width];
  for (const [index, other] of rows.entries()) {
    if (other <= row) continue;
    const at = wishes[index].x;
    const isLeft = Math.abs(at - x) < 1 ? x < width / 2 : at < x; // two of the same day have one line
    if (isLeft) from = Math.max(from, at + LINE_GAP);
    else to = Math.min(to, at - LINE_GAP);
  }
  return [from, to];
}

/** Find the best arrangement in some rows; null if there is none. Where the names in order of place begin badly,
 * no further ones are tried. @param {Wish[]} wishes @param {number} number @param {number} width */
function bestPlaces(wishes, number, width) {
  const sum = wishes.reduce((total, wish) => total + wish.weight, 0);
  /** @type {{places: Place[], quality: number}} */
  const best = { places: [], quality: 0 };
  let tries = 0;
  const search = (/** @type {number[]} */ rows) => {
    const places = (tries += 1) < MOST_TRIES ? arrange(wishes.slice(0, rows.length), rows, width) : null;
    const quality = places ? qualityOf(places, wishes, sum) : 0;
    if (!places || quality <= best.quality) return;
    if (rows.length === wishes.length) Object.assign(best, { places, quality });
    else for (let row = 0; row < number; row++) search([...rows, row]);
  };
  search([]);
  return best.places.length ? best : null;
}

/** Return which part of the wished width the names have, from 0 to 1, as if those without a place had all of it.
 * @param {Place[]} places @param {Wish[]} wishes @param {number} sum */
function qualityOf(places, wishes, sum) {
  let lost = 0;
  for (const [index, { left, right, row }] of places.entries()) {
    lost += wishes[index].weight * (1 - (right - left) / wishes[index].best + row / 100);
  }
  return 1 - lost / sum;
}

/** Return the ranks of the turning points among entries: of those that the record names, and of the most important
 * others where these are few. @param {Drawable[]} entries @returns {Map<Drawable, number>} */
function turningPoints(entries) {
  const ranked = entries.filter((entry) => entry.rank);
  ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const own = ranked.filter((entry) => entry.key).length;
  const number = Math.min(Math.max(own, FEWEST_NAMES), MOST_NAMES);
  return new Map(ranked.slice(0, number).map((entry, index) => [entry, index + 1]));
}

/** Name the turning points, or all of a few entries, in the manner in which most have room.
 * @param {Mark[]} marks @param {number} width @param {number} height @param {Measure} measure @returns {Names} */
function namesFor(marks, width, height, measure) {
  const ranked = marks.filter((mark) => mark.rank || marks.length <= MOST_NAMES);
  ranked.sort((a, b) => (a.rank || MOST_NAMES) - (b.rank || MOST_NAMES));
  ranked.splice(MOST_NAMES);
  /** @type {Names} */
  let best = { manner: mannersFor(width)[0], names: [], rows: 0 };
  for (const manner of mannersFor(width)) {
    const rows = Math.min(manner.rows, Math.floor(height / manner.height));
    const found = namesIn({ ...manner, rows }, ranked, width, measure);
    if (found.names.length > best.names.length) best = found;
    if (best.names.length === ranked.length) break;
  }
  return best;
}

/** Name marks, the most important first; those for which there is no room are left out.
 * @param {Manner} manner @param {Mark[]} ranked @param {number} width @param {Measure} measure @returns {Names} */
function namesIn(manner, ranked, width, measure) {
  for (let number = ranked.length; number > 0; number--) {
    const named = ranked.slice(0, number).sort((a, b) => middleOfMark(a) - middleOfMark(b));
    const places = placesFor(
      named.map((mark) => wishOf(mark, manner, measure)),
      manner.rows,
      width,
    );
    if (!places) continue;
    const names = named.map((mark, index) => nameAt(mark, places[index], manner, measure));
    return { manner, names, rows: Math.max(...places.map((place) => place.row)) + 1 };
  }
  return { manner, names: [], rows: 0 };
}

/** Use more rows until the names are long enough. @param {Wish[]} wishes @param {number} most @param {number} width */
function placesFor(wishes, most, width) {
  let found = null;
  for (let rows = 1; rows <= most && (found?.quality ?? 0) < GOOD_ENOUGH; rows++) {
    const other = bestPlaces(wishes, rows, width);
    if (other && other.quality > (found?.quality ?? 0)) found = other;
  }
  return found?.places;
}

/** @param {Mark} mark @param {Place} place @param {Manner} manner @param {Measure} measure @returns {Name} */
function nameAt(mark, place, { lines }, measure) {
  const width = place.right - place.left;
  return { mark, place, lines: brokenLines(mark.entry.title, dateWidth(mark, measure), width, lines, measure) };
}
