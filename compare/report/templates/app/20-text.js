/** Elements, and a text cut where its passages begin and end. Text enters as text nodes only. */

const LONG = 60; // characters of a change that is not painted as loud as a figure
const RUN = 8; // words in a row that are word for word, as in `families/bars.py`
const SVG = "http://www.w3.org/2000/svg";
/**
 * An element. Keys that begin with "on" are listeners, the rest attributes; false and undefined leave one out.
 * @param {string} tag @param {Object<string, any>} [attributes] @param {...any} children
 */
function h(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

/** The same for SVG. @param {string} tag @param {Object<string, any>} [attributes] @param {...any} children */
function s(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

/** @param {any} element @param {Object<string, any>} attributes @param {any[]} children */
function dressed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

/** An element of the page by id. @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);
/** @param {string} text */
const hidden = (text) => h("span", { class: "vh" }, text);
/** Set apart from the direction of the text around it. @param {string} text */
const bdi = (text) => h("bdi", { class: "name" }, text);

/** A pair's name for one of its sides. @param {Pair} pair @param {Side} side */
const nameIn = (pair, side) => pair.names[side === "a" ? 0 : 1];
/** A sentence with what comes from outside set apart. @param {Sentence} parts */
const told = (parts) => parts.map(([text, isName]) => (isName ? bdi(text) : text));

/** @param {string} kind */
const kindMark = (kind) => h("span", { class: `m ${looks.kind.get(kind).css}` }, looks.kind.get(kind).label);
/** @param {string} mark @param {string} [text] */
const chip = (mark, text) => h("span", { class: `chip ${looks.mark.get(mark).css}` }, text || looks.mark.get(mark).label);
/** @param {Judged} judged */
const stateClass = ({ state }) => looks.state.get(state).css;

/** What the accepted entries say of a pair, in a word. @param {Pair} pair */
const stateChip = (pair) => pair.judged && h("span", { class: `chip ${stateClass(pair.judged)}` }, pair.judged.label);

/**
 * A match as it stands on one side, in UTF-16 units.
 * @typedef {{number: number, start: number, stop: number, kind: string, rank: number, marks: string[], changes: Span[], kept: Span[]}} Placed
 * A listed change as it stands on one side, in UTF-16 units; empty where the side has no words.
 * @typedef {{start: number, stop: number, change: number, loud: boolean, said: string}} Marked
 * @typedef {{text: string, changed: boolean, kept: boolean, muted: boolean, mark: Marked | undefined}} Piece
 * @typedef {{number: number, labels: {number: number, first: boolean}[], pieces: Piece[]}} Run
 * @typedef {{heading: boolean, runs: Run[]}} Paragraph
 */

/** @param {Pair} pair @param {Match} match @param {number} number @param {Side} side @returns {Placed} */
function place(pair, match, number, side) {
  const doc = docOf(pair, side);
  const at = side === "a" ? 1 : 3;
  const steps = looks.kind.get(match.kind).changes ? opsOf(match).filter((step) => step[0] !== "=") : [];
  const [start, stop] = unitSpan(doc, ...match[side]);
  return {
    number, start, stop, kind: match.kind, marks: match.marks,
    rank: [...looks.kind.keys()].indexOf(match.kind) * 2 + 1 - match.similarity,
    changes: steps.map((step) => unitSpan(doc, Number(step[at]), Number(step[at + 1]))),
    kept: keptRuns(doc, match, at),
  };
}

/** Where a reworded passage keeps the other's words in a row, as its bar counts them. @param {Doc} doc @param {Match} match @param {number} at */
function keptRuns(doc, match, at) {
  const look = looks.kind.get(match.kind);
  if (!look.reuse || look.changes || !doc.tokens) return [];
  const runs = opsOf(match).filter((step) => step[0] === "=").map((step) => /** @type {Span} */ ([Number(step[at]), Number(step[at + 1])]));
  if (runs.length < 2) return [];
  return runs.filter((run) => wordsIn(doc, run) >= RUN).map((run) => unitSpan(doc, ...run));
}

/** Whether a place is in one of the spans. @param {Span[]} spans @param {number} at */
const inside = (spans, at) => spans.some(([start, stop]) => start <= at && at < stop);

/**
 * The shown text in paragraphs; where passages overlap, the strongest has the piece. With `all`, a paragraph begins with
 * the labels of all passages that go on in it. @param {Doc} doc @param {Placed[]} matches @param {{all?: boolean, marked?: Marked[]}} look @returns {Paragraph[]}
 */
function paragraphsOf(doc, matches, { all = false, marked = [] }) {
  const [from, to] = [unitSpan(doc, doc.body, doc.body)[0], doc.text.length];
  const muted = doc.muted.map(([start, stop]) => unitSpan(doc, start, stop)).filter(([, stop]) => stop > from);
  const blocks = new Map(doc.paragraphs.map(([start, heading]) => [unitSpan(doc, start, start)[0], Boolean(heading)]));
  const spans = [...matches.flatMap((match) => [[match.start, match.stop], ...match.changes, ...match.kept]), ...marked.map((one) => [one.start, one.stop])];
  const cuts = new Set([from, to, ...blocks.keys(), ...spans.flat(), ...muted.flat()]);
  const edges = [...cuts].filter((cut) => cut >= from && cut <= to).sort((x, y) => x - y);
  const waiting = [...matches].sort((x, y) => y.start - x.start || y.number - x.number);
  const coming = [...marked].sort((x, y) => y.start - x.start || y.change - x.change);
  /** @type {Paragraph[]} */
  const found = [];
  /** @type {Placed[]} */
  let active = [];
  /** @type {Marked[]} */
  let marks = [];
  let previous = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [start, stop] = [edges[i], edges[i + 1]];
    const labels = [];
    for (; waiting.length && waiting[waiting.length - 1].start <= start; active.push(/** @type {Placed} */ (waiting.pop()))) {
      labels.push({ number: waiting[waiting.length - 1].number, first: true });
    }
    active = active.filter((match) => match.stop > start);
    const begun = new Set(labels.map(({ number }) => number));
    const goOn = all && blocks.has(start) ? active.filter(({ number }) => !begun.has(number)) : [];
    labels.unshift(...goOn.map(({ number }) => ({ number, first: false })));
    const best = active.reduce((x, y) => (y.rank < x.rank ? y : x), active[0]);
    if (blocks.has(start) || !found.length) found.push({ heading: blocks.get(start) === true, runs: [] });
    const here = { best, labels, previous };
    for (; coming.length && coming[coming.length - 1].start <= start; marks.push(/** @type {Marked} */ (coming.pop()))) {
      const mark = coming[coming.length - 1];
      if (mark.start === mark.stop) addPiece(found[found.length - 1], here, { text: "", changed: false, kept: false, muted: false, mark });
    }
    marks = marks.filter((mark) => mark.stop > start);
    addPiece(found[found.length - 1], here, pieceAt(doc, best, muted, [start, stop], marks));
    previous = best ? best.number : 0;
  }
  return found;
}

/** @param {Doc} doc @param {Placed | undefined} best @param {Span[]} muted @param {Span} span @param {Marked[]} marks that go on there @returns {Piece} */
function pieceAt(doc, best, muted, span, marks) {
  return {
    text: doc.text.slice(...span),
    changed: Boolean(best && inside(best.changes, span[0])),
    kept: Boolean(best && inside(best.kept, span[0])),
    muted: inside(muted, span[0]),
    mark: marks.find((one) => one.loud) || marks[0],
  };
}

/** @param {Paragraph} paragraph @param {{best: Placed | undefined, labels: {number: number, first: boolean}[], previous: number}} here @param {Piece} piece */
function addPiece({ runs }, here, piece) {
  const number = here.best ? here.best.number : 0;
  const { labels } = here;
  here.labels = [];
  if (number && number !== here.previous && !labels.some((label) => label.number === number)) labels.push({ number, first: false });
  if (!runs.length || labels.length || number !== runs[runs.length - 1].number) runs.push({ number, labels, pieces: [] });
  runs[runs.length - 1].pieces.push(piece);
  here.previous = number;
}

/**
 * The elements of a text. `look` says what a label is, on which side the text stands, and which changes are marked.
 * @param {Doc} doc @param {Placed[]} matches
 * @param {{side: Side, all?: boolean, marked?: Marked[], label: (number: number, first: boolean) => Element}} look
 */
function drawText(doc, matches, look) {
  const byNumber = new Map(matches.map((match) => [match.number, match]));
  const isSeen = (/** @type {Run} */ run) => run.labels.length > 0 || run.pieces.some((piece) => piece.text.trim());
  const paragraphs = paragraphsOf(doc, matches, look).filter(({ runs }) => runs.some(isSeen));
  if (!paragraphs.length) return [h("p", { class: "note" }, words.pair.no_text)];
  return paragraphs.map(({ heading, runs }) => h("p", { class: heading ? "heading" : false, dir: "auto" }, runs.map((run) => [
    run.labels.map(({ number, first }) => look.label(number, first)),
    drawRun(run, byNumber.get(run.number), look.side, heading),
  ])));
}

/** @param {string} fact in words */
const factChanged = (fact) => fill(words.passage.changed, { fact });

/** @param {Run} run @param {Placed | undefined} match @param {Side} side @param {boolean} heading */
function drawRun(run, match, side, heading) {
  /** @type {any[]} */
  const shown = [];
  /** @type {Marked | undefined} */
  let last;
  for (const piece of run.pieces) {
    const node = drawPiece(piece, side, heading);
    if (piece.mark && piece.mark === last) shown[shown.length - 1].append(node);
    else shown.push(piece.mark ? drawMark(piece.mark, node) : node);
    last = piece.mark;
  }
  if (!match) return h("span", { class: run.pieces.some((piece) => /[\p{L}\p{N}]/u.test(piece.text)) && "rest" }, shown);
  const marks = match.marks.map((mark) => looks.mark.get(mark).text);
  return h("span", { class: ["m", looks.kind.get(match.kind).css, ...marks].join(" "), "data-passage": match.number, "data-side": side }, shown);
}

/** Where a listed change stands, or would stand. @param {Marked} mark @param {any} node */
function drawMark({ change, loud, said, start, stop }, node) {
  if (start === stop) return h("span", { class: loud ? "caret drift" : "caret", "data-change": change });
  if (!loud) return h("span", { class: "edit", "data-change": change }, node);
  return h("mark", { class: stop - start > LONG ? "drift long" : "drift", "data-change": change, title: said }, hidden(factChanged("")), node);
}

/** @param {Piece} piece @param {Side} side @param {boolean} heading */
function drawPiece(piece, side, heading) {
  if (piece.muted && heading && /^#+\s*$/.test(piece.text.trim())) return "";
  if (piece.changed && piece.text.trim()) return h(side === leftOf(open) ? "del" : "ins", {}, piece.text);
  if (piece.kept) return h("span", { class: "kept" }, piece.text);
  return piece.muted ? h("span", { class: "muted" }, piece.text) : piece.text;
}

/** Language and direction of an article's text. @param {Doc} doc */
const textAttributes = (doc) => ({ class: "text", dir: "auto", lang: doc.lang || false });
