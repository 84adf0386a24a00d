// What is disputed: the disputes about the entries that a view shows, the first ones before all others.

/** A dispute: the entries that it is about, and its element; that of a text is made when it is first needed.
 * @typedef {{about: string[], text: string, element: HTMLElement | null}} Dispute */

class Disputes {
  /** @param {[string, string][]} texts The entries and the text of each that the page has no element of. */
  constructor(texts) {
    this.section = document.getElementById("disputes");
    this.further = document.getElementById("further");
    const standing = all(".dispute").map((element) => ({ about: element.dataset.about ?? "", text: "", element }));
    const others = texts.map(([about, text]) => ({ about, text, element: null }));
    /** @type {Dispute[]} */
    this.all = [...standing, ...others].map((each) => ({ ...each, about: split(each.about) }));
    this.inShort = all(".disputes > .dispute-list > .dispute").length;
    this.visible = this.all;
    if (texts.length) this.further?.append(made("div", "dispute-list"));
    this.further?.addEventListener("toggle", () => this.arrange());
    addEventListener("beforeprint", () => {
      this.further?.setAttribute("open", "");
      this.arrange();
    });
  }

  /** Show those about some entries, and how many they are. @param {Set<string>} shown @param {boolean} whole */
  show(shown, whole) {
    if (!this.section) return;
    this.visible = this.all.filter(({ about }) => whole || about.some((anchor) => shown.has(anchor)));
    this.section.hidden = !this.visible.length;
    all(".number", this.section)[0].textContent = grouped(this.visible.length);
    this.arrange();
    if (!this.further) return;
    const more = this.visible.length - this.inShort;
    this.further.hidden = more <= 0;
    all("summary", this.further)[0].textContent = `${grouped(more)} more dispute${more === 1 ? "" : "s"}`;
  }

  /** Put the first ones above, and the others below, where they are made once that is open. */
  arrange() {
    const [visible, above] = [new Set(this.visible), new Set(this.visible.slice(0, this.inShort))];
    const open = this.further?.hasAttribute("open") ?? false;
    for (const each of this.all) {
      if (above.has(each) || (open && visible.has(each))) each.element ??= parsed(each.text);
      if (each.element) each.element.hidden = !visible.has(each);
    }
    const [short, long] = all(".dispute-list", this.section ?? document);
    place(short, [...above]);
    place(long, this.all.filter((each) => !above.has(each)));
  }
}

/** Put disputes into a list, unless they are in it. @param {HTMLElement | undefined} list @param {Dispute[]} disputes */
function place(list, disputes) {
  const elements = disputes.flatMap(({ element }) => element ?? []);
  if (list && elements.some((element, at) => list.children[at] !== element)) list.append(...elements);
}
