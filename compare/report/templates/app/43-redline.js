/** One text with the changes in place: the later one, with what was left out of the earlier struck out, and what was moved marked as moved. */

/**
 * What is being written: its paragraphs, the last of which goes on; `opened` is the text and place that it was opened at,
 * `broken` whether the next words begin a new one.
 * @typedef {{pair: Pair, newer: Side, paragraphs: HTMLElement[], opened: string, broken: boolean}} Ink
 */

/** @param {Pair} pair */
function redline(pair) {
  const newer = laterOf(pair);
  /** @type {Ink} */
  const ink = { pair, newer, paragraphs: [], opened: "", broken: true };
  const moved = new Set(alignedOf(pair).filter((block) => block.moved).map(({ number }) => number));
  for (const block of alignedOf(pair)) {
    if (block.kind === "match") inkPassage(ink, block);
    else if (block.kind === "again") inkAgain(ink, block, moved);
    else inkOneSide(ink, block);
  }
  const names = { newer: bdi(nameIn(pair, newer)), older: bdi(nameIn(pair, other(newer))) };
  return [h("p", { class: "note" }, pieces(words.redline[pair.first ? "lead" : "lead_undated"], names)),
    h("div", textAttributes(docOf(pair, newer)), ink.paragraphs.filter((one) => one.textContent?.trim()))];
}

/** The paragraph that a place of a text stands in, new where it begins one. @param {Ink} ink @param {Side} side @param {number} at */
function paragraphAt(ink, side, at) {
  const opens = docOf(ink.pair, side).paragraphs.find(([start]) => start === at);
  const place = `${side}${at}`;
  if (ink.broken || (opens && ink.opened !== place)) ink.paragraphs.push(h("p", { class: opens && opens[1] ? "heading" : false, dir: "auto" }));
  ink.opened = opens ? place : ink.opened;
  ink.broken = false;
  return ink.paragraphs[ink.paragraphs.length - 1];
}

/** Writes a span of a text, in new paragraphs where it has them. @param {Ink} ink @param {Side} side @param {Span} span @param {(text: string) => any} draw */
function write(ink, side, [start, stop], draw) {
  const doc = docOf(ink.pair, side);
  const starts = [start, ...doc.paragraphs.map(([at]) => at).filter((at) => at > start && at < stop)];
  starts.forEach((at, place) => {
    const text = textIn(doc, [at, starts[place + 1] ?? stop]);
    const isHeading = doc.paragraphs.some(([begin, heading]) => begin === at && heading);
    if (text) paragraphAt(ink, side, at).append(draw(isHeading ? text.replace(/^\s*#{1,6}[ \t]/, "") : text));
  });
  if (side !== ink.newer && starts.length > 1) ink.broken = true;
}

/** A passage: what both have as it is, and its steps. @param {Ink} ink @param {Block} block */
function inkPassage(ink, block) {
  const { pair, newer } = ink;
  const match = pair.matches[block.number - 1];
  const [start, stop] = block[newer];
  const same = (/** @type {string} */ text) => (block.moved ? h("span", { class: "moved", "data-passage": block.number }, text) : text);
  paragraphAt(ink, newer, start).append(numberButton(pair, block.number, newer), block.moved ? chip("moved") : "");
  let at = start;
  const steps = looks.kind.get(match.kind).changes ? opsOf(match).filter((one) => one[0] !== "=").map(stepSpans) : [];
  for (const step of steps) {
    if (step[newer][0] > at) writeSame(ink, [at, step[newer][0]], same);
    inkStep(ink, step, block);
    at = Math.max(at, step[newer][1]);
  }
  if (stop > at) writeSame(ink, [at, stop], same);
}

/** Words that both have; those of a listed change are marked, as a quotation without its marks. @param {Ink} ink @param {Span} span @param {(text: string) => any} same */
function writeSame(ink, [start, stop], same) {
  const { pair, newer } = ink;
  const listed = listOf(pair).filter((one) => one.loud && one[newer] && meets(/** @type {Span} */ (one[newer]), [start, stop]));
  let at = start;
  for (const change of listed.sort((x, y) => /** @type {Span} */ (x[newer])[0] - /** @type {Span} */ (y[newer])[0])) {
    const [from, to] = [Math.max(at, /** @type {Span} */ (change[newer])[0]), Math.min(stop, /** @type {Span} */ (change[newer])[1])];
    if (from > at) write(ink, newer, [at, from], same);
    if (to > from) write(ink, newer, [from, to], (text) => markOf(change, h("span", {}, text)));
    at = Math.max(at, to);
  }
  if (stop > at) write(ink, newer, [at, stop], same);
}

/** @param {Listed} change @param {any} node */
const markOf = (change, node) => (change.loud ? h("mark", { class: change.b && change.b[1] - change.b[0] > LONG ? "drift long" : "drift", "data-change": change.number, title: change.line }, hidden(factChanged("")), node)
  : h("span", { class: "edit", "data-change": change.number }, node));

/** Words of the earlier text struck out, those of the later one put in. @param {Ink} ink @param {{a: Span, b: Span}} step @param {Block} block */
function inkStep(ink, step, block) {
  const { pair, newer } = ink;
  const older = other(newer);
  const change = listOf(pair).find((one) => coveredBy(one, step) || (!one.loud && one.passage === block.number && coveredBy(one, step)));
  const drawn = (/** @type {string} */ tag, /** @type {string} */ text) => (change ? markOf(change, h(tag, {}, text)) : h(tag, {}, text));
  if (!isEmpty(step[older])) {
    const text = textIn(docOf(pair, older), step[older]).replace(/\s+/g, " ");
    const doc = docOf(pair, newer);
    const place = unitSpan(doc, ...step[newer])[0];
    const paragraph = paragraphAt(ink, newer, step[newer][0]);
    const before = isWord(doc.text[place - 1]) && paragraph.textContent ? " " : "";
    paragraph.append(before, drawn("del", text), isWord(doc.text[place]) && isWord(text[text.length - 1]) ? " " : "");
  }
  if (!isEmpty(step[newer])) write(ink, newer, step[newer], (text) => drawn("ins", text));
}

/** A letter or digit of a script that sets blanks between words. @param {string | undefined} sign */
const isWord = (sign) => Boolean(sign && /[\p{L}\p{N}]/u.test(sign) && !/[\u2e80-\u9fff\uac00-\ud7af]/.test(sign));

/** What one side alone has: put in, or struck out. @param {Ink} ink @param {Block} block */
function inkOneSide(ink, block) {
  const side = /** @type {Side} */ (block.kind);
  const tag = side === ink.newer ? "ins" : "del";
  if (side !== ink.newer && !wordsIn(docOf(ink.pair, side), block[side])) return;
  const change = listOf(ink.pair).find((one) => one[side] === block[side]);
  write(ink, side, block[side], (text) => {
    const node = /[\p{L}\p{N}]/u.test(text) ? h(tag, { class: "whole" }, text) : text;
    return change ? markOf(change, node) : node;
  });
  if (side !== ink.newer) ink.broken = ink.broken || /\n\s*$/.test(textIn(docOf(ink.pair, side), block[side]));
}

/** Words of a passage that is shown elsewhere. @param {Ink} ink @param {Block} block @param {Set<number>} moved */
function inkAgain(ink, block, moved) {
  const side = isEmpty(block.a) ? "b" : "a";
  if (side !== ink.newer) return;
  write(ink, side, block[side], (text) => h("span", { class: moved.has(block.number) ? "moved" : "again" }, text));
}
