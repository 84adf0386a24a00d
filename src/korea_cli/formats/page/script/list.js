// The list of entries: those that are in the page as text are hidden and shown; of many, those in view are built.

const AT_ONCE = 10; // entries that are built together
const AHEAD = "150px"; // how far from the view they are built

class StandingList {
  /** @param {Entry[]} entries */
  constructor(entries) {
    this.elements = new Map(entries.map((entry) => [entry, byId(entry.row.id)]));
  }

  /** @param {Found} found */
  show({ shown, possible }) {
    const kept = new Set(shown);
    for (const [entry, element] of this.elements) {
      element.hidden = !kept.has(entry);
      noteDoubt(element, possible.has(entry) && kept.has(entry));
    }
    for (const year of all(".year")) year.hidden = !year.querySelector(".entry:not([hidden])");
  }

  /** Return the element of an anchor: of an entry or of a claim in it. @param {string} anchor */
  find(anchor) {
    return document.getElementById(anchor);
  }
}

class BuiltList {
  /** @param {Entry[]} entries */
  constructor(entries) {
    this.entries = entries;
    this.root = byId("list");
    /** Once built, an entry stays as it is. @type {Map<Entry, HTMLElement>} */
    this.elements = new Map();
    /** @type {Map<Element, Entry[]>} */
    this.blocks = new Map();
    /** @type {Set<Entry>} */
    this.possible = new Set();
    this.watch = new IntersectionObserver((seen) => this.seen(seen), { rootMargin: AHEAD });
  }

  /** @param {Found} found */
  show({ shown, possible }) {
    this.possible = possible;
    this.watch.disconnect();
    this.blocks = new Map();
    for (let at = 0; at < shown.length; at += AT_ONCE) {
      const own = shown.slice(at, at + AT_ONCE);
      const block = made("div", "block");
      block.style.setProperty("--entries", String(own.length));
      this.blocks.set(block, own);
    }
    this.root.replaceChildren(...this.blocks.keys());
    for (const block of [...this.blocks.keys()].slice(0, 1)) this.fill(block);
    for (const block of this.blocks.keys()) this.watch.observe(block);
  }

  /** @param {IntersectionObserverEntry[]} seen */
  seen(seen) {
    for (const each of seen) if (each.isIntersecting) this.fill(each.target);
  }

  /** Build the entries of a block, with a heading where the year changes. @param {Element} block */
  fill(block) {
    const own = this.blocks.get(block) ?? [];
    if (block.firstChild) return;
    const before = /** @type {Element | null} */ (block.previousElementSibling);
    let heading = before ? this.blocks.get(before)?.at(-1)?.row.heading : "";
    for (const entry of own) {
      if (entry.row.heading !== heading) block.append(made("h2", "", entry.row.heading));
      heading = entry.row.heading;
      block.append(this.element(entry));
    }
    block.classList.add("full");
  }

  /** @param {Entry} entry */
  element(entry) {
    const element = this.elements.get(entry) ?? parsed(entry.text);
    this.elements.set(entry, element);
    noteDoubt(element, this.possible.has(entry));
    return element;
  }

  /** Return the element of an anchor, built if it is not yet. @param {string} anchor */
  find(anchor) {
    const entry = this.entries.find(({ row }) => row.id === anchor) ?? this.holder(anchor);
    const block = [...this.blocks].find(([, own]) => entry && own.includes(entry))?.[0];
    if (block) this.fill(block);
    return block ? document.getElementById(anchor) : entry ? made("p", "") : null;
  }

  /** Return the entry that a claim is in. @param {string} anchor */
  holder(anchor) {
    return this.entries.find(({ text }) => text.includes(`id="${CSS.escape(anchor).replaceAll("\\", "")}"`));
  }
}

/** Note at an entry that it is only possibly in the range. @param {HTMLElement} element @param {boolean} possibly */
function noteDoubt(element, possibly) {
  const note = element.querySelector(".possible.now");
  if (possibly && !note) element.querySelector(".when")?.append(made("p", "possible now", "possibly in this range"));
  if (!possibly) note?.remove();
}
