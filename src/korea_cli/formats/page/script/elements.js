// Finding and making elements, with the types that the page gives them.

/** Return the element of an id that the page always has.
 * @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
function byId(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/** Return all elements that a selector finds.
 * @template {Element} [T=HTMLElement] @param {string} selector @param {ParentNode} [root] @returns {T[]} */
function all(selector, root = document) {
  return /** @type {T[]} */ ([...root.querySelectorAll(selector)]);
}

/** Make an element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {string} name @param {string} [text]
 * @returns {HTMLElementTagNameMap[K]} */
function made(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** Scroll an element below the bar and focus it; scroll again when what is around it has its real height.
 * @param {HTMLElement} element */
function reach(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => element.scrollIntoView({ block: "start" }));
}
