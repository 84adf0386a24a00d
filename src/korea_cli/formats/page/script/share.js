// Taking a view away: its address, code that embeds it, or its entries as a file.

const COLUMNS = [
  "id", "date", "when", "title", "kind", "actors", "recipients", "topics", "place", "status", "sources", "claims",
];
// Where a spreadsheet may begin to read a formula: at the start of a cell, or of what it may split a cell into.
const HARMFUL = /(?<=^|[;,\t\n])(?='*["\s\p{Cf}\p{DI}]*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?='*[\t\n])/gu;

/** Return the address of the page as others reach it. */
function pageAddress() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'));
  return canonical?.href ?? location.href.split("#")[0];
}

/** Return the address of a view. @param {State} state */
function addressOf(state) {
  const view = formatAddress(state);
  return `${pageAddress()}${view ? `#${view}` : ""}`;
}

/** Return the code with which other pages show a view. @param {State} state */
function embedCode(state) {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", addressOf({ ...state, embed: true }));
  frame.setAttribute("title", document.title);
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", "640");
  frame.setAttribute("loading", "lazy");
  return frame.outerHTML;
}

/** Return an entry as a row of a file. @param {Entry} entry @param {Map<string, string>} labels
 * @returns {Record<string, string | string[]>} */
function rowOf({ row, text }, labels) {
  const element = text ? parsed(text) : byId(row.id);
  const texts = (/** @type {string} */ selector) => all(selector, element).map((each) => each.textContent?.trim() ?? "");
  const named = (/** @type {string} */ facet) =>
    (row.values[facet] ?? []).map((value) => labels.get(`${facet}:${value}`) ?? value);
  const isEvent = row.values.type?.includes("event");
  const claims = all(".claims tbody tr", element).map(
    (each) => `${each.querySelector("th")?.textContent ?? ""}: ${each.querySelector(".held")?.textContent ?? ""}`,
  );
  return {
    id: row.id.slice(row.id.indexOf(":") + 1), date: row.date ?? "", when: row.when, title: row.title,
    kind: row.values.kind?.[0] ?? "",
    actors: isEvent ? texts(".who .agent") : named("actor"), recipients: texts(".who .recipient"),
    topics: named("topic"), place: row.values.place?.[0] ?? "", status: row.values.status?.[0] ?? "",
    sources: texts(".details .sources li"), claims,
  };
}

/** Write rows as CSV; a cell that a spreadsheet would run as a formula is not one, as in `korea -f csv`.
 * @param {Record<string, string | string[]>[]} rows */
function csvOf(rows) {
  const cell = (/** @type {string | string[]} */ value) => {
    const safe = (Array.isArray(value) ? value.join("; ") : value).replace(HARMFUL, "'");
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** Let the browser save a text as a file. @param {string} text @param {string} type @param {string} name */
function save(text, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
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

/** Tell the page that embeds this one how high it is. */
function reportHeight() {
  if (parent === window) return;
  const height = document.documentElement.scrollHeight;
  parent.postMessage({ type: "korea-height", height }, "*");
}
