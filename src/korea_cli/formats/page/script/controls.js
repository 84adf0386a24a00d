// The fields of a view.

class Controls {
  constructor() {
    this.search = /** @type {HTMLInputElement} */ (byId("q"));
    this.time = /** @type {HTMLInputElement} */ (byId("time"));
    this.even = /** @type {HTMLInputElement} */ (byId("even"));
    this.boxes = /** @type {HTMLInputElement[]} */ (all(".option input"));
    this.lanes = /** @type {HTMLInputElement[]} */ (all('input[name="lanes"]'));
    this.lists = /** @type {HTMLInputElement[]} */ (all('input[name="list"]'));
    /** How the page lists its entries at first: in full on the screen, but in few words in print. */
    this.usual = this.lists.find((radio) => radio.checked)?.value ?? "full";
    if (matchMedia("(max-width: 56rem)").matches) byId("drawer").removeAttribute("open");
    for (const field of /** @type {HTMLInputElement[]} */ (all("input.within"))) {
      field.addEventListener("input", () => this.narrow(field));
    }
  }

  /** How entries are listed where the reader has not chosen. */
  get listed() {
    return this.usual === "compact" ? "compact" : "";
  }

  /** The fields that are ticked. */
  get choices() {
    return [...this.boxes, ...this.lanes, ...this.lists, this.even];
  }

  /** Show a view in the fields. @param {State} state */
  fill({ q, time, lanes, even, list, chosen }) {
    [this.search.value, this.time.value, this.even.checked] = [q, time, even];
    for (const box of this.boxes) box.checked = chosen.get(box.name)?.has(box.value) ?? false;
    for (const radio of this.lanes) radio.checked = radio.value === lanes;
    for (const radio of this.lists) radio.checked = radio.value === (list || this.usual);
    this.check();
  }

  /** Read a view from the fields. @param {boolean} embed @returns {State} */
  read(embed) {
    const ticked = this.boxes.filter((box) => box.checked);
    const valuesOf = (/** @type {string} */ facet) =>
      ticked.filter((box) => box.name === facet).map((box) => box.value);
    const chosen = new Map(FACETS.map((facet) => [facet, new Set(valuesOf(facet))]));
    const lanes = this.lanes.find((radio) => radio.checked)?.value ?? "";
    const list = this.lists.find((radio) => radio.checked)?.value ?? "";
    this.check();
    return {
      q: this.search.value, time: this.time.value, lanes, even: this.even.checked,
      list: list === this.usual ? "" : list, embed, at: "", chosen,
    };
  }

  /** Show whether a time cannot be read. */
  check() {
    const wrong = Boolean(this.time.value.trim()) && !spanOf(this.time.value);
    this.time.setAttribute("aria-invalid", String(wrong));
    byId("time-hint").textContent = wrong ? unreadable(this.time.value) : "";
  }

  /** Show the values of a filter whose names have the words that are typed. @param {HTMLInputElement} field */
  narrow(field) {
    const words = needles(field.value);
    for (const box of this.boxes.filter((each) => each.name === field.dataset.for)) {
      const label = /** @type {HTMLElement} */ (box.parentElement);
      const text = `${folded(label.querySelector(".words")?.textContent ?? "")}|${names(box)}`;
      label.hidden = !box.checked && !words.every((word) => text.includes(word));
    }
  }
}
