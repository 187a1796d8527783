/**
 * How two texts follow each other: passages in the order of the later text, and between them what only one has.
 * @typedef {{kind: string, number: number, a: Span, b: Span, moved: boolean}} Block  kind: `match`, `a`, `b` (words that
 *   side alone has), or `again` (it stands in a passage that is shown elsewhere); what a side has nothing of is empty
 */

/** The side that is read as the newer text: what is left out of the other one is struck out in it. @param {Pair} pair @returns {Side} */
const laterOf = (pair) => other(pair.left);
/** @type {WeakMap<Pair, Block[]>} */
const alignments = new WeakMap();
const SLACK = 3; // characters that two passages may have in common: signs that cling to both

/** @param {Pair} pair @returns {Block[]} */
function alignedOf(pair) {
  let blocks = alignments.get(pair);
  if (!blocks) {
    blocks = aligned(pair, laterOf(pair));
    alignments.set(pair, blocks);
  }
  return blocks;
}

/** @param {Pair} pair @param {Side} newer @returns {Block[]} */
function aligned(pair, newer) {
  const older = other(newer);
  const matches = inOrder(pair, newer);
  const stay = new Map(matches.filter(({ moved }) => !moved).map((block) => [block.number, block]));
  const gaps = gapsOf(pair, newer, matches);
  const before = gapsOf(pair, older, [...matches].sort((x, y) => x[older][0] - y[older][0]));
  const after = new Map();
  let last = 0;
  for (const { number, blocks } of before) {
    if (stay.has(number)) last = number;
    after.set(last, [...(after.get(last) || []), ...blocks]);
  }
  return [...(after.get(0) || []), ...gaps.flatMap(({ number, blocks }) => {
    const match = matches.find((one) => one.number === number);
    return [...(match ? [match] : []), ...(number ? after.get(number) || [] : []), ...blocks];
  })];
}

/** Passages that do not overlap, the strongest first chosen, as they stand in the newer text. @param {Pair} pair @param {Side} newer @returns {Block[]} */
function inOrder(pair, newer) {
  const older = other(newer);
  const ranked = pair.matches.map((match, at) => ({ match, number: at + 1 })).filter(({ match }) => looks.kind.get(match.kind).reuse)
    .sort((x, y) => y.match.words[0] - x.match.words[0] || x.number - y.number);
  /** @type {Block[]} */
  const chosen = [];
  for (const { match, number } of ranked) {
    const apart = chosen.every((one) => [newer, older].every((side) => match[side][0] >= one[side][1] - SLACK || match[side][1] <= one[side][0] + SLACK));
    if (apart) chosen.push({ kind: "match", number, a: match.a, b: match.b, moved: match.marks.includes("moved") });
  }
  chosen.sort((x, y) => x[newer][0] - y[newer][0]);
  let reach = 0;
  for (const block of chosen) {
    block.moved = block.moved || block[older][0] < reach - SLACK;
    if (!block.moved) reach = block[older][1];
  }
  return chosen;
}

/** What stands between passages on a side: each gap with the number of the passage before it. @param {Pair} pair @param {Side} side @param {Block[]} matches */
function gapsOf(pair, side, matches) {
  const doc = docOf(pair, side);
  const stops = [{ number: 0, at: doc.body }, ...matches.map((block) => ({ number: block.number, at: block[side][1] }))];
  return stops.map(({ number, at }, place) => {
    const stop = place < matches.length ? matches[place][side][0] : pointsOf(doc);
    return { number, blocks: at < stop ? parted(pair, side, [at, stop]) : [] };
  });
}

/** A gap, cut where passages that are shown elsewhere have it. @param {Pair} pair @param {Side} side @param {Span} gap @returns {Block[]} */
function parted(pair, side, [start, stop]) {
  const over = pair.matches.map((match, at) => ({ span: match[side], number: looks.kind.get(match.kind).reuse ? at + 1 : 0 }))
    .filter(({ span, number }) => number && span[0] < stop && span[1] > start).sort((x, y) => x.span[0] - y.span[0]);
  const blocks = [];
  let at = start;
  const add = (/** @type {string} */ kind, /** @type {number} */ to, number = 0) => {
    if (at < to) blocks.push({ kind, number, ...onSide(side, [at, to]), moved: false });
    at = Math.max(at, to);
  };
  for (const { span, number } of over) {
    add(side, Math.min(span[0], stop));
    add("again", Math.min(span[1], stop), number);
  }
  add(side, stop);
  return blocks;
}

/** A span on one side, and nothing on the other. @param {Side} side @param {Span} span @returns {{a: Span, b: Span}} */
const onSide = (side, span) => (side === "a" ? { a: span, b: [0, 0] } : { a: [0, 0], b: span });

/** The spans of a step, by side. @param {Step} step @returns {{a: Span, b: Span}} */
const stepSpans = ([, a0, a1, b0, b1]) => ({ a: [a0, a1], b: [b0, b1] });
/** @param {Span} one @param {Span} two */
const meets = (one, two) => one[0] < two[1] && two[0] < one[1];
/** @param {Span} span */
const isEmpty = ([start, stop]) => start >= stop;
