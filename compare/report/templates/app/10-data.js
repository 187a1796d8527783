/**
 * The report's data: types, loading, and the few look-ups that several views share.
 * Texts are made visible and names safe already, and what is to be said is said. All spans in the data count code points; `unitSpan` turns them into JavaScript's UTF-16 units.
 *
 * @typedef {[number, number]} Span  half-open
 * @typedef {"a" | "b"} Side
 * @typedef {[string, number][]} Sentence  in parts, with 1 for what comes from outside
 * @typedef {{id: string, title: string, author: string, published: string, source: string, name: string, called: string,
 *   elsewhere: string, lang: string, path: string, words: number, sha256: string,
 *   head: [string, Sentence][], tokens?: string, sentences?: number[], quoted?: Span[],
 *   warning: string, read?: string, body: number, text: string, muted: Span[], paragraphs: [number, number][]}} Doc
 *   `name`: short; `called`: its title, or else its name; `elsewhere`: how much of it stands in others; `body`: where the
 *   text begins; `read`: how, if that leaves a doubt; paragraphs: start, and 1 for a heading; `head`: outlet, date,
 *   byline, …, by name; of a text that shares words, how far its words are apart, where its sentences begin, and which of
 *   its words are quoted
 * @typedef {[string, number, number, number, number]} Step  its sign, start and stop in a, in b
 * @typedef {{a: Span, b: Span, kind: string, similarity: number, alike: string, marks: string[], speaker: string, key: string,
 *   words: [number, number], shared?: [Span[], Span[]], signs: string, steps: number[],
 *   drifts: [string, number, number, number, number][], unsure?: [string, number, number, number, number][]}} Match
 *   `unsure`: facts that only may differ, where they were asked for; `shared`: the words that correspond, where not all do
 * @typedef {{a: number, b: number, verdict: string, page: string, printed: number, left: Side, names: [string, string],
 *   reused: [number, number], shares: [string, string], scores: string[][], explain: string[], first: string, run?: string, lineage: string[], matches: Match[],
 *   line: Sentence, bars: number[][], bar_lines: string[], facts: Sentence[], evidence?: string,
 *   changes: {kind: string, label: string, said: Sentence, passage: number, own?: number, a?: Span, b?: Span, words?: string[]}[],
 *   accept?: [string, string, number[]], judged?: Judged}} Pair  `accept`: the command that accepts the pair, in two pieces
 *   between which a passage may be named, and the passages that may; `judged`: what the accepted entries say of it
 * @typedef {{state: string, open: number, label: string, line: string, entries: Sentence[]}} Judged
 * @typedef {[string, string, Sentence, number]} Changed  its kind, what it is called, what it was and is, its passage
 * @typedef {{document: number, called: string, day: string, nearest: number, says_so: number, bar: number[], carried: number[],
 *   bar_line: string, sentence: Sentence, changes: Changed[], pair: number, kept: (0 | [number, number, number])[]}} Version
 *   `bar`: its words, and of them word for word, edited, reworded, nobody's, new; `kept`: each sentence of the base, after 1 if it is the same
 * @typedef {{key: string, base: number, first: number, title: string, line: Sentence, size: string, days: string, look: number,
 *   open: number, needed: number, agencies: string[], relations: string[], why: [string, number][], sentences: Span[], versions: Version[], pairs: number[], revisions: Revision[]}} Family
 * @typedef {{old: number, new: number, pair: number, line: Sentence, corrections: Correction[]}} Revision  documents, and their pair
 * @typedef {{changes: [string, Sentence][], old: Span, new: Span, differs: [Span[], Span[]], still: [number, number, number][], already: [number, number, number][]}} Correction
 *   who has which words: a document, and its sentence, which of a headline is empty
 * @typedef {{title: string, days: string, documents: number[], facts: string[], named_by: number[]}} EventGroup
 * @typedef {{version: string, words: Object<string, any>, documents: Doc[], pairs: Pair[], hint: string, alone: number, families: Family[], events: EventGroup[],
 *   scores: string[],
 *   repeated: {text: string, words: number, source?: string, holders: [number, number, number][]}[],
 *   skipped: {path: string, reason: string}[], dropped: Object<string, number>, left_out: string[], doubts: string[],
 *   settings: Object<string, string>, reasons: string[], live?: any,
 *   clusters: {keep: number, reason: string, members: [number, number, string, number][]}[]}} Report
 */

/** Set once, before anything is drawn. @type {Report} */
let report;
/** Pairs of each document. @type {Map<number, Pair[]>} */
const pairsOf = new Map();
/** @type {WeakMap<Doc, Uint32Array | null>} */
const unitMaps = new WeakMap();

/** How verdicts, kinds, marks, states and changes are shown, the strongest first. @type {Object<string, Map<string, any>>} */
const looks = { verdict: new Map(), kind: new Map(), mark: new Map(), state: new Map(), change: new Map() };

/** Reads the data: plain, deflated, or deflated in files beside the page. @returns {Promise<Report>} */
async function load() {
  const block = /** @type {HTMLElement} */ (document.getElementById("data"));
  if (!block.dataset.encoding) return JSON.parse(block.textContent || "");
  const packed = block.dataset.shards ? await fromShards(block.dataset.shards.split(" ")) : block.textContent || "";
  return fromLines(inflated(packed.trim()));
}

/** Base64 of deflated text, piece by piece. @param {string} packed */
function inflated(packed) {
  const raw = atob(packed);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(new TextDecoderStream()).getReader();
}

const BREATH = 25; // milliseconds of work after which the page may answer its reader

/**
 * A record whose keys, and entries of lists, stand on a line each, and the last of which is a list (`report/lines.py`), read
 * line by line: a large one takes half a second, in which the page would not answer. @param {ReadableStreamDefaultReader<string>} reader @returns {Promise<Report>}
 */
async function fromLines(reader) {
  /** @type {any} */
  const record = {};
  /** @type {any[] | null} */
  let list = null;
  let [rest, started] = ["", performance.now()];
  const take = (/** @type {string} */ line) => {
    const entry = line.replace(/^\{(?="\w+":)/, list ? "{" : "").replace(/,$/, "");
    if (list && entry.startsWith("]")) list = null;
    else if (list) list.push(JSON.parse(entry));
    else if (entry.endsWith("[")) list = record[JSON.parse(entry.slice(0, -2))] = [];
    else Object.assign(record, JSON.parse(`{${entry}}`));
  };
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split("\n");
    rest = lines.pop() || "";
    for (const line of lines) {
      take(line);
      if (performance.now() - started > BREATH) started = await breath();
    }
  }
  return record;
}

/** Lets the page answer. @returns {Promise<number>} the time after it */
const breath = () => new Promise((done) => setTimeout(() => done(performance.now())));

/** The parts of a large report, which each file hands to `compareShard`. @param {string[]} names */
async function fromShards(names) {
  /** @type {string[]} */
  const parts = [];
  Object.assign(globalThis, { compareShard: (/** @type {number} */ number, /** @type {string} */ part) => { parts[number - 1] = part; } });
  await Promise.all(names.map(shard));
  const missing = names.findIndex((_, place) => typeof parts[place] !== "string");
  if (missing >= 0) throw failure("foreign", names[missing]);
  return parts.join("");
}

/** @param {string} name */
function shard(name) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = name;
    script.onload = done;
    script.onerror = () => failed(failure("missing", name));
    document.head.append(script);
  });
}

/** What went wrong, in words that stand in the page's markup. @param {string} what @param {string} name */
const failure = (what, name) => new Error(fill(document.getElementById("main")?.dataset[what] || "", { name }));

/**
 * The word operations of a passage, from distances to places (`report/steps.py`), once they are asked for.
 * @param {Match} match @returns {Step[]}
 */
function opsOf(match) {
  const found = opsFound.get(match) || unpacked(match);
  opsFound.set(match, found);
  return found;
}

/** @param {Match} match @returns {Step[]} */
function unpacked({ signs, steps }) {
  let [a, b] = [0, 0];
  return [...signs].map((sign, at) => {
    const [gapA, size, gapB, more] = steps.slice(at * 4, at * 4 + 4);
    const [fromA, fromB] = [a + gapA, b + gapB];
    [a, b] = [fromA + size, fromB + size + more];
    return [sign, fromA, a, fromB, b];
  });
}

/** @type {WeakMap<Match, Step[]>} */
const opsFound = new WeakMap();

/** Fills the look-ups. @param {Report} data */
function prepare(data) {
  report = data;
  words = data.words;
  for (const [name, shown] of Object.entries(looks)) for (const look of words[`${name}s`]) shown.set(look[name], look);
  for (const pair of data.pairs) {
    for (const doc of [pair.a, pair.b]) {
      const found = pairsOf.get(doc);
      if (found) found.push(pair);
      else pairsOf.set(doc, [pair]);
    }
  }
}

/** Where each code point begins in UTF-16, or null if they are the same. @param {Doc} doc */
function unitMap(doc) {
  let map = unitMaps.get(doc);
  if (map === undefined) {
    map = /[\ud800-\udbff][\udc00-\udfff]/.test(doc.text) ? pointStarts(doc.text) : null;
    unitMaps.set(doc, map);
  }
  return map;
}

/** @param {string} text */
function pointStarts(text) {
  const starts = [];
  let at = 0;
  for (const point of text) {
    starts.push(at);
    at += point.length;
  }
  starts.push(at);
  return Uint32Array.from(starts);
}

/** A span of code points as one of UTF-16 units. @param {Doc} doc @param {number} start @param {number} stop @returns {Span} */
function unitSpan(doc, start, stop) {
  const map = unitMap(doc);
  return map ? [map[start], map[stop]] : [start, stop];
}

/** @param {Pair} pair @param {Side} side */
const docOf = (pair, side) => report.documents[side === "a" ? pair.a : pair.b];
/** @param {Side} side @returns {Side} */
const other = (side) => (side === "a" ? "b" : "a");
/** @param {Pair} pair */
const stem = (pair) => pair.page.replace(/\.html$/, "");
/** Whether one text was made from the other. @param {Pair} pair @returns {boolean} */
const isReuse = (pair) => looks.verdict.get(pair.verdict).reuse > 0;
/** How much of one of its documents a pair reuses. @param {Pair} pair @param {number} doc */
const reusedOf = (pair, doc) => pair.reused[pair.a === doc ? 0 : 1];

/** Where a pair, one of its passages, or an article is shown. @param {Pair} pair @param {number} [number] */
function pairHref(pair, number = 0) {
  return `#/pair/${stem(pair)}${number ? `/${passageName(pair, number)}` : ""}`;
}
/** @param {Doc} doc */
const articleHref = (doc) => `#/article/${encodeURIComponent(doc.id)}`;

/** A passage's key, which survives a re-run; its number where the key is not its own. @param {Pair} pair @param {number} number */
function passageName(pair, number) {
  const { key } = pair.matches[number - 1];
  const first = pair.matches.findIndex((match) => match.key === key) + 1;
  return key && first === number ? key : String(number);
}

/** The number of the passage with that key or number, or 0. @param {Pair} pair @param {string} name */
function passageNumber(pair, name) {
  const byKey = pair.matches.findIndex((match) => match.key && match.key === name) + 1;
  if (byKey || !/^\d{1,6}$/.test(name)) return byKey;
  return Number(name) <= pair.matches.length ? Number(name) : 0;
}
