// The view in the address of the page, so that it can be kept and shared.

/** What is asked for; `at` is the entry that is looked at, `chosen` what is ticked of each filter.
 * @typedef {{q: string, from: string, to: string, lanes: string, at: string, chosen: Map<string, Set<string>>}} State */

const FACETS = ["type", "actor", "topic", "kind", "status"];

/** Read a view from what follows the # of an address; a bare anchor is a view of everything. @returns {State} */
function readAddress() {
  const hash = location.hash.slice(1);
  const asked = new URLSearchParams(isAnchor(hash) ? "" : hash);
  const told = (/** @type {string} */ key) => asked.get(key) ?? "";
  const chosen = new Map(FACETS.map((facet) => [facet, new Set(told(facet).split(",").filter(Boolean))]));
  const at = isAnchor(hash) ? decoded(hash) : told("at");
  return { q: told("q"), from: told("from"), to: told("to"), lanes: told("lanes"), at, chosen };
}

/** Say whether an address names but an entry. @param {string} hash */
function isAnchor(hash) {
  return hash !== "" && !hash.includes("=");
}

/** Write a view as it stands behind the # of an address. @param {State} state */
function writtenAddress(state) {
  const parts = [["q", state.q], ...FACETS.map((facet) => [facet, [...(state.chosen.get(facet) ?? [])].join(",")])];
  parts.push(["from", state.from], ["to", state.to], ["lanes", state.lanes === "topic" ? "topic" : ""]);
  const told = parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encoded(value)}`);
  if (!told.length) return state.at;
  return [...told, ...(state.at ? [`at=${encoded(state.at)}`] : [])].join("&");
}

/** Encode a value, leaving alone what an address may have as it is. @param {string} value */
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
