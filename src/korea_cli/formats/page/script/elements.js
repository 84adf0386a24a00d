// Finding elements, with the types that the page gives them.

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

/** Scroll an element below the bar and focus it; scroll again when what is around it has its real height.
 * @param {HTMLElement} element */
function reach(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => element.scrollIntoView({ block: "start" }));
}

/** Copy a text to the clipboard; return whether that worked. @param {string} text */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
