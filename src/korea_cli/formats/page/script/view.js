// How a view is shown: the list, the drawing, the numbers of the filters, and in words what is shown.

class View {
  /** @param {Entries} entries @param {StandingList | BuiltList} list @param {Drawing | null} drawing */
  constructor(entries, list, drawing) {
    this.entries = entries;
    this.list = list;
    this.drawing = drawing;
    this.embedded = document.body.classList.contains("embed");
    this.boxes = /** @type {HTMLInputElement[]} */ (all(".option input"));
    this.tally = byId("tally");
    this.everything = this.tally.textContent?.trim() ?? "";
    this.extent = byId("extent").textContent ?? "";
    this.title = document.title;
    /** @type {Entry[]} */
    this.shown = [];
    /** The entry that has the focus. @type {string} */
    this.now = "";
  }

  /** Whether nothing is filtered out. */
  get whole() {
    return this.shown.length === this.entries.all.length;
  }

  /** @param {State} state */
  show(state) {
    const found = this.entries.find(state);
    this.shown = found.shown;
    byId("entries").classList.toggle("compact", state.list === "compact");
    byId("entries").classList.toggle("full", state.list === "full" || document.body.matches(".single"));
    document.body.classList.toggle("embed", state.embed || this.embedded);
    this.list.show(found);
    const rows = found.shown.map((entry) => entry.row);
    this.drawing?.show(rows, { lanes: /** @type {"" | "actor" | "topic"} */ (state.lanes), even: state.even });
    for (const [facet, entries] of found.without) this.count(facet, entries);
    this.summarise(state, found);
  }

  /** Show the number of entries of each value of a filter, given all other filters.
   * @param {string} facet @param {Entry[]} entries */
  count(facet, entries) {
    const boxes = this.boxes.filter((box) => box.name === facet);
    if (!boxes.length) return;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const entry of entries) {
      for (const value of entry.values.get(facet) ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const box of boxes) this.number(box, counts.get(box.value) ?? 0);
  }

  /** @param {HTMLInputElement} box @param {number} count */
  number(box, count) {
    const label = /** @type {HTMLElement} */ (box.parentElement);
    const number = /** @type {HTMLElement} */ (label.querySelector(".number"));
    if (number.textContent !== grouped(count)) number.textContent = grouped(count);
    label.classList.toggle("none", count === 0);
  }

  /** Show how many entries there are and for which filters, also in the title, in print and to screen readers.
   * @param {State} state @param {Found} found */
  summarise(state, { shown, possible }) {
    const terms = termsOf(state, this.boxes).map((term) => term.words);
    const possibly = possible.size ? `, ${grouped(possible.size)} of them possibly in this range` : "";
    const summary = `${grouped(shown.length)} of ${this.everything}${possibly} · ${terms.join(", ")}`;
    this.tally.textContent = terms.length ? summary : this.everything;
    byId("extent").textContent = terms.length ? summary.split(" · ")[0] : this.extent;
    byId("narrowed").textContent = terms.length ? `${document.getElementById("title") ? "" : ", "}${terms.join(", ")}` : "";
    document.title = terms.length ? `${terms.join(", ")} – ${this.title}` : this.title;
    byId("clear").hidden = !terms.length;
    byId("nothing").hidden = shown.length > 0;
  }

  /** Mark the entry that has the focus, here and in the drawing. @param {string} anchor */
  enter(anchor) {
    if (anchor === this.now) return;
    for (const element of all(".entry.now")) element.classList.remove("now");
    document.getElementById(anchor)?.classList.add("now");
    this.now = anchor;
    this.drawing?.mark(anchor);
  }

  /** Return the entry some steps from the one that has the focus, or the first. @param {number} by */
  neighbour(by) {
    const index = this.shown.findIndex((entry) => entry.row.id === this.now);
    const next = this.shown[index < 0 ? 0 : Math.min(Math.max(index + by, 0), this.shown.length - 1)];
    return next ? this.list.find(next.row.id) : null;
  }
}

/** A filter of a view in words, and the view without it.
 * @typedef {{words: string, without: () => State}} ViewTerm */

/** Return the filters of a view, also by values that have no box; a time that cannot be read is none.
 * @param {State} state @param {HTMLInputElement[]} boxes @returns {ViewTerm[]} */
function termsOf(state, boxes) {
  const words = state.q.trim();
  const named = (/** @type {string} */ facet, /** @type {string} */ value) =>
    boxes.find((box) => box.name === facet && box.value === value)?.parentElement?.querySelector(".words")?.textContent;
  const chosen = [...state.chosen].flatMap(([facet, values]) =>
    [...values].map((value) => ({
      words: named(facet, value) ?? value,
      without: () => ({ ...state, chosen: toggled(state.chosen, facet, value) }),
    })),
  );
  return [
    ...(words ? [{ words: `“${words}”`, without: () => ({ ...state, q: "" }) }] : []),
    ...chosen,
    ...(spanOf(state.time) ? [{ words: state.time.trim(), without: () => ({ ...state, time: "" }) }] : []),
  ];
}

/** Return the chosen values with one more, or without it if it was there.
 * @param {Map<string, Set<string>>} chosen @param {string} facet @param {string} value */
function toggled(chosen, facet, value) {
  const changed = new Map([...chosen].map(([key, values]) => [key, new Set(values)]));
  const values = changed.get(facet);
  if (values && !values.delete(value)) values.add(value);
  return changed;
}
