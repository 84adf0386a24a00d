// How a view is shown: entries visible or hidden, their marks, and the numbers of the filters.

class View {
  /** @param {Entries} entries */
  constructor(entries) {
    this.entries = entries;
    this.boxes = /** @type {HTMLInputElement[]} */ (all(".option input"));
    this.tally = byId("tally");
    this.everything = this.tally.textContent?.trim() ?? "";
    /** The marks of each entry, by its anchor. @type {Map<string, Element[]>} */
    this.marks = new Map();
    for (const mark of all(".drawing .mark")) this.remember(mark);
    /** The entry that has the focus. @type {HTMLElement | null} */
    this.now = null;
  }

  /** @param {Element} mark */
  remember(mark) {
    const anchor = (mark.getAttribute("href") ?? "").slice(1);
    this.marks.set(anchor, [...(this.marks.get(anchor) ?? []), mark]);
  }

  /** @param {State} state */
  show(state) {
    const found = this.entries.find(state);
    const shown = new Set(found.shown);
    for (const entry of this.entries.all) this.place(entry.element, shown.has(entry), found.possible.has(entry));
    for (const year of all(".year")) year.hidden = !year.querySelector(".entry:not([hidden])");
    for (const facet of FACETS) this.count(state, facet);
    this.summarise(state, found);
  }

  /** Show or hide an entry; only changes are applied.
   * @param {HTMLElement} element @param {boolean} shown @param {boolean} possibly */
  place(element, shown, possibly) {
    if (element.hidden === shown) {
      element.hidden = !shown;
      for (const mark of this.marks.get(element.id) ?? []) mark.classList.toggle("out", !shown);
    }
    if (possibly) this.doubt(element);
    else element.querySelector(".possible.now")?.remove();
  }

  /** Note at an entry that it is only possibly in the range. @param {HTMLElement} element */
  doubt(element) {
    if (element.querySelector(".possible.now")) return;
    const note = document.createElement("p");
    note.className = "possible now";
    note.textContent = "possibly in this range";
    element.querySelector(".when")?.append(note);
  }

  /** Show the number of entries of each value of a filter, given all other filters.
   * @param {State} state @param {string} facet */
  count(state, facet) {
    const boxes = this.boxes.filter((box) => box.name === facet);
    if (!boxes.length) return;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const entry of this.entries.find(state, facet).shown) {
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

  /** Show how many entries there are and for which filters, also in print and to screen readers.
   * @param {State} state @param {Found} found */
  summarise(state, found) {
    const terms = this.terms(state);
    const possibly = found.possible.size ? `, ${grouped(found.possible.size)} of them possibly in this range` : "";
    const summary = `${grouped(found.shown.length)} of ${this.everything}${possibly} · ${terms.join(", ")}`;
    this.tally.textContent = terms.length ? summary : this.everything;
    byId("clear").hidden = !terms.length;
    byId("nothing").hidden = found.shown.length > 0;
  }

  /** @param {State} state */
  terms({ q, from, to, chosen }) {
    const boxes = this.boxes.filter((box) => chosen.get(box.name)?.has(box.value));
    const words = boxes.map((box) => box.parentElement?.querySelector(".words")?.textContent ?? "");
    return [q.trim() && `“${q.trim()}”`, ...words, from && `from ${from}`, to && `to ${to}`].filter(Boolean);
  }

  /** Mark the entry that has the focus, here and in the drawing. @param {HTMLElement} entry */
  enter(entry) {
    if (entry === this.now) return;
    for (const part of this.parts(this.now)) part.classList.remove("now");
    for (const part of this.parts(entry)) part.classList.add("now");
    this.now = entry;
  }

  /** @param {HTMLElement | null} entry @returns {Element[]} */
  parts(entry) {
    return entry ? [entry, ...(this.marks.get(entry.id) ?? [])] : [];
  }

  /** Return the entry some steps from the one that has the focus, or the first. @param {number} by */
  neighbour(by) {
    const shown = this.entries.all.map((entry) => entry.element).filter((element) => !element.hidden);
    const index = this.now ? shown.indexOf(this.now) : -1;
    return shown[index < 0 ? 0 : Math.min(Math.max(index + by, 0), shown.length - 1)];
  }
}
