/** What stands at the head of each text, outlet, date, byline and credit, with what differs marked as in the text. */

/** @param {Pair} pair @param {Side} side @param {boolean} named whether it names the column */
function columnHead(pair, side, named = true) {
  const doc = docOf(pair, side);
  const at = (/** @type {string} */ kind) => pair.changes.findIndex((change) => change.kind === kind);
  const credit = at("credit");
  const items = doc.head.filter(([name]) => name !== "credit" || credit < 0).map(([name, parts]) => headItem(pair, side, parts, at(name)));
  const lines = [...items, credit >= 0 && creditOf(pair, side, credit), ...[doc.warning, doc.read || ""].filter(Boolean).map((text) => h("span", { class: "warn" }, text))];
  return h("header", {},
    h("h2", named ? { id: `title-${side}` } : {}, h("span", { class: "tag" }, side), " ", h("a", { href: articleHref(doc), class: "title", title: doc.called }, titleOf(pair, side, at("headline")))),
    h("p", { class: "meta" }, lines));
}

/** @param {Side} side */
const changedTag = (side) => (side === leftOf(open) ? "del" : "ins");

/** @param {Pair} pair @param {Side} side @param {Sentence} parts @param {number} change its place in the list, or less than 0 */
const headItem = (pair, side, parts, change) => (change < 0 ? h("span", {}, told(parts))
  : h("span", { "data-change": change + 1 }, asChanged(pair, side, change, told(parts))));

/** What differs; where each text has its own, nothing was changed. @param {Pair} pair @param {Side} side @param {number} change @param {any} shown */
const asChanged = (pair, side, change, shown) => (pair.changes[change].own ? shown : h(changedTag(side), {}, shown));

/** @param {Pair} pair @param {Side} side @param {number} change */
function creditOf(pair, side, change) {
  const given = (pair.changes[change].words || [])[side === "a" ? 0 : 1];
  if (!given) return h("span", { class: "warn", "data-change": change + 1 }, words.heads.no_credit);
  return h("span", { "data-change": change + 1 }, asChanged(pair, side, change, pieces(words.heads.credit, { source: bdi(given) })));
}

/** A title, with the words that the other hasn't. @param {Pair} pair @param {Side} side @param {number} change */
function titleOf(pair, side, change) {
  const [own, theirs] = [docOf(pair, side).called, docOf(pair, other(side)).called];
  if (change < 0) return h("bdi", {}, own);
  if (pair.changes[change].own) return h("bdi", { "data-change": change + 1 }, own);
  const kept = commonWords(own.split(" "), theirs.split(" "));
  if (kept.size * 2 < own.split(" ").length) return h("bdi", { "data-change": change + 1, class: ["differs", `of-${changedTag(side)}`].join(" ") }, own);
  return h("bdi", { "data-change": change + 1 }, own.split(" ").map((word, at) => [at ? " " : "", kept.has(at) ? word : h(changedTag(side), {}, word)]));
}

/** Places of the words that both have in the same order; none of long lists. @param {string[]} own @param {string[]} theirs @returns {Set<number>} */
function commonWords(own, theirs) {
  if (own.length * theirs.length > 10_000) return new Set();
  const [x, y] = [own, theirs].map((list) => list.map((word) => bare(word).toLowerCase()));
  const length = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let j = y.length - 1; j >= 0; j -= 1) length[i][j] = x[i] && x[i] === y[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  }
  /** @type {Set<number>} */
  const kept = new Set();
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    if (x[i] && x[i] === y[j]) {
      kept.add(i);
      [i, j] = [i + 1, j + 1];
    } else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}
