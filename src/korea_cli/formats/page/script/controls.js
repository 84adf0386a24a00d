// The fields of a view.

class Controls {
  constructor() {
    this.search = /** @type {HTMLInputElement} */ (byId("q"));
    this.from = /** @type {HTMLInputElement} */ (byId("from"));
    this.to = /** @type {HTMLInputElement} */ (byId("to"));
    this.boxes = /** @type {HTMLInputElement[]} */ (all(".option input"));
    this.lanes = /** @type {HTMLInputElement[]} */ (all('input[name="lanes"]'));
    if (matchMedia("(max-width: 56rem)").matches) byId("drawer").removeAttribute("open");
  }

  /** Show a view in the fields. @param {State} state */
  fill({ q, from, to, lanes, chosen }) {
    [this.search.value, this.from.value, this.to.value] = [q, from, to];
    for (const box of this.boxes) box.checked = chosen.get(box.name)?.has(box.value) ?? false;
    for (const radio of this.lanes) radio.checked = radio.value === (lanes === "topic" ? "topic" : "actor");
    this.check();
  }

  /** Read a view from the fields. @returns {State} */
  read() {
    const ticked = this.boxes.filter((box) => box.checked);
    const valuesOf = (/** @type {string} */ facet) =>
      ticked.filter((box) => box.name === facet).map((box) => box.value);
    const chosen = new Map(FACETS.map((facet) => [facet, new Set(valuesOf(facet))]));
    const lanes = this.lanes.find((radio) => radio.checked)?.value ?? "";
    this.check();
    return { q: this.search.value, from: this.from.value, to: this.to.value, lanes, at: "", chosen };
  }

  /** Show whether a date cannot be read. */
  check() {
    for (const field of [this.from, this.to]) {
      field.setAttribute("aria-invalid", String(Boolean(field.value.trim()) && !daysOf(field.value)));
    }
    const wrong = all('[aria-invalid="true"]').length > 0;
    byId("time-hint").textContent = wrong ? "Enter a year, month or day: 2017, 2017-05, 2017-05-25, 44 BC." : "";
  }
}
