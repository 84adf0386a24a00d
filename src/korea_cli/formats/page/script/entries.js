// The entries, and which of them a view shows.

/** An entry in short, as the page has it.
 * @typedef {{id: string, title: string, date?: string, when: string, heading: string, dates?: number[][],
 *   drawn?: number[][], rank?: number, key?: boolean, doubted?: boolean, lanes: {actor: number[], topic: number[]},
 *   values: Record<string, string[]>}} Row */
/** values: those by which it is found, with all they belong to. words: folded, "" until they are needed.
 * @typedef {{row: Row, text: string, words: string, values: Map<string, string[]>}} Entry */
/** @typedef {{shown: Entry[], possible: Set<Entry>}} Found */

class Entries {
  /** @param {Row[]} rows @param {string[]} texts Where the page has no entries as text, theirs. */
  constructor(rows, texts) {
    /** What each value of a filter belongs to, itself included. @type {Map<string, string[]>} */
    this.within = new Map();
    /** The aliases of actors, topics and places, folded. @type {Map<string, string>} */
    this.names = new Map();
    for (const box of /** @type {HTMLInputElement[]} */ (all(".option input"))) this.learn(box);
    this.all = rows.map((row, number) => this.entry(row, texts[number] ?? ""));
  }

  /** Read from a filter what its value belongs to, and its aliases. @param {HTMLInputElement} box */
  learn(box) {
    const key = `${box.name}:${box.value}`;
    this.within.set(key, [box.value, ...split(box.dataset.within ?? "")]);
    this.names.set(key, names(box));
  }

  /** @param {Row} row @param {string} text @returns {Entry} */
  entry(row, text) {
    const values = new Map(FACETS.map((facet) => [facet, this.values(facet, row.values[facet] ?? [])]));
    return { row, text, words: "", values };
  }

  /** Return the values by which an entry is found: its own, and those they belong to.
   * @param {string} facet @param {string[]} own */
  values(facet, own) {
    return [...new Set(own.flatMap((value) => this.within.get(`${facet}:${value}`) ?? [value]))];
  }

  /** Return the folded words of an entry, made when they are first needed: most readers do not search.
   * @param {Entry} entry */
  words(entry) {
    if (!entry.words) {
      const part = entry.text ? parsed(entry.text) : byId(entry.row.id);
      const texts = all(".w", part).flatMap((each) => [folded(each.textContent ?? ""), names(each)]);
      const aliases = ["actor", "topic"].flatMap((facet) =>
        (entry.row.values[facet] ?? []).map((id) => this.names.get(`${facet}:${id}`) ?? ""),
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

  /** Find the entries of a view, and those of each filter if that filter were left out.
   * @param {State} state @returns {Found & {without: Map<string, Entry[]>}} */
  find(state) {
    const words = needles(state.q);
    const chosen = FACETS.filter((facet) => state.chosen.get(facet)?.size);
    const spoken = this.all.filter((entry) => words.every((word) => this.words(entry).includes(word)));
    const { shown: timely, possible } = inWindow(spoken, spanOf(state.time));
    const missed = timely.map((entry) => chosen.filter((facet) => !has(entry, facet, state)));
    const fits = (/** @type {string} */ facet) =>
      chosen.length ? timely.filter((_, at) => missed[at].every((each) => each === facet)) : timely;
    const shown = fits("");
    return { shown, possible: new Set(shown.filter((entry) => possible.has(entry))), without: new Map(FACETS.map((facet) => [facet, fits(facet)])) };
  }
}

/** Return whether an entry has one of the values that are chosen of a filter.
 * @param {Entry} entry @param {string} facet @param {State} state */
function has(entry, facet, state) {
  return [...(state.chosen.get(facet) ?? [])].some((value) => entry.values.get(facet)?.includes(value));
}

/** Return the other names that an element has, folded. @param {HTMLElement} element */
function names(element) {
  return (element.dataset.also ?? "").split(" | ").map(folded).join("|");
}

/** Return the element of a text that the program has written. @param {string} text */
function parsed(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** Keep the entries that may be in a range, and return which are not certain to be.
 * @param {Entry[]} entries @param {Span | null} span @returns {Found} */
function inWindow(entries, span) {
  if (!span) return { shown: entries, possible: new Set() };
  const touched = new Map(entries.map((entry) => [entry, touches(entry.row.dates ?? [], ...span)]));
  return {
    shown: entries.filter((entry) => touched.get(entry)?.possible),
    possible: new Set(entries.filter((entry) => touched.get(entry)?.possible && !touched.get(entry)?.certain)),
  };
}
