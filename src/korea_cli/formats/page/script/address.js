// The view in the address of the page, so that it can be bookmarked and shared.

/** A view. at: the entry that is shown. chosen: the values that are ticked in each filter. list: "full" or "compact",
 * "" for what the page begins with. embed: without a heading, in a page of others.
 * @typedef {{q: string, time: string, list: string, lanes: string, even: boolean, embed: boolean, at: string,
 *   chosen: Map<string, Set<string>>}} State */

const FACETS = ["type", "actor", "topic", "place", "kind", "status"];

/** Read a view from what follows the # of an address; a bare anchor is a view of everything. @returns {State} */
function readAddress() {
  const parts = location.hash.slice(1).split("&").filter(Boolean);
  const parameters = new Map(parts.filter((part) => part.includes("=")).map(keyAndValue));
  const value = (/** @type {string} */ key) => decoded(parameters.get(key) ?? "");
  const oneOf = (/** @type {string} */ key, /** @type {string[]} */ known) => known.find((each) => each === value(key)) ?? "";
  const values = (/** @type {string} */ key) => (parameters.get(key) ?? "").split(",").filter(Boolean).map(decoded);
  const anchor = parts.find((part) => !part.includes("=") && part !== "embed");
  return {
    q: value("q"),
    time: value("time") || rangeText(value("from"), value("to")),
    list: oneOf("list", ["full", "compact"]),
    lanes: oneOf("lanes", ["actor", "topic"]),
    even: value("axis") === "even",
    embed: parts.includes("embed"),
    at: anchor ? decoded(anchor) : value("at"),
    chosen: new Map(FACETS.map((facet) => [facet, new Set(values(facet))])),
  };
}

/** @param {string} part @returns {[string, string]} */
function keyAndValue(part) {
  const at = part.indexOf("=");
  return [part.slice(0, at), part.slice(at + 1)];
}

/** Write the two ends of a range as one time: so older addresses have them. @param {string} from @param {string} to */
function rangeText(from, to) {
  return from || to ? `${from}..${to}` : "";
}

/** Return whether an address names only an entry. @param {string} hash */
function isAnchor(hash) {
  return hash !== "" && hash !== "embed" && !hash.includes("=");
}

/** Write a view as what follows the # of an address. @param {State} state */
function formatAddress(state) {
  const chosen = FACETS.map((facet) => [facet, [...(state.chosen.get(facet) ?? [])].map(encoded).join(",")]);
  const plain = { time: state.time, lanes: state.lanes, axis: state.even ? "even" : "", list: state.list };
  const parts = [["q", encoded(state.q)], ...chosen, ...Object.entries(plain).map(([key, text]) => [key, encoded(text)])];
  const written = parts.filter(([, text]) => text).map(([key, text]) => `${key}=${text}`);
  const view = written.length ? [...written, ...(state.at ? [`at=${encoded(state.at)}`] : [])] : [state.at];
  return [...(state.embed ? ["embed"] : []), ...view].filter(Boolean).join("&");
}

/** Encode a value, except what an address may contain as it is. @param {string} value */
function encoded(value) {
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%20", "+");
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text; // somebody else's address
  }
}
