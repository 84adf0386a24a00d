// The view in the address of the page, so that it can be bookmarked and shared.

/** A view; `at` is the entry that is shown, `chosen` the values that are ticked in each filter.
 * @typedef {{q: string, from: string, to: string, lanes: string, at: string, chosen: Map<string, Set<string>>}} State */

const FACETS = ["type", "actor", "topic", "kind", "status"];

/** Read a view from what follows the # of an address; a bare anchor is a view of everything. @returns {State} */
function readAddress() {
  const hash = location.hash.slice(1);
  const parameters = new URLSearchParams(isAnchor(hash) ? "" : hash);
  const value = (/** @type {string} */ key) => parameters.get(key) ?? "";
  const chosen = new Map(FACETS.map((facet) => [facet, new Set(value(facet).split(",").filter(Boolean))]));
  const at = isAnchor(hash) ? decoded(hash) : value("at");
  return { q: value("q"), from: value("from"), to: value("to"), lanes: value("lanes"), at, chosen };
}

/** Return whether an address names only an entry. @param {string} hash */
function isAnchor(hash) {
  return hash !== "" && !hash.includes("=");
}

/** Write a view as what follows the # of an address. @param {State} state */
function formatAddress(state) {
  const parts = [["q", state.q], ...FACETS.map((facet) => [facet, [...(state.chosen.get(facet) ?? [])].join(",")])];
  parts.push(["from", state.from], ["to", state.to], ["lanes", state.lanes === "topic" ? "topic" : ""]);
  const written = parts.filter(([, text]) => text).map(([key, text]) => `${key}=${encoded(text)}`);
  if (!written.length) return state.at;
  return [...written, ...(state.at ? [`at=${encoded(state.at)}`] : [])].join("&");
}

/** Encode a value, except what an address may contain as it is. @param {string} value */
function encoded(value) {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%20", "+");
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // somebody else's address
  }
}
