// Finding elements, with the types that the page gives them.

/** Give the element of an id that the page always has.
 * @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
function byId(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/** Give all elements that a selector finds.
 * @template {Element} [T=HTMLElement] @param {string} selector @param {ParentNode} [root] @returns {T[]} */
function all(selector, root = document) {
  return /** @type {T[]} */ ([...root.querySelectorAll(selector)]);
}

/** Put an element below the bar and give it the focus; once more when what lies around it has got its real height.
 * @param {HTMLElement} element */
function reach(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => element.scrollIntoView({ block: "start" }));
}

/** Put a text on the clipboard; give whether that worked. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
