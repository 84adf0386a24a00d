// What a reader does, and what happens then.

class Page {
  /** @param {Data} data */
  constructor({ entries, lanes, texts, disputes }) {
    this.disputes = new Disputes(disputes ?? []);
    this.entries = new Entries(entries, texts ?? []);
    const list = texts ? new BuiltList(this.entries.all) : new StandingList(this.entries.all);
    const does = {
      open: (/** @type {string} */ anchor) => this.follow(anchor),
      choose: (/** @type {number} */ first, /** @type {number} */ last) => this.choose(first, last),
    };
    this.view = new View(this.entries, list, new Drawing(byId("drawing"), entries, lanes, does));
    this.controls = new Controls();
    this.help = /** @type {HTMLDialogElement} */ (byId("help"));
    this.labels = new Map(this.controls.boxes.map((box) => [`${box.name}:${box.value}`, wordsOf(box)]));
    this.state = readAddress();
    this.waiting = 0;
  }

  listen() {
    const { search, time, choices } = this.controls;
    for (const field of [search, time]) field.addEventListener("input", () => this.typed());
    for (const choice of choices) choice.addEventListener("change", () => this.changed());
    byId("clear").addEventListener("click", () => this.clear());
    byId("keys").addEventListener("click", () => this.help.showModal());
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("focusin", (event) => this.entered(event));
    addEventListener("popstate", () => this.restore());
    addEventListener("hashchange", () => this.restore());
    new ResizeObserver(reportHeight).observe(document.body);
  }

  /** Show the view of the address; one that names only an entry does not change the filters. */
  restore() {
    const view = readAddress();
    const { at, embed } = view;
    this.state = isAnchor(location.hash.slice(1)) ? { ...this.state, at, embed } : view;
    this.controls.fill(this.state);
    this.show();
    if (at) this.go(at);
  }

  /** Show the view as the state has it. */
  show() {
    this.view.show({ ...this.state, list: this.state.list || this.controls.listed });
    this.disputes.show(new Set(this.view.shown.map((entry) => entry.row.id)), this.view.whole);
    if (this.view.shown.length) return;
    offerWaysOut(this.state, this.entries, termsOf(this.state, this.controls.boxes), (state) => this.turn(state));
  }

  /** Turn to another view. @param {State} state */
  turn(state) {
    this.controls.fill(state);
    this.changed();
  }

  changed() {
    this.state = this.controls.read(this.state.embed);
    this.show();
    this.note();
  }

  /** Write the view to the address; one that is there already adds no history entry. */
  note() {
    const address = `#${formatAddress(this.state)}`;
    if (address !== (location.hash || "#")) history.pushState(null, "", address);
  }

  /** Show at each letter, but write the address only after a pause: browsers limit changes a second. */
  typed() {
    this.state = this.controls.read(this.state.embed);
    this.show();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => history.replaceState(null, "", `#${formatAddress(this.state)}`), 250);
  }

  clear() {
    this.turn({ ...this.state, q: "", time: "", at: "", chosen: new Map() });
  }

  /** Show the entries of a span of days. @param {number} first @param {number} last */
  choose(first, last) {
    this.turn({ ...this.state, time: first === last ? isoDay(first) : `${isoDay(first)}..${isoDay(last)}` });
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button");
    if (button?.matches(".copy")) this.copy(/** @type {HTMLElement} */ (button.closest(".entry")));
    if (button?.dataset.share) this.share(button.dataset.share);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = link.getAttribute("href") ?? "";
    if (!address.startsWith("#")) link.target = document.body.matches(".embed") ? "_blank" : "";
    if (!address.startsWith("#") || link.matches(".skip")) return;
    event.preventDefault();
    if (link.matches(".pick")) this.pick(address);
    else if (link.matches(".compact .opens")) this.open(/** @type {HTMLElement} */ (link.closest(".entry")));
    else this.follow(decoded(address.slice(1)));
  }

  /** Filter by a value that an entry has, or no longer. @param {string} address Such as `#actor=putin`. */
  pick(address) {
    const [facet, value] = keyAndValue(address.slice(1));
    this.turn({ ...this.state, chosen: toggled(this.state.chosen, facet, decoded(value)) });
    byId("entries").scrollIntoView({ block: "start" });
  }

  /** Open an entry of the compact list, or close it. @param {HTMLElement} entry */
  open(entry) {
    entry.classList.toggle("open");
    entry.focus({ preventScroll: true });
  }

  /** Go to an entry, with the filters in the address. @param {string} anchor */
  follow(anchor) {
    this.go(anchor);
    this.state.at = anchor;
    this.note();
  }

  /** Go to an entry; clear filters that hide it. @param {string} anchor */
  go(anchor) {
    let target = this.view.list.find(anchor);
    if (!target) return;
    if (!target.isConnected || target.closest("[hidden]")) {
      this.clear();
      target = this.view.list.find(anchor);
    }
    for (const shut of all("details:not([open])")) if (target && shut.contains(target)) shut.setAttribute("open", "");
    target?.closest(".entry")?.classList.add("open");
    if (target) reach(target);
  }

  /** @param {FocusEvent} event */
  entered(event) {
    const entry = /** @type {Element} */ (event.target).closest(".entry");
    if (entry) this.view.enter(entry.id);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.help.open) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.matches("input:not([type=checkbox], [type=radio])");
    const act = this.action(event.key, typing, target.matches(".entry"));
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Return what a key does. @param {string} key @param {boolean} typing @param {boolean} onEntry */
  action(key, typing, onEntry) {
    const on = /** @type {HTMLInputElement} */ (byId("keys-on")).checked;
    const now = document.getElementById(this.view.now);
    /** @type {Object<string, () => void>} */
    const always = { Escape: () => this.escape() };
    /** @type {Object<string, () => void>} */
    const single = {
      "/": () => this.controls.search.select(),
      "?": () => this.help.showModal(),
      j: () => this.step(1),
      k: () => this.step(-1),
      o: () => now && this.open(now),
      c: () => now && this.copy(now),
    };
    /** @type {Object<string, () => void>} */
    const arrows = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1) };
    return always[key] ?? (typing ? undefined : (on && single[key]) || (onEntry && arrows[key]) || undefined);
  }

  /** Clear the search if it has the focus, else all filters. */
  escape() {
    const { search } = this.controls;
    if (document.activeElement !== search || !search.value) return this.clear();
    search.value = "";
    this.changed();
  }

  /** @param {number} by */
  step(by) {
    const next = this.view.neighbour(by);
    if (next) reach(next);
  }

  /** Copy the citation of an entry; where the browser forbids it, show it, so that it can be selected.
   * @param {HTMLElement} entry */
  async copy(entry) {
    const citation = /** @type {HTMLElement} */ (entry.querySelector(".citation"));
    const web = pageAddress().startsWith("http") ? ` ${pageAddress()}#${entry.id}` : "";
    const done = await copyText(`${citation.textContent}${web}`);
    citation.classList.toggle("offered", !done);
    byId("announcement").textContent = done ? "Citation copied." : "The citation is shown below the entry.";
    const button = /** @type {HTMLElement} */ (entry.querySelector(".copy"));
    button.classList.toggle("done", done);
    setTimeout(() => button.classList.remove("done"), 2000);
  }

  /** Print all of each entry, not only its title, summary and sources. */
  printFull() {
    const list = byId("entries").classList;
    const before = list.value;
    list.add("full");
    list.remove("compact");
    print();
    list.value = before;
  }

  /** Take the view away in one of the forms. @param {string} form */
  async share(form) {
    const rows = () => this.view.shown.map((entry) => rowOf(entry, this.labels));
    if (form === "print") return this.printFull();
    if (form === "csv") return save(csvOf(rows()), "text/csv;charset=utf-8", "chronology.csv");
    if (form === "json") return save(`${JSON.stringify(rows(), null, 1)}\n`, "application/json", "chronology.json");
    const text = form === "embed" ? embedCode(this.state) : addressOf(this.state);
    const copied = await copyText(text);
    byId("announcement").textContent = copied ? "Copied." : text;
    const offered = /** @type {HTMLInputElement} */ (byId("offered"));
    offered.hidden = copied;
    offered.value = text;
    if (!copied) offered.select();
  }
}

/** Return the words beside a box. @param {HTMLInputElement} box */
function wordsOf(box) {
  return box.parentElement?.querySelector(".words")?.textContent ?? "";
}
