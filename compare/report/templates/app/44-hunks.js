/**
 * The changes alone: each with its sentences, side by side, and between them what is alike as a line that opens.
 * @typedef {{kind: string, a: Span, b: Span, passage: number, moved: boolean}} Hunk  kind: `alike`, `changed`, `a`, `b`, or `again`
 */

const NEAR = 12; // words between two changes that are not worth a line of their own
const WHOLE = 90; // words of one side alone that are shown whole

/** @param {Pair} pair @returns {Hunk[]} */
function hunksOf(pair) {
  const found = alignedOf(pair).flatMap((block) => {
    if (block.kind === "match") return hunksOfPassage(pair, block);
    const side = isEmpty(block.a) ? "b" : "a";
    if (!wordsIn(docOf(pair, side), block[side])) return [];
    return [{ kind: block.kind === "again" ? "again" : side, a: block.a, b: block.b, passage: block.number, moved: false }];
  });
  return merged(pair, found);
}

/** @param {Pair} pair @param {Block} block @returns {Hunk[]} */
function hunksOfPassage(pair, block) {
  const match = pair.matches[block.number - 1];
  const look = looks.kind.get(match.kind);
  const whole = { a: block.a, b: block.b, passage: block.number, moved: block.moved };
  if (look.changes && !look.steps) return [{ kind: "changed", ...whole }];
  const steps = look.steps ? opsOf(match).filter((one) => one[0] !== "=").map(stepSpans) : [];
  const loud = listOf(pair).filter((one) => one.loud && one.passage === block.number && one.a && one.b).map(({ a, b }) => ({ a: /** @type {Span} */ (a), b: /** @type {Span} */ (b) }));
  const parts = [...steps, ...loud].map((step) => widened(pair, step, block)).sort((x, y) => x.a[0] - y.a[0]);
  const between = (/** @type {Span} */ a, /** @type {Span} */ b) => ({ ...whole, kind: "alike", a, b });
  /** @type {Hunk[]} */
  const found = [];
  let [at, atB] = [block.a[0], block.b[0]];
  for (const { a, b } of parts) {
    if (a[0] > at || b[0] > atB) found.push(between([at, Math.max(at, a[0])], [atB, Math.max(atB, b[0])]));
    if (a[1] > at || b[1] > atB) found.push({ ...whole, kind: "changed", a: [Math.max(at, a[0]), Math.max(at, a[1])], b: [Math.max(atB, b[0]), Math.max(atB, b[1])] });
    [at, atB] = [Math.max(at, a[1]), Math.max(atB, b[1])];
  }
  return [...found, between([at, block.a[1]], [atB, block.b[1]])];
}

/** A step with its sentences, within its passage. @param {Pair} pair @param {{a: Span, b: Span}} step @param {Block} block */
function widened(pair, step, block) {
  const [a, b] = /** @type {Side[]} */ (["a", "b"]).map((side) => {
    const [start, stop] = sentencesAround(docOf(pair, side), step[side]);
    return /** @type {Span} */ ([Math.max(start, block[side][0]), Math.max(step[side][1], Math.min(stop, block[side][1]))]);
  });
  return { a, b };
}

/** Hunks that touch as one, where little is alike between them. @param {Pair} pair @param {Hunk[]} hunks @returns {Hunk[]} */
function merged(pair, hunks) {
  /** @type {Hunk[]} */
  const found = [];
  for (const hunk of hunks) {
    const last = found[found.length - 1];
    const brief = hunk.kind === "alike" && last && last.kind === "changed" && hunk.passage === last.passage && !hunk.moved && sizeOf(pair, hunk) <= NEAR;
    if (last && follows(pair, last, hunk) && (brief || last.kind === hunk.kind)) Object.assign(last, { a: span(last.a, hunk.a), b: span(last.b, hunk.b) });
    else if (hunk.kind !== "alike" || sizeOf(pair, hunk)) found.push({ ...hunk });
  }
  return found;
}

/** Whether a hunk goes on where one ends: with no word between them on either side. @param {Pair} pair @param {Hunk} one @param {Hunk} next */
function follows(pair, one, next) {
  if (one.moved || next.moved || (one.passage !== next.passage && one.kind !== "alike")) return false;
  return /** @type {Side[]} */ (["a", "b"]).every((side) => one[side][1] <= next[side][0] + SLACK && !wordsIn(docOf(pair, side), [one[side][1], Math.max(one[side][1], next[side][0])]));
}
/** @param {Span} one @param {Span} next @returns {Span} */
const span = (one, next) => [Math.min(one[0], next[0]), Math.max(one[1], next[1])];
/** Words of the later text in a hunk, or of the side that has any. @param {Pair} pair @param {Hunk} hunk */
const sizeOf = (pair, hunk) => Math.max(...["a", "b"].map((side) => wordsIn(docOf(pair, /** @type {Side} */ (side)), hunk[side])));

/** The rows of this view. @param {Pair} pair */
function hunkRows(pair) {
  const hunks = hunksOf(pair);
  if (!pair.matches.length) return [h("p", { class: "note" }, words.pair.none_found)];
  return hunks.map((hunk) => {
    const count = sizeOf(pair, hunk);
    if (hunk.kind === "alike") return folded(pair, hunk, fill(words.listed[hunk.moved ? "moved_alike" : "alike"], { count }));
    if (hunk.kind === "again") return folded(pair, hunk, fill(words.listed.again, { count, number: hunk.passage }));
    if (hunk.kind !== "changed" && count > WHOLE) return folded(pair, hunk, fill(words.listed[pair.first ? (hunk.kind === laterOf(pair) ? "only_new" : "only_old") : "only_in"], { count, side: nameIn(pair, /** @type {Side} */ (hunk.kind)) }));
    return hunkRow(pair, hunk);
  });
}

/** A line for what is not shown, which opens. @param {Pair} pair @param {Hunk} hunk @param {string} text */
function folded(pair, hunk, text) {
  const changes = listOf(pair).filter((one) => ["a", "b"].includes(hunk.kind) && one[hunk.kind] && meets(/** @type {Span} */ (one[hunk.kind]), hunk[hunk.kind])).map((one) => one.number);
  const line = h("div", { class: "fold", "data-change": changes.length === 1 && changes[0] }, h("button", { type: "button", "aria-expanded": "false", onclick: () => {
    const row = hunkRow(pair, hunk);
    line.replaceWith(row);
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  } }, text));
  return line;
}

/** @param {Pair} pair @param {Hunk} hunk */
const hunkRow = (pair, hunk) => h("div", { class: "row hunk" }, open.sides.map((/** @type {Side} */ side) => excerpt(pair, hunk, side)));

/** What a side has in a hunk, with its passages and changes. @param {Pair} pair @param {Hunk} hunk @param {Side} side */
function excerpt(pair, hunk, side) {
  const doc = docOf(pair, side);
  if (isEmpty(hunk[side])) return h("div", { class: "text none" }, h("p", { class: "note" }, hunk.kind === other(side) ? words.listed.nothing : ""));
  const [start, stop] = hunk[side];
  const units = unitSpan(doc, start, stop);
  const cut = { ...doc, text: doc.text.slice(0, units[1]), body: start, paragraphs: doc.paragraphs.filter(([at]) => at > start && at < stop) };
  const matches = pair.matches.map((match, at) => place(pair, match, at + 1, side)).filter((one) => meets([one.start, one.stop], units));
  const marked = markedOn(pair, side).filter((one) => one.start <= units[1] && one.stop >= units[0]);
  return h("div", { ...textAttributes(doc), "data-column-row": side }, drawText(cut, matches, { side, marked, label: (number, first) => numberButton(pair, number, side, first) }));
}
