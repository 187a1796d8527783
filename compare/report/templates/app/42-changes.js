/**
 * The changes of a pair in one list: first what matters, then headlines and the like that each has of its own and what
 * moved, then the other words, each in the order of the later text.
 * @typedef {{number: number, loud: boolean, css: string, label: string, said: any[], line: string, a: Span | null, b: Span | null,
 *   passage: number}} Listed  a, b: where it stands, in code points; of a headline or byline nowhere
 */

/** @type {WeakMap<Pair, Listed[]>} */
const changeLists = new WeakMap();
const SAID = 90; // characters of a change's words in the list

/** @param {Pair} pair @returns {Listed[]} */
function listOf(pair) {
  let listed = changeLists.get(pair);
  if (!listed) {
    const told = pair.changes.map(toldChange);
    listed = [...told, ...(isReuse(pair) ? otherChanges(pair, told.filter((one) => one.loud)) : [])].map((change, at) => ({ ...change, number: at + 1 }));
    changeLists.set(pair, listed);
  }
  return listed;
}

/** @param {Pair["changes"][0]} change @returns {Listed} */
function toldChange({ kind, label, said, a, b, passage, own }) {
  const line = `${label}: ${said.map(([text]) => text).join("")}`;
  return { number: 0, loud: !own && kind !== "moved", css: `h-${kind}`, label, said: told(said), line, a: a || null, b: b || null, passage };
}

/** Words that differ and state no fact; what was left out or put in. @param {Pair} pair @param {Listed[]} loud @returns {Listed[]} */
function otherChanges(pair, loud) {
  return alignedOf(pair).flatMap((block) => {
    if (block.kind === "match") return ofPassage(pair, block, loud);
    return block.kind === "again" ? [] : ofOneSide(pair, block);
  });
}

/** @param {Pair} pair @param {Block} block @param {Listed[]} loud */
function ofPassage(pair, block, loud) {
  const match = pair.matches[block.number - 1];
  if (!looks.kind.get(match.kind).changes) return [];
  if (!looks.kind.get(match.kind).steps) return rewordedWhole(pair, match, block.number);
  const steps = opsOf(match).filter((step) => step[0] !== "=").map(stepSpans);
  const free = joined(pair, steps).filter((step) => !loud.some((one) => coveredBy(one, step)));
  return free.map((step) => edit(pair, step, block.number));
}

/** Steps with no more than a word between them as one: nobody reads them apart. @param {Pair} pair @param {{a: Span, b: Span}[]} steps */
function joined(pair, steps) {
  /** @type {{a: Span, b: Span}[]} */
  const found = [];
  for (const step of steps) {
    const last = found[found.length - 1];
    const near = last && ["a", "b"].every((side) => last[side][1] <= step[side][0] && wordsIn(docOf(pair, /** @type {Side} */ (side)), [last[side][1], step[side][0]]) <= 1);
    if (near) Object.assign(last, { a: [last.a[0], step.a[1]], b: [last.b[0], step.b[1]] });
    else found.push({ a: step.a, b: step.b });
  }
  return found;
}

/** Whether a listed change tells a step already. @param {Listed} change @param {{a: Span, b: Span}} step */
const coveredBy = (change, step) => Boolean(change.a && change.b && (holds(change.a, step.a) || holds(change.b, step.b)));
/** @param {Span} outer @param {Span} inner */
const holds = (outer, inner) => !isEmpty(inner) && outer[0] <= inner[0] && inner[1] <= outer[1];

/** @param {Pair} pair @param {{a: Span, b: Span}} step @param {number} passage @returns {Listed} */
function edit(pair, step, passage) {
  const older = other(laterOf(pair));
  const [before, after] = [older, other(older)].map((side) => briefly(textIn(docOf(pair, /** @type {Side} */ (side)), step[side])));
  const said = [before && h("del", {}, before), before && after && hidden(words.listed.to), before && after && " ", after && h("ins", {}, after)];
  const label = fill(words.listed[before && after ? "edited" : before ? gone(pair, "left_out") : gone(pair, "put_in")], { side: nameIn(pair, before ? older : other(older)) });
  return { number: 0, loud: false, css: "h-edit", label, said, line: `${label}: ${[before, after].filter(Boolean).join(" → ")}`, ...step, passage };
}

/** Nothing is said to be left out where nobody knows which text was first. @param {Pair} pair @param {string} what */
const gone = (pair, what) => (pair.first ? what : "alone");

/** A reworded passage, its words differ throughout; and the sentences of which one side has not a word. @param {Pair} pair @param {Match} match @param {number} passage @returns {Listed[]} */
function rewordedWhole(pair, match, passage) {
  const newer = laterOf(pair);
  const whole = listed("reworded", match.words[newer === "a" ? 0 : 1], textIn(docOf(pair, newer), match[newer]), { a: match.a, b: match.b, passage });
  const steps = opsOf(match).filter((step) => step[0] !== "=").map(stepSpans);
  return [whole, ...steps.flatMap((step) => [other(newer), newer].flatMap((side) => wholeSentences(pair, /** @type {Side} */ (side), step)))];
}

/** The sentences that stand in a step whole. @param {Pair} pair @param {Side} side @param {{a: Span, b: Span}} step @returns {Listed[]} */
function wholeSentences(pair, side, step) {
  const doc = docOf(pair, side);
  const starts = doc.sentences || [];
  const [first, last] = [firstFrom(starts, step[side][0]), firstFrom(starts, step[side][1])];
  if (first >= last) return [];
  const isWhole = !wordsIn(doc, [step[side][1], last < starts.length ? starts[last] : pointsOf(doc)]);
  const within = /** @type {Span} */ ([starts[first], isWhole ? step[side][1] : starts[last - 1]]);
  const beside = /** @type {Span} */ ([step[other(side)][0], step[other(side)][0]]);
  const count = isEmpty(within) ? 0 : wordsIn(doc, within);
  return count ? [{ ...listed(gone(pair, side === laterOf(pair) ? "put_in" : "left_out"), count, textIn(doc, within), { a: null, b: null, passage: 0 }, nameIn(pair, side)), [side]: within, [other(side)]: beside }] : [];
}

/** What one side alone has, unless it is its headline, which is told at the head. @param {Pair} pair @param {Block} block @returns {Listed[]} */
function ofOneSide(pair, block) {
  const side = /** @type {Side} */ (block.kind);
  const doc = docOf(pair, side);
  const [text, count] = [textIn(doc, block[side]), wordsIn(doc, block[side])];
  if (!count || bare(text) === bare(doc.called)) return [];
  const what = side === laterOf(pair) ? "put_in" : "left_out";
  return [{ ...listed(gone(pair, what), count, text, { a: null, b: null, passage: 0 }, nameIn(pair, side)), [side]: block[side], [other(side)]: null }];
}

/** Letters and digits of a text. @param {string} text */
const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");

/** @param {string} what @param {number} count of words @param {string} text @param {{a: Span | null, b: Span | null, passage: number}} place @param {string} [side] its name @returns {Listed} */
function listed(what, count, text, place, side = "") {
  const [label, size] = [fill(words.listed[what], { side }), fill(words.listed.size, { count })];
  const brief = briefly(text);
  return { number: 0, loud: false, css: `h-${what}`, label, said: [size, " ", h("span", { class: "quiet" }, h("bdi", {}, brief))], line: `${label}: ${size}`, ...place };
}

/** The first words of a text, in one line. @param {string} text */
function briefly(text) {
  const line = text.split(/\s+/).filter(Boolean).join(" ");
  return line.length <= SAID ? line : fill(words.listed.cut, { start: line.slice(0, SAID).replace(/\s+\S*$/, "") });
}

/** The changes as they stand on a side, in UTF-16 units. @param {Pair} pair @param {Side} side @returns {Marked[]} */
function markedOn(pair, side) {
  const doc = docOf(pair, side);
  return listOf(pair).filter((change) => change[side] && (change.loud || change.css === "h-edit" || !change.passage)).map((change) => {
    const [start, stop] = unitSpan(doc, .../** @type {Span} */ (change[side]));
    return { start, stop, change: change.number, loud: change.loud, said: change.line };
  });
}

/** The rail: the list, which goes there, and how many there are. @param {Pair} pair */
function changeRail(pair) {
  const all = listOf(pair);
  const part = (/** @type {string} */ title, /** @type {Listed[]} */ some) => some.length > 0 && [h("h3", {}, title), h("ol", { class: "plain" }, some.map(changeItem))];
  const [loud, others] = [all.filter((one) => one.loud), all.filter((one) => !one.loud)];
  return h("aside", { id: "changes", "aria-labelledby": "changes-title" },
    h("h2", { id: "changes-title" }, all.length ? fill(words.listed.title, { count: all.length }) : words.listed.none),
    part(fill(words.listed.loud, { count: loud.length }), loud), part(fill(words.listed.others, { count: others.length }), others), unsureList(pair));
}

/** @param {Listed} change */
const changeItem = (change) => h("li", {}, h("button", { type: "button", class: `change ${change.loud ? "loud" : ""}`, "data-listed": change.number, onclick: () => chooseChange(change.number) },
  h("span", { class: "count" }, String(change.number)), " ", h("span", { class: "what" }, change.label), " ", h("span", { class: "said-change" }, change.said)));

/** Makes a change the current one, and brings it level on both sides. @param {number} chosen */
function chooseChange(chosen) {
  const { pair } = open;
  const all = listOf(pair);
  const change = all[chosen - 1];
  open.change = chosen;
  const item = markChange(chosen);
  const rail = $("changes");
  if (!STACKED.matches) rail.scrollTo({ top: item.offsetTop - rail.clientHeight / 2 });
  $("change-place").textContent = fill(words.pair.place, { number: chosen, all: all.length });
  say(fill(words.listed.chosen, { number: chosen, all: all.length, change: change.line }));
  if (open.columns()) levelChange(change);
  else bringChange(change);
}

/** Shows which change is the current one, in the texts and in the list. @param {number} chosen @returns {HTMLElement} */
function markChange(chosen) {
  for (const node of $("main").querySelectorAll("[data-listed][aria-current], .now")) {
    node.removeAttribute("aria-current");
    node.classList.remove("now");
  }
  for (const node of $("main").querySelectorAll(`[data-change="${chosen}"]`)) node.classList.add("now");
  const item = $("changes").querySelector(`[data-listed="${chosen}"]`);
  item.setAttribute("aria-current", "true");
  return item;
}

/** @param {number} by */
function stepChange(by) {
  const count = listOf(open.pair).length;
  if (!count) return say(words.listed.none);
  const next = open.change ? open.change + by : by > 0 ? 1 : count;
  if (next < 1 || next > count) return say(by > 0 ? words.listed.was_last : words.listed.was_first);
  return chooseChange(next);
}

/** Both sides of a change level, at the line at which one reads. @param {Listed} change */
function levelChange(change) {
  const behavior = CALM.matches ? "auto" : "smooth";
  open.driver = null;
  for (const side of open.sides) {
    const box = open.scroll[side];
    const top = placeOfChange(change, side, box);
    box.scrollTo({ top: top - box.clientHeight * READING_LINE, behavior });
  }
}

/** Where a change stands in its column, in pixels; where it has no place, its passage or the words before it. @param {Listed} change @param {Side} side @param {HTMLElement} box */
function placeOfChange(change, side, box) {
  const node = box.querySelector(`[data-change="${change.number}"]`);
  if (node) return node.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  const passage = change.passage || passageBefore(change);
  const known = passage && open.places[side].get(passage);
  return known ? known[change.passage ? 0 : 1] : 0;
}

/** The passage before the words that one side alone has. @param {Listed} change */
function passageBefore(change) {
  let last = 0;
  for (const block of alignedOf(open.pair)) {
    if (block.kind !== "match" && ["a", "b"].some((side) => change[side] && change[side] === block[side])) return last;
    if (block.kind === "match" && !block.moved) last = block.number;
  }
  return 0;
}

/** Without columns beside each other: to the first place where it is shown. @param {Listed} change */
function bringChange(change) {
  const nodes = [...document.querySelectorAll(`[data-change="${change.number}"], .m[data-passage="${change.passage}"]`)];
  const found = nodes.find((one) => one.matches("[data-change]") && one.getClientRects().length) || nodes.find((one) => one.getClientRects().length);
  if (found) found.scrollIntoView({ block: "center", behavior: CALM.matches ? "auto" : "smooth" });
}
