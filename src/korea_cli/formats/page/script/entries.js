// The entries, and which of them a view shows.

/** @typedef {{element: HTMLElement, words: string, values: Map<string, Set<string>>, dates: number[][]}} Entry */
/** @typedef {{shown: Entry[], possible: Set<Entry>}} Found */

class Entries {
  constructor() {
    /** What each value of a filter belongs to, itself included. @type {Map<string, Set<string>>} */
    this.within = new Map();
    /** The aliases of actors and topics, folded. @type {Map<string, string>} */
    this.names = new Map();
    for (const box of /** @type {HTMLInputElement[]} */ (all(".option input"))) this.learn(box);
    this.all = all(".entry").map((element) => this.entry(element));
  }

  /** Read from a filter what its value belongs to, and its aliases. @param {HTMLInputElement} box */
  learn(box) {
    const key = `${box.name}:${box.value}`;
    this.within.set(key, new Set([box.value, ...split(box.dataset.within ?? "")]));
    this.names.set(key, names(box));
  }

  /** @param {HTMLElement} element @returns {Entry} */
  entry(element) {
    const values = new Map(FACETS.map((facet) => [facet, this.values(facet, element.dataset[facet] ?? "")]));
    const dates = (element.dataset.days ?? "").split(";").filter(Boolean);
    return { element, words: "", values, dates: dates.map((date) => date.split(",").map(Number)) };
  }

  /** Return the values by which an entry is found: its own, and those they belong to.
   * @param {string} facet @param {string} own */
  values(facet, own) {
    return new Set(split(own).flatMap((value) => [...(this.within.get(`${facet}:${value}`) ?? [value])]));
  }

  /** Return the folded words of an entry, made when they are first needed: most readers do not search.
   * @param {Entry} entry */
  words(entry) {
    if (!entry.words) {
      const texts = all(".w", entry.element).flatMap((part) => [folded(part.textContent ?? ""), names(part)]);
      const aliases = ["actor", "topic"].flatMap((facet) =>
        split(entry.element.dataset[facet] ?? "").map((id) => this.names.get(`${facet}:${id}`) ?? ""),
      );
      entry.words = [...texts, ...aliases].join("|"); // no phrase goes on from one to the next
    }
    return entry.words;
  }

  /** Fold the words of all entries while the browser is idle, so that the first search does not wait.
   * @param {IdleDeadline} idle */
  prepare(idle) {
    const rest = this.all.filter((entry) => !entry.words);
    while (rest.length && idle.timeRemaining() > 2) this.words(/** @type {Entry} */ (rest.pop()));
    if (rest.length) requestIdleCallback((next) => this.prepare(next));
  }

  /** Find the entries of a view; `without` names a filter that is left out.
   * @param {State} state @param {string} [without] @returns {Found} */
  find(state, without = "") {
    const words = needles(state.q);
    const chosen = [...state.chosen].filter(([facet, values]) => facet !== without && values.size);
    const fits = this.all.filter(
      (entry) =>
        chosen.every(([facet, values]) => [...values].some((value) => entry.values.get(facet)?.has(value))) &&
        words.every((word) => this.words(entry).includes(word)),
    );
    return inWindow(fits, daysOf(state.from)?.[0] ?? OPEN_START, daysOf(state.to)?.[1] ?? OPEN_END);
  }
}

/** Return the other names that an element has, folded. @param {HTMLElement} element */
function names(element) {
  return (element.dataset.also ?? "").split(" | ").map(folded).join("|");
}

/** Keep the entries that may be in a range, and return which are not certain to be.
 * @param {Entry[]} entries @param {number} first @param {number} last @returns {Found} */
function inWindow(entries, first, last) {
  if (first === OPEN_START && last === OPEN_END) return { shown: entries, possible: new Set() };
  const touched = new Map(entries.map((entry) => [entry, touches(entry.dates, first, last)]));
  return {
    shown: entries.filter((entry) => touched.get(entry)?.possible),
    possible: new Set(entries.filter((entry) => touched.get(entry)?.possible && !touched.get(entry)?.certain)),
  };
}
