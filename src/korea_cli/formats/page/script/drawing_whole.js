// The drawing in the page: shown again whenever the entries or the width change.

const PRINTED_WIDTH = 660; // of a sheet of A4 or Letter
const FAR = 40; // so far from what it is about, a tip closes

/** What a reader can do in it.
 * @typedef {{open: (anchor: string) => void, choose: (first: number, last: number) => void}} Actions */

class Drawing {
  /** @param {HTMLElement} root @param {Drawable[]} entries
   * @param {{actor: string[], topic: string[]}} lanes @param {Actions} actions */
  constructor(root, entries, lanes, actions) {
    this.root = root;
    this.shown = entries;
    this.lanes = lanes;
    this.actions = actions;
    /** @type {Choices} */
    this.choices = { lanes: "", even: false };
    /** @type {Layout | null} */
    this.layout = null;
    /** @type {Stop[]} */
    this.stops = [];
    /** @type {Stop[]} */
    this.names = [];
    /** What was tapped last. @type {Stop | null} */
    this.tapped = null;
    this.anchor = "";
    this.width = 0;
    /** Measures texts of a size in pixels, once the font is known. @type {((size: number) => Measure) | undefined} */
    this.measure = undefined;
    this.surface = document.createElement("div");
    this.surface.className = "surface";
    this.tip = new Tip(root, actions);
    this.foot = document.createElement("div");
    root.replaceChildren(this.surface, this.tip.element, this.foot);
    this.pointing = this.pointed();
    this.listen();
  }

  listen() {
    this.surface.addEventListener("focusin", (event) => this.entered(event));
    this.root.addEventListener("focusout", (event) => this.left(event.relatedTarget));
    this.root.addEventListener("pointerleave", () => this.left(document.activeElement));
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.escaped(event), true);
    document.addEventListener("pointerdown", (event) => {
      if (!this.root.contains(/** @type {Node} */ (event.target))) this.tip.hide();
    });
    new ResizeObserver(() => this.fit(this.root.clientWidth)).observe(this.root);
    addEventListener("beforeprint", () => this.fit(PRINTED_WIDTH));
    addEventListener("afterprint", () => this.fit(this.root.clientWidth));
  }

  pointed() {
    return new Pointing(this.surface, {
      hover: (x, y) => this.hover(x, y),
      press: (x, y, event, touch) => this.press(x, y, event, touch),
      drag: (from, to) => this.select(from, to),
      drop: (from, to) => {
        this.unselect();
        const [first, last] = this.daysBetween(from, to);
        this.actions.choose(first, last);
      },
      stop: () => this.unselect(),
    });
  }

  /** Show some entries, drawn to the time that they take. @param {Drawable[]} entries @param {Choices} choices */
  show(entries, choices) {
    this.shown = entries;
    this.choices = choices;
    this.width ||= this.root.clientWidth; // afterwards `fit` knows it: to ask for it would lay out the page
    this.draw();
  }

  /** Draw again if the width has changed. @param {number} width */
  fit(width) {
    if (width === this.width) return;
    this.width = width;
    this.draw();
  }

  draw() {
    if (!this.width) return; // it is not shown
    const had = this.surface.contains(document.activeElement);
    this.tip.hide();
    this.measure ??= measureIn(getComputedStyle(this.root).fontFamily);
    const { shown, lanes, choices, width, measure } = this;
    this.layout = layoutOf(shown, lanes, choices, width, measure(12), measure(11));
    const drawn = this.layout && painted(this.layout);
    this.stops = drawn?.stops ?? [];
    this.names = drawn?.names ?? [];
    this.surface.replaceChildren(...(drawn ? [drawn.picture] : []));
    this.foot.replaceChildren(...(this.layout ? [legendOf(this.layout)] : []));
    this.mark(this.anchor || null);
    if (had) /** @type {SVGElement | null} */ (this.surface.querySelector('[tabindex="0"]'))?.focus();
  }

  /** Emphasise an entry, and let the TAB key lead to it. @param {string | null} anchor */
  mark(anchor) {
    this.anchor = anchor ?? "";
    for (const old of all(".now", this.surface)) old.classList.remove("now");
    const own = this.stops.filter(({ entries }) => entries.some((entry) => entry.id === anchor));
    for (const { element } of own) element.classList.add("now");
    this.rove(own[0] ?? this.stops[0]);
  }

  /** Let one stop be the one that the TAB key leads to. @param {Stop | undefined} stop */
  rove(stop) {
    for (const old of all('[tabindex="0"]', this.surface)) old.setAttribute("tabindex", "-1");
    stop?.element.setAttribute("tabindex", "0");
  }

  /** @param {Node} target */
  stopOf(target) {
    return [...this.stops, ...this.names].find(({ element }) => element.contains(target));
  }

  /** @param {FocusEvent} event */
  entered(event) {
    const stop = this.stopOf(/** @type {Node} */ (event.target));
    if (!stop || this.names.includes(stop)) return;
    this.rove(stop);
    if (stop.element.matches(":focus-visible")) this.tip.show(this.around(stop)); // not where the pointer brought it
  }

  /** @param {EventTarget | null} target */
  left(target) {
    if (!this.root.contains(/** @type {Node | null} */ (target))) this.tip.hide();
  }

  /** Return a stop and those around it. @param {Stop} stop */
  around(stop) {
    const [left, top, right, bottom] = stop.box;
    const near = stopsNear(this.stops, (left + right) / 2, (top + bottom) / 2);
    return [stop, ...near.filter((other) => other !== stop)];
  }

  /** @param {number} x @param {number} y */
  hover(x, y) {
    const name = stopsNear(this.names, x, y)[0];
    const near = name ? [name] : stopsNear(this.stops, x, y);
    this.surface.classList.toggle("over", near.length > 0);
    if (near.length) this.tip.show(near);
    else if (this.tip.stop && awayFrom(this.tip.stop.box, x, y) > FAR) this.tip.hide();
  }

  /** @param {number} x @param {number} y @param {MouseEvent} event @param {boolean} touch */
  press(x, y, event, touch) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser opens a link elsewhere
    event.preventDefault();
    event.stopPropagation();
    const target = this.stopOf(/** @type {Node} */ (event.target));
    if (target && this.names.includes(target)) return this.act(target);
    const near = target ? this.around(target) : stopsNear(this.stops, x, y);
    if (!near.length) return this.tip.hide();
    const again = this.tip.stop === near[0] && this.tapped === near[0];
    this.tapped = near[0];
    if (touch && !again) this.tip.show(near);
    else this.act(near[0]);
  }

  /** Do what a stop is for. @param {Stop} stop */
  act(stop) {
    if (stop.kind === "mark") {
      this.tip.hide();
      return this.actions.open(stop.entries[0].id);
    }
    if (stop.kind === "column") return this.actions.choose(stop.days[0], stop.days[1]);
    this.tip.show([stop]);
    this.tip.step(1);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Node} */ (event.target);
    const stop = this.stopOf(target);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (this.tip.element.contains(target) && by) this.tip.step(by);
    else if (stop && event.key.match(/^(Enter| )$/)) this.act(stop);
    else if (stop && (by || event.key === "Home" || event.key === "End"))
      this.neighbour(stop, event.key, by).element.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Return the stop to which a key leads: up and down to the nearest in another lane, if there are lanes.
   * @param {Stop} stop @param {string} key @param {number} by */
  neighbour(stop, key, by) {
    const lane = this.stops.filter((other) => other.lane === stop.lane + by);
    if (/Up|Down/.test(key) && this.choices.lanes && lane.length) {
      const away = (/** @type {Stop} */ other) => Math.abs(other.box[0] - stop.box[0]);
      return lane.reduce((best, other) => (away(other) < away(best) ? other : best));
    }
    const last = this.stops.length - 1;
    if (!by) return this.stops[key === "Home" ? 0 : last];
    return this.stops[Math.min(Math.max(this.stops.indexOf(stop) + by, 0), last)];
  }

  /** Close the tip, or give up a drag, before anybody else hears the key. @param {KeyboardEvent} event */
  escaped(event) {
    if (event.key !== "Escape") return;
    const given = this.pointing.cancel();
    if (!given && this.tip.element.hidden) return;
    const inside = this.tip.element.contains(document.activeElement);
    if (inside) this.tip.stop?.element.focus();
    this.tip.hide();
    event.preventDefault();
    event.stopPropagation();
  }

  /** Return the first and last day between two places. @param {number} from @param {number} to */
  daysBetween(from, to) {
    const days = [from, to].map((x) => this.layout?.scale.dayAt(x) ?? 0);
    return [Math.min(...days), Math.max(...days)];
  }

  /** Show the span that is dragged over. @param {number} from @param {number} to */
  select(from, to) {
    this.unselect();
    this.tip.hide();
    if (!this.layout) return;
    const [x, width] = [Math.min(from, to), Math.abs(to - from)];
    const [first, last] = this.daysBetween(from, to);
    const words = svg(
      "text",
      { x: Math.min(x + 4, this.width - 150), y: this.layout.tracks[0].top + 12 },
      rangeWords(first, last),
    );
    const shade = svg("rect", { x, y: 0, width, height: this.layout.axis });
    this.surface.firstElementChild?.append(svg("g", { class: "selection" }, shade, words));
  }

  unselect() {
    this.surface.querySelector(".selection")?.remove();
  }
}

/** Return what measures texts in a font, by their size and weight.
 * @param {string} family @returns {(size: number) => Measure} */
function measureIn(family) {
  const pen = document.createElement("canvas").getContext("2d");
  return (size) => {
    /** @type {Map<string, number>} */
    const known = new Map();
    return (text, bold = false) => {
      const key = `${bold}${text}`;
      if (pen && !known.has(key)) {
        pen.font = `${bold ? "600 " : ""}${size}px ${family}`;
        known.set(key, pen.measureText(text).width);
      }
      return known.get(key) ?? text.length * size * 0.6;
    };
  };
}
