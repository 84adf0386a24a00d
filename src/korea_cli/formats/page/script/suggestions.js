// What to do when nothing matches: the word that may be meant, and each filter that could be left out.

const FURTHEST = 2; // letters that may be wrong

/** Return the word among those of the entries that is most like one that is in none; "" if none is.
 * @param {Entries} entries @param {string} typed */
function meantBy(entries, typed) {
  const word = folded(typed).trim();
  const known = new Set(entries.all.flatMap((entry) => entries.words(entry).split(/[ |]+/)));
  if (word.length < 3 || [...known].some((each) => each.startsWith(word))) return "";
  const limit = word.length > 5 ? FURTHEST : 1;
  const near = [...known].map((each) => ({ each, far: distance(word, each, limit) }));
  const best = near.filter(({ far }) => far <= limit).sort((a, b) => a.far - b.far || a.each.localeCompare(b.each));
  return best[0]?.each ?? "";
}

/** Count the letters to change, add, remove or exchange to make one word of another; more than `limit` is one more.
 * @param {string} a @param {string} b @param {number} limit */
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = /** @type {number[]} */ ([]);
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(change, row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

/** Return a search with each unknown word replaced by what may be meant; "" if there is nothing to replace.
 * @param {Entries} entries @param {string} q */
function meantSearch(entries, q) {
  const words = q.split(/\s+/).filter(Boolean);
  const meant = words.map((word) => meantBy(entries, word));
  return meant.some(Boolean) ? words.map((word, at) => meant[at] || word).join(" ") : "";
}

/** Show the ways out of a view that shows nothing.
 * @param {State} state @param {Entries} entries @param {ViewTerm[]} terms @param {(state: State) => void} go */
function offerWaysOut(state, entries, terms, go) {
  const meant = meantSearch(entries, state.q);
  const button = (/** @type {string} */ words, /** @type {() => State} */ next) => {
    const made_ = made("button", "", words);
    made_.type = "button";
    made_.addEventListener("click", () => go(next()));
    return made_;
  };
  const [question, ways] = [byId("meant"), byId("ways-out")];
  question.hidden = !meant;
  ways.hidden = !terms.length;
  question.replaceChildren("Did you mean ", button(meant, () => ({ ...state, q: meant })), "?");
  ways.replaceChildren("Leave out: ", ...terms.map((term) => button(term.words, term.without)));
}
