// The tip at a mark: what it is, and what else is there.

const MOST_IN_TIP = 8;

class Tip {
  /** @param {HTMLElement} root @param {Actions} actions */
  constructor(root, actions) {
    this.root = root;
    this.actions = actions;
    this.element = document.createElement("div");
    this.element.className = "tip";
    this.element.hidden = true;
    this.element.addEventListener("click", (event) => this.clicked(event));
    /** What it is about. @type {Stop | null} */
    this.stop = null;
  }

  /** Show what is at some stops, the first of which is meant. @param {Stop[]} stops */
  show(stops) {
    if (this.stop === stops[0] && !this.element.hidden) return;
    this.hide();
    this.stop = stops[0];
    if (this.stop.kind === "band") this.stop.element.setAttribute("aria-expanded", "true");
    this.element.replaceChildren(...this.parts(stops));
    this.element.hidden = false;
    this.place(stops[0].box);
  }

  hide() {
    if (this.stop?.kind === "band") this.stop.element.setAttribute("aria-expanded", "false");
    this.element.hidden = true;
    this.stop = null;
  }

  /** @param {Stop[]} stops @returns {HTMLElement[]} */
  parts([stop, ...others]) {
    if (stop.kind === "band") return [line(stop.words), this.list(stop.entries)];
    if (stop.kind === "column") return this.choices([stop, ...others.filter(({ kind }) => kind === "column")]);
    const more = new Set(others.flatMap(({ kind, entries }) => (kind === "mark" ? entries : [])));
    more.delete(stop.entries[0]); // it may be in several lanes
    const one = this.list(stop.entries);
    return more.size ? [one, line(`+${more.size} more here`), this.list([...more])] : [one];
  }

  /** Columns to choose from: each may be too narrow to be hit. @param {Stop[]} stops @returns {HTMLElement[]} */
  choices(stops) {
    const buttons = stops.map(({ words, days }) => {
      const button = line(words, "button");
      button.tabIndex = -1;
      button.addEventListener("click", () => this.actions.choose(days[0], days[1]));
      return button;
    });
    return [...buttons, line("Select one to see only its entries, or drag over several.")];
  }

  /** @param {Drawable[]} entries */
  list(entries) {
    const list = document.createElement("ul");
    const most = entries.length > MOST_IN_TIP + 1 && this.stop?.kind !== "band" ? MOST_IN_TIP : entries.length;
    for (const entry of entries.slice(0, most)) {
      const item = document.createElement("li");
      item.append(this.link(entry));
      list.append(item);
    }
    if (entries.length > most) list.append(line(`and ${entries.length - most} more`, "li"));
    return list;
  }

  /** @param {Drawable} entry */
  link({ id, when, title, doubted }) {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.tabIndex = -1; // the drawing is one stop of the TAB key
    link.append(line(when, "b"), ` ${title}${doubted ? " (in doubt)" : ""}`);
    return link;
  }

  /** Put it below what it is about, within the drawing. @param {number[]} box */
  place([left, , right, bottom]) {
    const most = Math.max(0, this.root.clientWidth - this.element.offsetWidth);
    const middle = (Math.max(left, 0) + right) / 2 - this.element.offsetWidth / 2;
    this.element.style.left = `${Math.min(Math.max(0, middle), most)}px`;
    this.element.style.top = `${bottom + 8}px`;
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
    this.actions.open((link.getAttribute("href") ?? "").slice(1));
  }

  /** Go to a link in it, some steps from the one that has the focus. @param {number} by */
  step(by) {
    const links = all("a", this.element);
    const now = links.findIndex((link) => link === document.activeElement);
    links[(now + by + links.length) % links.length]?.focus();
  }
}

/** @param {string} words @param {string} [tag] */
function line(words, tag = "p") {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
