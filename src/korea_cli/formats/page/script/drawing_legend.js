// The line below the drawing: only the shapes that are in it, and how many entries are not.

/** Return the legend. @param {Layout} layout @returns {HTMLElement} */
function legendOf(layout) {
  const marks = layout.tracks.flatMap((track) => (track.columns.length ? [] : track.marks));
  const columns = layout.tracks.flatMap((track) => track.columns);
  const tallest = layout.tracks[0].tallest;
  const some = (/** @type {(mark: Mark) => boolean} */ test) => marks.some(test);
  const isSpan = (/** @type {Mark} */ { shape }) => shape === "span";
  const paces = new Set(layout.paces.map((each) => each.pace));
  /** @type {[boolean, string, () => Element[]][]} */
  const keys = [
    [some(({ shape, entry }) => shape === "day" && !entry.doubted), "day", () => keyShape("day")],
    [some(({ entry }) => entry.doubted ?? false), "in doubt", () => keyShape("day", { doubted: true })],
    [some(isSpan), "period", () => keyShape("span")],
    [
      some((mark) => isSpan(mark) && (mark.x[1] > mark.x[0] || mark.x[3] > mark.x[2])),
      "start or end unknown",
      () => keyShape("span", { soft: true }),
    ],
    [some(({ shape }) => shape === "within"), "some day in this range", () => keyShape("within")],
    [some(({ rivals }) => rivals.length > 0), "other date in a source", () => keyShape("day", { rival: true })],
    [columns.length > 0, `number of entries (tallest: ${grouped(tallest)})`, () => keyColumn("body")],
    [columns.some((column) => column.doubted), "of them in doubt", () => keyColumn("hatch")],
    [paces.has("shortened"), "time shortened", () => [axisPiece({ from: 0, to: 24, pace: "shortened" }, 6)]],
    [paces.has("widened"), "time widened", () => [axisPiece({ from: 0, to: 24, pace: "widened" }, 6)]],
  ];
  const legend = document.createElement("p");
  legend.className = "legend";
  for (const [occurs, words, draw] of keys) if (occurs) legend.append(keyOf(words, draw()));
  if (layout.undated) legend.append(keyOf(`not drawn: ${grouped(layout.undated)} without a date`, []));
  return legend;
}

/** @param {string} words @param {Element[]} shapes */
function keyOf(words, shapes) {
  const key = document.createElement("span");
  key.className = "key";
  if (shapes.length) key.append(svg("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" }, ...shapes), " ");
  key.append(words);
  return key;
}

/** @param {Mark["shape"]} shape @param {{doubted?: boolean, soft?: boolean, rival?: boolean}} [how]
 * @returns {Element[]} */
function keyShape(shape, { doubted = false, soft = false, rival = false } = {}) {
  const entry = { id: "", title: "", when: "", doubted, lanes: { actor: [], topic: [] } };
  const x = shape === "day" ? [rival ? 19 : 12] : soft ? [0, 12, 12, 24] : [0, 0, 24, 24];
  /** @type {Mark} */
  const mark = { entry, shape, x, rivals: rival ? [4] : [], open: [], row: 0, y: 6, rank: 0 };
  return [svg("g", { class: `mark ${shape}${doubted ? " doubted" : ""}` }, ...shapeOf(mark, 6, 4.5))];
}

/** @param {string} kind @returns {Element[]} */
function keyColumn(kind) {
  return [svg("g", { class: "mark column" }, svg("rect", { class: kind, x: 8, y: 0, width: 8, height: 12 }))];
}
