// The drawing as an element, and its stops: what the keys go to and what the pointer finds.

/** A mark, a column or the band: `box` is what it takes up, `lane` its track, `entries` what it stands for.
 * @typedef {{element: SVGElement, kind: "mark" | "column" | "band", box: number[], lane: number, words: string,
 *   entries: Drawable[], days: number[]}} Stop */

const NEAR = 12; // the pointer means all marks so near to it: targets are 24 pixels wide

/** Paint a layout; the names are no stops of their own, as their marks are.
 * @param {Layout} layout @returns {{picture: SVGElement, stops: Stop[], names: Stop[]}} */
function painted(layout) {
  const { width, height, tracks, band, names } = layout;
  const label = `Timeline of ${countWords(layout.marks.length, 0)}; the arrow keys go from one to the next`;
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  const stops = tracks.flatMap((track, lane) => [...columnStops(track, lane), ...markStops(track, lane)]);
  if (band) stops.push(bandStop(band, width, tracks.length));
  const named = names.names.map((name) => ({ name, top: (names.rows - 1 - name.place.row) * names.manner.height }));
  const lines = named.map(({ name, top }) => leader(name, top + names.manner.height - 2));
  picture.append(definitions(), ...background(layout), ...lines);
  const links = named.map(({ name, top }) => nameStop(name, top, names.manner.height));
  picture.append(...stops.map((stop) => stop.element), ...links.map((stop) => stop.element));
  return { picture, stops, names: links };
}

/** @param {Name} name @param {number} top @param {number} height @returns {Stop} */
function nameStop(name, top, height) {
  const {
    mark: { entry },
    place,
  } = name;
  const box = [place.left, top, place.right, top + height - 2];
  return { element: nameLink(name, top), kind: "mark", box, lane: 0, words: spoken(entry), entries: [entry], days: [] };
}

/** Draw the line from a name to its mark. @param {Name} name @param {number} top */
function leader({ mark }, top) {
  return svg("path", { class: "leader", d: `M${middleOfMark(mark).toFixed(1)} ${top}V${mark.y.toFixed(1)}` });
}

/** The stops of a track in order of time; where there are columns, only turning points are marks, and none in lanes.
 * @param {Track} track @param {number} lane @returns {Stop[]} */
function markStops({ name, marks, radius, columns }, lane) {
  const drawn = columns.length ? marks.filter((mark) => mark.rank && name === null) : marks;
  const sorted = [...drawn].sort((a, b) => a.x[0] - b.x[0] || a.row - b.row);
  return sorted.map((mark) => {
    const { entry, x, y } = mark;
    const half = mark.shape === "day" ? radius : 0;
    const box = [x[0] - half, y - radius, x[3] + half, y + radius];
    return {
      element: markLink(mark, radius),
      kind: "mark",
      box,
      lane,
      words: spoken(entry),
      entries: [entry],
      days: [],
    };
  });
}

/** @param {Track} track @param {number} lane @returns {Stop[]} */
function columnStops(track, lane) {
  return track.columns.map((column) => {
    const { first, last, x, width, number, doubted } = column;
    const words = `${rangeWords(first, last)}: ${countWords(number, doubted)}`;
    const box = [x, track.top + track.head, x + width, track.base];
    const element = columnButton(column, track, words);
    return { element, kind: "column", box, lane, words, entries: [], days: [first, last] };
  });
}

/** @param {Band} band @param {number} width @param {number} lane @returns {Stop} */
function bandStop(band, width, lane) {
  const entries = band.marks.map((mark) => mark.entry);
  const box = [band.from, band.y - 4, band.to, band.y + BAND_HEIGHT - 4];
  const words = `${grouped(entries.length)} long periods`;
  return { element: bandButton(band, width), kind: "band", box, lane, words, entries, days: [] };
}

/** Return the stops near a point, the nearest first; the band only where the point is in it.
 * @param {Stop[]} stops @param {number} x @param {number} y @returns {Stop[]} */
function stopsNear(stops, x, y) {
  const near = [];
  for (const stop of stops) {
    const away = awayFrom(stop.box, x, y);
    if (away <= (stop.kind === "band" ? 0 : NEAR)) near.push({ stop, away });
  }
  return near.sort((a, b) => a.away - b.away).map(({ stop }) => stop);
}

/** Return how far a point is from a box. @param {number[]} box @param {number} x @param {number} y */
function awayFrom([left, top, right, bottom], x, y) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}
