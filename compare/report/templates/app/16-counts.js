/** Words of a text counted exactly as Python counts them: where they begin comes with the data. */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** @type {WeakMap<Doc, Uint32Array>} */
const tokenPlaces = new WeakMap();

/** Where each word of a text begins, in code points; nothing of a text that shares none. @param {Doc} doc @returns {Uint32Array} */
function tokensOf(doc) {
  let places = tokenPlaces.get(doc);
  if (!places) {
    places = Uint32Array.from(distances(doc.tokens || ""));
    tokenPlaces.set(doc, places);
  }
  return places;
}

/** Places from the distance of each to the one before it, which `z` makes longer. @param {string} digits */
function distances(digits) {
  const found = [];
  let at = 0;
  for (const digit of digits) {
    at += DIGITS.indexOf(digit);
    if (digit !== DIGITS[DIGITS.length - 1]) found.push(at);
  }
  return found;
}

/** The first of some ascending places that is not before one. @param {ArrayLike<number>} places @param {number} place */
function firstFrom(places, place) {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words that begin in a span, as a range. @param {Doc} doc @param {Span} span @returns {Span} */
const wordsFrom = (doc, [start, stop]) => [firstFrom(tokensOf(doc), start), firstFrom(tokensOf(doc), stop)];

/** How many words begin in a span. @param {Doc} doc @param {Span} span */
function wordsIn(doc, span) {
  const [start, stop] = wordsFrom(doc, span);
  return stop - start;
}

/** From the sentence in which a span begins to the one in which it ends. @param {Doc} doc @param {Span} span @returns {Span} */
function sentencesAround(doc, [start, stop]) {
  const starts = doc.sentences || [];
  const last = firstFrom(starts, Math.max(start + 1, stop));
  return [starts[Math.max(0, firstFrom(starts, start + 1) - 1)] ?? start, last < starts.length ? starts[last] : pointsOf(doc)];
}

/** Code points of a text. @param {Doc} doc */
function pointsOf(doc) {
  const map = unitMap(doc);
  return map ? map.length - 1 : doc.text.length;
}

/** Characters of a text. @param {Doc} doc @param {Span} span */
const textIn = (doc, span) => doc.text.slice(...unitSpan(doc, ...span));

/** A share in words, as Python says it: all and nothing only of exactly all and nothing. @param {number} share in [0, 1] */
function percent(share) {
  const rounded = Math.floor(share * 100 + 0.5);
  if (share > 0 && share < 1 && (rounded === 0 || rounded === 100)) return rounded ? words.share.over : words.share.under;
  return fill(words.share.exact, { share: share <= 0 ? 0 : share >= 1 ? 100 : rounded });
}
