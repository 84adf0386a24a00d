// The parts of the drawing as elements of SVG. Texts are set as text, never as markup.

/** @typedef {Record<string, string | number>} Attributes */

/** Make an element of SVG.
 * @param {string} tag @param {Attributes} [attributes] @param {(Element | string)[]} children */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  }
  element.append(...children);
  return element;
}

/** Make the gradients and hatchings that marks refer to; `doubted` ones have another colour. */
function definitions() {
  const kinds = ["", "doubted"].flatMap((kind) => {
    const [clear, full] = [`clear ${kind}`, kind];
    const ending = kind && `-${kind}`;
    const hatch = {
      id: `drawing-hatch${ending}`,
      width: 4,
      height: 4,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    };
    return [
      svg("linearGradient", { id: `drawing-fade-in${ending}` }, shadeAt(0, clear), shadeAt(1, full)),
      svg("linearGradient", { id: `drawing-fade-out${ending}` }, shadeAt(0, full), shadeAt(1, clear)),
      svg("pattern", hatch, svg("path", { class: `line ${kind}`, d: "M0 0V4" })),
    ];
  });
  return svg("defs", {}, ...kinds);
}

/** @param {number} offset @param {string} kind */
function shadeAt(offset, kind) {
  return svg("stop", { offset, class: kind.trim() });
}

/** Draw the shape of a mark. @param {Mark} mark @param {number} y @param {number} radius @returns {Element[]} */
function shapeOf({ entry, shape, x, rivals, open }, y, radius) {
  const rivalry = rivals.flatMap((at) => [
    svg("path", { class: "rivalry", d: `M${x[0].toFixed(1)} ${y.toFixed(1)}H${at.toFixed(1)}` }),
    svg("circle", { class: "rival", cx: at, cy: y, r: Math.max(radius - 1.5, 1.2) }),
  ]);
  if (shape === "day") return [...rivalry, dayShape(x[0], y, radius, entry.doubted ?? false)];
  const bar = (/** @type {string} */ kind, /** @type {number} */ begin, /** @type {number} */ end) =>
    svg("rect", {
      class: kind,
      x: begin,
      y: y - radius * 0.6,
      width: Math.max(end - begin, 0.5),
      height: radius * 1.2,
    });
  const bars = shape === "within" ? [bar("body hatch", x[0], x[3])] : [];
  if (shape === "span" && x[1] > x[0]) bars.push(bar("soft in", x[0], x[1]));
  if (shape === "span" && x[2] > x[1]) bars.push(bar("body", x[1], x[2]));
  if (shape === "span" && x[3] > x[2]) bars.push(bar("soft out", x[2], x[3]));
  if (entry.doubted || shape === "within") bars.push(bar("outline", x[0], x[3]));
  return [...rivalry, ...bars, ...openEnds(open, x, y)];
}

/** A known day: a dot, or a hollow diamond if it is doubted.
 * @param {number} x @param {number} y @param {number} radius @param {boolean} doubted */
function dayShape(x, y, radius, doubted) {
  if (!doubted) return svg("circle", { class: "body", cx: x, cy: y, r: radius });
  const side = radius * 1.1;
  const [top, step] = [(y - side).toFixed(1), side.toFixed(1)];
  return svg("path", {
    class: "body",
    d: `M${x.toFixed(1)} ${top}l${step} ${step}l-${step} ${step}l-${step}-${step}z`,
  });
}

/** Arrows at ends that are not given. @param {boolean[]} open @param {number[]} x @param {number} y */
function openEnds([start, end], x, y) {
  const arrow = (/** @type {number} */ at, /** @type {number} */ to) =>
    svg("path", { class: "open", d: `M${(at - to).toFixed(1)} ${(y - 3.5).toFixed(1)}l${to} 3.5l${-to} 3.5` });
  return [...(start ? [arrow(x[0] - 3, -4)] : []), ...(end ? [arrow(x[3] + 3, 4)] : [])];
}

/** Say what an entry is in one line. @param {Drawable} entry */
function spoken({ when, title, doubted }) {
  return `${when}: ${title}${doubted ? " (in doubt)" : ""}`;
}

const DENSE = 1.8; // so small marks have no outline

/** Draw a mark as a link. @param {Mark} mark @param {number} radius */
function markLink(mark, radius) {
  const { entry, shape, y, rank } = mark;
  const kind = `mark ${shape}${entry.doubted ? " doubted" : ""}${rank ? " turning" : ""}${radius < DENSE ? " dense" : ""}`;
  const link = { class: kind, href: `#${entry.id}`, tabindex: -1, "aria-label": spoken(entry) };
  return svg("a", link, ...shapeOf(mark, y, radius));
}

/** Draw the name of a turning point, as a link. @param {Name} name @param {number} top */
function nameLink({ mark: { entry }, place, lines }, top) {
  const [first, ...others] = lines;
  const date = svg("tspan", { class: "date" }, entry.when);
  const texts = [
    svg("text", { x: place.left, y: top + (others.length ? 11 : 16) }, date, " ", svg("tspan", {}, first)),
  ];
  texts.push(...others.map((text, index) => svg("text", { x: place.left, y: top + 25 + 14 * index }, text)));
  const size = { width: place.right - place.left, height: Math.max(24, 15 + 14 * others.length) };
  const reach = svg("rect", { class: "reach", x: place.left, y: top, ...size });
  return svg("a", { class: "name", href: `#${entry.id}`, tabindex: -1 }, reach, ...texts);
}

/** Draw a piece of the axis: a zigzag where time is shortened. @param {Pace} pace @param {number} y */
function axisPiece({ from, to, pace }, y) {
  if (pace !== "shortened")
    return svg("path", { class: `axis ${pace}`.trim(), d: `M${from.toFixed(1)} ${y}H${to.toFixed(1)}` });
  const teeth = Math.max(1, Math.round((to - from) / 6));
  const width = (to - from) / teeth / 4;
  const tooth = `l${width.toFixed(3)}-3l${(2 * width).toFixed(3)} 6l${width.toFixed(3)}-3`;
  return svg("path", { class: "axis shortened", d: `M${from.toFixed(1)} ${y}${tooth.repeat(teeth)}` });
}

/** Draw what is behind the marks: ticks, the axis, and the names of lanes.
 * @param {Layout} layout @returns {Element[]} */
function background({ ticks, paces, tracks, axis, width }) {
  const top = tracks[0].top;
  const lines = ticks.map(({ x, year }) =>
    svg("path", { class: year ? "tick year" : "tick", d: `M${x.toFixed(1)} ${top}V${axis + 6}` }),
  );
  const labels = ticks.map(({ at, year, label }) =>
    svg("text", { class: year ? "tick year" : "tick", x: at, y: axis + 16 }, label),
  );
  const lanes = tracks.flatMap((track) => {
    if (track.name === null) return [];
    const number = svg("tspan", { class: "number", dx: 5 }, grouped(track.number));
    const line = svg("path", { class: "lane", d: `M0 ${track.base}H${width}` });
    const whole = track.label === track.name ? [] : [svg("title", {}, track.name)];
    const place = { class: "lane", x: 2, y: (track.top + track.base) / 2 + 4 };
    return [line, svg("text", place, ...whole, track.label, number)];
  });
  return [...lines, ...lanes, ...paces.map((pace) => axisPiece(pace, axis)), ...labels];
}

/** Draw a column: its doubted part is hatched. @param {Column} column @param {Track} track @param {string} words */
function columnButton({ x, width, number, doubted }, track, words) {
  const [tall, hatched] = [tallness(track, number), tallness(track, number) * (doubted / number)];
  const wide = Math.max(width - (width > 4 ? 1 : 0), 1);
  const bars = [svg("rect", { class: "body", x, y: track.base - tall, width: wide, height: tall - hatched })];
  if (hatched) bars.push(svg("rect", { class: "hatch", x, y: track.base - hatched, width: wide, height: hatched }));
  return svg("g", { class: "mark column", role: "button", tabindex: -1, "aria-label": words }, ...bars);
}

/** Write a number; most are small, and the browser is slow with separators. @param {number} number */
function numberWords(number) {
  return number < 1000 ? String(number) : grouped(number);
}

/** @param {number} number @param {number} doubted */
function countWords(number, doubted) {
  const doubt = doubted ? `, ${numberWords(doubted)} in doubt` : "";
  return `${numberWords(number)} ${number === 1 ? "entry" : "entries"}${doubt}`;
}

/** Draw the band of long periods. @param {Band} band @param {number} width */
function bandButton({ marks, from, to, y }, width) {
  const words = `${grouped(marks.length)} long periods`;
  const bars = [
    svg("rect", { class: "reach", x: from, y: y - 4, width: to - from, height: BAND_HEIGHT }),
    svg("rect", { class: "body", x: from, y, width: to - from, height: 5 }),
    svg("text", { x: Math.min(from, width - 100), y: y + 16 }, words),
  ];
  const label = { role: "button", tabindex: -1, "aria-label": words, "aria-expanded": "false" };
  return svg("g", { class: "mark band", ...label }, ...bars);
}
