// Words, folded as the program folds them, so that a search here finds the same.

// Han, kana and Hangul are written without spaces: their words match anywhere, others by prefix.
const GLUED = new RegExp(
  "[\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3131-\\u318e" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}]+",
  "gu",
);
const INITIALS = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu;
const SIGNS = /[^\p{L}\p{N}\u3099\u309a]+/gu;
/** Letters that are typed as plain ones: the program's own table. @type {Record<string, string>} */
const PLAIN_LETTERS = {};
const VOICED = "\u3099\u309a"; // these marks distinguish kana and are not accents

const GROUPS = new Intl.NumberFormat("en");

/** Write a number with separators of thousands. @param {number} number */
function grouped(number) {
  return GROUPS.format(number);
}

/** Fold a text: no case, no accents, one space around each word. @param {string} text */
function folded(text) {
  const lower = text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
  const bare = lower.normalize("NFKD").replace(/\p{M}/gu, (mark) => (VOICED.includes(mark) ? mark : ""));
  const plain = bare.replace(/[^\x00-\x7f]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter);
  const words = plain
    .normalize("NFC")
    .replace(INITIALS, (found) => found.replaceAll(".", ""))
    .replace(SIGNS, " ");
  return ` ${words.replace(GLUED, " $& ").trim().replace(/ +/g, " ")} `;
}

/** Return what each word or quoted phrase of a search looks for in folded text. @param {string} query */
function needles(query) {
  const parts = query.match(/"[^"]*"?|[^\s"]+/g) ?? [];
  const words = parts.map((part) => folded(part.replaceAll('"', ""))).filter((word) => word.trim());
  return words.map((word) => (word.trimStart().search(GLUED) === 0 ? word.trim() : word.trimEnd()));
}

/** Return the words between spaces. @param {string} text */
function split(text) {
  return text.split(" ").filter(Boolean);
}
