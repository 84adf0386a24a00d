// What a reader does, and what happens then.

class Page {
  constructor() {
    this.entries = new Entries();
    this.view = new View(this.entries);
    this.controls = new Controls();
    this.help = /** @type {HTMLDialogElement} */ (byId("help"));
    this.state = readAddress();
    this.waiting = 0;
  }

  listen() {
    const { search, from, to, boxes, lanes } = this.controls;
    for (const field of [search, from, to]) field.addEventListener("input", () => this.typed());
    for (const choice of [...boxes, ...lanes]) choice.addEventListener("change", () => this.changed());
    byId("clear").addEventListener("click", () => this.clear());
    byId("keys").addEventListener("click", () => this.help.showModal());
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("focusin", (event) => this.entered(event));
    addEventListener("popstate", () => this.restore());
    addEventListener("hashchange", () => this.restore());
  }

  /** Show the view of the address; one that names only an entry does not change the filters. */
  restore() {
    const view = readAddress();
    this.state = isAnchor(location.hash.slice(1)) ? { ...this.state, at: view.at } : view;
    this.controls.fill(this.state);
    this.view.show(this.state);
    if (this.state.at) this.go(this.state.at);
  }

  changed() {
    this.state = this.controls.read();
    this.view.show(this.state);
    this.note();
  }

  /** Write the view to the address; one that is there already adds no history entry. */
  note() {
    const address = `#${formatAddress(this.state)}`;
    if (address !== (location.hash || "#")) history.pushState(null, "", address);
  }

  /** Show at each letter, but write the address only after a pause: browsers limit changes a second. */
  typed() {
    this.state = this.controls.read();
    this.view.show(this.state);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => history.replaceState(null, "", `#${formatAddress(this.state)}`), 250);
  }

  clear() {
    this.controls.fill({ q: "", from: "", to: "", lanes: this.state.lanes, at: "", chosen: new Map() });
    this.changed();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button.copy");
    if (button) this.copy(/** @type {HTMLElement} */ (button.closest(".entry")));
    const link = target.closest('a[href^="#"]:not(.skip)');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.follow((link.getAttribute("href") ?? "").slice(1));
  }

  /** Go to an entry, with the filters in the address. @param {string} anchor */
  follow(anchor) {
    this.go(anchor);
    this.state.at = anchor;
    this.note();
  }

  /** Go to an entry; clear filters that hide it. @param {string} anchor */
  go(anchor) {
    const target = document.getElementById(anchor);
    if (!target) return;
    if (target.closest("[hidden]")) this.clear();
    reach(target);
  }

  /** @param {FocusEvent} event */
  entered(event) {
    const entry = /** @type {Element} */ (event.target).closest(".entry");
    if (entry) this.view.enter(/** @type {HTMLElement} */ (entry));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.help.open) return;
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
    /** @type {Object<string, () => void>} */
    const always = { Escape: () => this.escape() };
    /** @type {Object<string, () => void>} */
    const single = {
      "/": () => this.controls.search.select(),
      "?": () => this.help.showModal(),
      j: () => this.step(1),
      k: () => this.step(-1),
      c: () => this.view.now && this.copy(this.view.now),
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
    const address = location.protocol.startsWith("http") ? ` ${location.href.split("#")[0]}#${entry.id}` : "";
    const done = await copyText(`${citation.textContent}${address}`);
    citation.classList.toggle("offered", !done);
    byId("announcement").textContent = done ? "Citation copied." : "The citation is shown below the entry.";
    const button = /** @type {HTMLElement} */ (entry.querySelector(".copy"));
    button.classList.toggle("done", done);
    setTimeout(() => button.classList.remove("done"), 2000);
  }
}
