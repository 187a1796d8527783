/** One article against all its sources at once, the earliest first; what is left out of the count; what is new in it. */

/**
 * Another text that shares words with the article: its pair, its number, the side of the article, what is known of its time.
 * @typedef {{pair: Pair, number: number, side: Side, doc: Doc, later: boolean}} Source
 * What stands where, a number a word: the earliest source that has it, 0 for what is new, -1 for what is left out; and
 * whether it is put into a sentence that stands elsewhere: new, though words of a source stand against it.
 * @typedef {{doc: Doc, sources: Source[], owner: Int16Array, put: Uint8Array, left: Set<number>, view: string}} Against
 */

/** What the reader leaves out; outlives one article. */
const leaving = { house: true, both: true, quotes: false, own: false, later: false, under: 0 };
/** The article that is shown. @type {any} */
let against = null;
const HUES = 8;
const FEW = 5; // words: a shorter run has its source's colour, and no number

/** @param {string[]} path */
function articleView([id]) {
  const at = report.documents.findIndex((doc) => doc.id === id);
  if (at < 0) return notFound(words.article.not_found);
  const doc = report.documents[at];
  against = { doc, sources: sourcesOf(doc, at), left: new Set(), view: "sources", owner: new Int16Array(0), put: new Uint8Array(0) };
  const body = h("div", { class: "against" }, h("article", { id: "against-text", "aria-label": words.article.text }), articleAside(at));
  return { title: doc.called, content: [articleHead(doc), body], ready: recount };
}

/** The texts that share words with an article, the earliest first, those without a date last. @param {Doc} doc @param {number} at @returns {Source[]} */
function sourcesOf(doc, at) {
  const pairs = (pairsOf.get(at) || []).filter(isReuse);
  const dated = (/** @type {Pair} */ pair) => partner(pair, doc).published || "9999";
  pairs.sort((x, y) => (dated(x) < dated(y) ? -1 : dated(x) > dated(y) ? 1 : reusedOf(y, at) - reusedOf(x, at)));
  return pairs.map((pair, rank) => {
    const side = pair.a === at ? "a" : "b";
    return { pair, number: rank + 1, side, doc: partner(pair, doc), later: pair.first === side };
  });
}

/** The other article of a pair. @param {Pair} pair @param {Doc} doc */
const partner = (pair, doc) => (docOf(pair, "a") === doc ? docOf(pair, "b") : docOf(pair, "a"));

/** @param {Doc} doc */
function articleHead(doc) {
  return h("header", { class: "top" }, h("p", { class: "kicker" }, words.article.kicker),
    h("h1", { tabindex: "-1" }, h("bdi", {}, doc.called)), h("p", { class: "lead", id: "elsewhere" }, doc.elsewhere),
    h("p", { class: "facts" }, doc.head.map(([, parts]) => h("span", {}, told(parts))), [doc.warning, doc.read || ""].filter(Boolean).map((text) => h("span", { class: "warn" }, text))));
}

// --- what is counted ---------------------------------------------------------------------------------------------------

/**
 * The words of a text that stand in a passage of a source: those that correspond, and of them and beside them those that
 * differ. @typedef {{own: Span[], differs: Span[], isReworded: boolean}} Standing
 */

/** What of the text a source has, passage by passage, and what is set aside. @param {Source} source @returns {{passages: Standing[], aside: Span[]}} */
function standingIn({ pair, side, doc }) {
  const at = side === "a" ? 0 : 1;
  /** @type {{passages: Standing[], aside: Span[]}} */
  const found = { passages: [], aside: [] };
  if (leaving.own && doc.source && doc.source === against.doc.source) return found;
  const counted = new Set(pair.accept ? pair.accept[2] : []);
  if (pair.verdict === "identical") return { passages: [{ own: [[0, against.doc.words]], differs: [], isReworded: false }], aside: [] };
  pair.matches.forEach((match, place) => {
    if (!looks.kind.get(match.kind).reuse || match.words[at] < leaving.under || !match.signs) return;
    const whole = wordsFrom(against.doc, match[side]);
    const isHouse = match.marks.includes("boilerplate");
    if (!counted.has(place + 1) && (isHouse ? leaving.house : leaving.both)) found.aside.push(whole);
    else found.passages.push({ own: match.shared ? match.shared[at] : [whole], differs: differing(match, side), isReworded: match.kind === "rewritten" });
  });
  return found;
}

/** The words of a passage that its other side has not. @param {Match} match @param {Side} side */
const differing = (match, side) => opsOf(match).filter((step) => step[0] !== "=").map((step) => wordsFrom(against.doc, stepSpans(step)[side]));

/** Whether a source is counted now. @param {Source} source */
const isCounted = (source) => !against.left.has(source.number) && !((leaving.later || against.view === "new") && source.later);

/**
 * Marks the words of some sources: each with the number of the first that has it, or else of the first whose words stand
 * against it, which is then put in. @param {Source[]} sources
 */
function painted(sources) {
  const size = tokensOf(against.doc).length;
  const shown = { owner: new Int16Array(size), put: new Uint8Array(size) };
  const standing = sources.map((source) => ({ number: source.number, ...standingIn(source) }));
  for (const { number, passages } of standing) for (const passage of passages) paint(shown, number, passage);
  for (const { aside } of standing) for (const range of aside) shown.owner.fill(-1, ...range);
  if (leaving.quotes) for (const range of against.doc.quoted || []) shown.owner.fill(-1, ...range);
  return shown;
}

/** In a reworded passage nothing is put in: what one side has may stand elsewhere on the other. @param {{owner: Int16Array, put: Uint8Array}} shown
 * @param {number} number @param {Standing} passage */
function paint({ owner, put }, number, { own, differs, isReworded }) {
  const differ = new Uint8Array(owner.length);
  for (const range of differs) differ.fill(1, ...range);
  for (const at of placesIn(own, owner.length)) {
    if (owner[at] && (differ[at] || !put[at])) continue;
    owner[at] = number;
    if (!differ[at] || !isReworded) put[at] = differ[at];
  }
  if (!isReworded) for (const at of placesIn(differs, owner.length)) put[at] = put[at] || Number(!owner[at]);
}

/** Every word of some ranges. @param {Span[]} ranges @param {number} size */
const placesIn = (ranges, size) => ranges.flatMap(([start, stop]) => Array.from({ length: Math.max(0, Math.min(stop, size) - start) }, (_, at) => start + at));

/** Words of each kind; `share`: of those that correspond, as Python counts it. @param {{owner: Int16Array, put: Uint8Array}} shown */
function counts({ owner, put }) {
  let [own, aside, added, fresh] = [0, 0, 0, 0];
  owner.forEach((one, at) => {
    own += Number(one > 0);
    aside += Number(one < 0);
    added += Number(one >= 0 && put[at] > 0);
    fresh += Number(one === 0 || (one > 0 && put[at] > 0));
  });
  const all = Math.max(1, owner.length - aside);
  return { fresh, added, share: own / all, freshShare: fresh / all };
}

/** Counts anew, and shows it all. */
function recount() {
  const sources = against.sources.filter(isCounted);
  Object.assign(against, painted(sources));
  const shares = new Map(sources.map((/** @type {Source} */ source) => [source.number, counts(painted([source])).share]));
  const all = counts(against);
  const most = Math.max(all.share, ...shares.values(), 0);
  const having = [...shares.values()].filter((share) => share > 0).length;
  if (tokensOf(against.doc).length) $("elsewhere").textContent = against.view === "new" ? newLine(all) : elsewhereLine(most, having);
  for (const item of $("sources").querySelectorAll("[data-source]")) {
    const share = shares.get(Number(item.dataset.source));
    item.querySelector("output").textContent = share === undefined ? words.article.left_out : fill(words.article.share, { share: percent(share) });
  }
  $("against-bar").replaceChildren(sourceBar());
  $("put-legend").hidden = !all.added;
  $("against-text").replaceChildren(h("div", textAttributes(against.doc), against.view === "new" ? newText() : sourceText()));
}

/** @param {number} share @param {number} count of sources */
function elsewhereLine(share, count) {
  if (!count) return words.article.uncounted;
  const line = fill(words.article.elsewhere, { share: percent(share), count });
  return line[0].toUpperCase() + line.slice(1);
}

/** @param {{fresh: number, added: number, freshShare: number}} all */
const newLine = ({ fresh, added, freshShare }) => fill(words.article.new_words, { count: fresh, share: percent(freshShare) })
  + (added ? fill(words.article[added < fresh ? "of_them_put" : "all_put"], { count: added }) : "");

// --- how it is shown ---------------------------------------------------------------------------------------------------

/** The class of a source's colour: eight hues, and each time round another line. @param {number} number */
const hue = (number) => ["src", `src-${((number - 1) % HUES) + 1}`, `turn-${Math.min(2, Math.floor((number - 1) / HUES))}`].join(" ");

/** Runs of words of one look, as spans of the text; what is put in is nobody's. @param {Span} [within] words @returns {{owner: number, put: boolean, span: Span}[]} */
function runs([from, to] = [0, against.owner.length]) {
  const places = tokensOf(against.doc);
  const end = (/** @type {number} */ at) => (at < places.length ? places[at] : pointsOf(against.doc));
  const found = [];
  let start = from;
  for (let at = from + 1; at <= to; at += 1) {
    if (at < to && ownerOf(at) === ownerOf(start) && isPut(at) === isPut(start)) continue;
    found.push({ owner: ownerOf(start), put: isPut(start), span: /** @type {Span} */ ([start === 0 ? against.doc.body : places[start], end(at)]) });
    start = at;
  }
  return found;
}

/** Whether a word is put into a sentence that stands elsewhere. @param {number} at */
const isPut = (at) => against.put[at] > 0 && against.owner[at] >= 0;
/** Whose a word is: 0 where it is new. @param {number} at @returns {number} */
const ownerOf = (at) => (isPut(at) ? 0 : against.owner[at]);
/** New words of a range. @param {Span} range */
function freshIn([start, stop]) {
  let found = 0;
  for (let at = start; at < stop; at += 1) found += ownerOf(at) === 0 ? 1 : 0;
  return found;
}

/** The whole text, each word in the colour of the earliest source that has it. */
function sourceText() {
  const writer = paragraphWriter(against.doc);
  let last = 0;
  const found = against.owner.length ? runs() : [{ owner: 0, put: false, span: /** @type {Span} */ ([against.doc.body, pointsOf(against.doc)]) }];
  for (const { owner, put, span: place } of found) {
    const isLong = wordsIn(against.doc, place) >= FEW;
    if (owner > 0 && owner !== last && isLong) writer.add(place[0], sourceLabel(owner, place));
    writer.write(place, (text) => coloured(owner, put, text));
    last = isLong && !put ? owner : last;
  }
  return writer.done();
}

/** Words of a source, put in, or left out; the white space around them is nobody's. @param {number} owner @param {boolean} put @param {string} text */
function coloured(owner, put, text) {
  const own = text.trim();
  if (!own || !(owner || put)) return text;
  const at = text.indexOf(own);
  const node = put ? h("ins", { class: "put" }, own) : h("span", owner > 0 ? { class: hue(owner), "data-source": owner } : { class: "aside" }, own);
  return [text.slice(0, at), node, text.slice(at + own.length)];
}

/** A source's number, which leads to the passage. @param {number} number @param {Span} place */
function sourceLabel(number, place) {
  const source = against.sources[number - 1];
  const passage = source.pair.matches.findIndex((/** @type {Match} */ match) => looks.kind.get(match.kind).reuse && meets(match[source.side], place)) + 1;
  const kind = passage ? looks.kind.get(source.pair.matches[passage - 1].kind).label : "";
  const name = fill(words.article.source, { number, name: source.doc.called, kind });
  return h("a", { class: `number ${hue(number)}`, href: pairHref(source.pair, passage), "aria-label": name, title: name }, String(number));
}

/** Writes a text in its paragraphs. @param {Doc} doc */
function paragraphWriter(doc) {
  const opens = new Map(doc.paragraphs.map(([at, heading]) => [at, heading]));
  /** @type {HTMLElement[]} */
  const shown = [];
  const paragraph = (/** @type {number} */ at, isAgain = false) => {
    if (!shown.length || (opens.has(at) && !isAgain)) shown.push(h("p", { class: opens.get(at) ? "heading" : false, dir: "auto" }));
    return shown[shown.length - 1];
  };
  let opened = -1;
  return {
    add(/** @type {number} */ at, /** @type {any} */ node) {
      paragraph(at, opened === at).append(node);
      opened = at;
    },
    write(/** @type {Span} */ [start, stop], /** @type {(text: string) => any} */ draw) {
      const starts = [start, ...doc.paragraphs.map(([at]) => at).filter((at) => at > start && at < stop)];
      starts.forEach((at, place) => {
        const text = textIn(doc, [at, starts[place + 1] ?? stop]);
        const drawn = draw(opens.get(at) ? text.replace(/^\s*#{1,6}[ \t]/, "") : text);
        paragraph(at, opened === at).append(...[drawn].flat());
        opened = -1;
      });
    },
    done: () => (shown.some((one) => one.textContent?.trim()) ? shown.filter((one) => one.textContent?.trim()) : [h("p", { class: "note" }, words.pair.no_text)]),
  };
}

/** The sentences that stand in no source, the rest folded. */
function newText() {
  const { doc } = against;
  const starts = (doc.sentences || []).filter((/** @type {number} */ at) => at >= doc.body);
  if (!starts.length) return sourceText();
  /** @type {{fresh: boolean, from: number, to: number}[]} */
  const parts = [];
  starts.forEach((/** @type {number} */ from, /** @type {number} */ place) => {
    const to = starts[place + 1] ?? pointsOf(doc);
    const fresh = isFresh([from, to]);
    const last = parts[parts.length - 1];
    if (last && last.fresh === fresh) last.to = to;
    else parts.push({ fresh, from, to });
  });
  return parts.flatMap(({ fresh, from, to }) => (fresh ? partText([from, to]) : [foldedPart([from, to])]));
}

/** Whether words are put into a sentence, or at least half of it is new. @param {Span} sentence */
function isFresh(sentence) {
  const [start, stop] = wordsFrom(against.doc, sentence);
  for (let at = start; at < stop; at += 1) if (isPut(at)) return true;
  return stop > start && freshIn([start, stop]) * 2 >= stop - start;
}

/** @param {Span} part */
function partText(part) {
  const writer = paragraphWriter(against.doc);
  for (const { owner, put, span: place } of runs(wordsFrom(against.doc, part))) {
    writer.write([Math.max(part[0], place[0]), Math.min(part[1], place[1])], (text) => coloured(owner, put, text));
  }
  return writer.done();
}

/** @param {Span} part */
function foldedPart(part) {
  const [start, stop] = wordsFrom(against.doc, part);
  const fresh = freshIn([start, stop]);
  const text = fill(words.article[fresh ? "folded_with" : "folded"], { count: stop - start, fresh });
  const line = h("div", { class: "fold" }, h("button", { type: "button", "aria-expanded": "false", onclick: () => line.replaceWith(...partText(part)) }, text));
  return line;
}

/** The words of the text from first to last, by whose they are. */
function sourceBar() {
  const size = Math.max(1, against.owner.length);
  const rects = [];
  for (let start = 0, at = 1; at <= against.owner.length; at += 1) {
    if (at < against.owner.length && ownerOf(at) === ownerOf(start)) continue;
    if (ownerOf(start)) rects.push(s("rect", { class: ownerOf(start) > 0 ? hue(ownerOf(start)) : "b-aside", x: start, y: 0, width: at - start, height: 10 }));
    start = at;
  }
  return s("svg", { class: "bar", viewBox: `0 0 ${size} 10`, preserveAspectRatio: "none", "aria-hidden": "true" }, rects);
}

// --- the sources beside it ---------------------------------------------------------------------------------------------

/** @param {number} at */
function articleAside(at) {
  const { article } = words;
  const shared = against.sources.length > 0;
  const events = onEvent(at);
  return h("aside", { "aria-labelledby": "sources-title" },
    h("div", { id: "against-bar" }),
    h("p", { class: "note", id: "put-legend", hidden: true }, h("ins", { class: "put" }, article.put), " ", article.put_means),
    shared && articleViews(),
    h("h2", { id: "sources-title" }, shared ? fill(article.sources, { count: against.sources.length }) : article.no_sources),
    h("ol", { class: "plain", id: "sources" }, against.sources.map(sourceItem)),
    shared && leaveOut(),
    events.length > 0 && h("details", {}, h("summary", {}, fill(article.same_event, { count: events.length })),
      h("ul", { class: "plain" }, events.slice(0, 20).map(({ doc, pair }) => h("li", {}, h("a", { href: pair ? pairHref(pair) : articleHref(doc) }, h("bdi", {}, doc.called)), " ",
        h("span", { class: "note" }, outletAndDate(doc), pair && pair.run ? ` · ${pair.run}` : ""))))));
}

/** The other texts of the events that an article is in, each with their pair, if they have one. @param {number} at */
function onEvent(at) {
  const pairs = pairsOf.get(at) || [];
  const others = new Set(report.events.filter((event) => event.documents.includes(at)).flatMap((event) => event.documents));
  others.delete(at);
  return [...others].map((other) => ({ doc: report.documents[other], pair: pairs.find((pair) => pair.a === other || pair.b === other) }));
}

/** Two ways to read it. */
function articleViews() {
  const { article } = words;
  const views = [["sources", article.view_sources], ["new", article.view_new]];
  return h("fieldset", { id: "view" }, h("legend", { class: "vh" }, words.pair.show), views.map(([value, text]) => h("label", {},
    h("input", { type: "radio", name: "against", value, checked: value === against.view, onchange: () => { against.view = value; recount(); sayShare(); } }), h("span", {}, text))));
}

/** Outlet and date of an article, as far as it says them. @param {Doc} doc */
const outletAndDate = (doc) => doc.head.filter(([name]) => name === "outlet" || name === "date").map(([, parts], at) => [at ? ", " : "", told(parts)]);

/** Whether no other source has the headline of this one. @param {Source} source */
const isAlone = ({ doc }) => against.sources.every((/** @type {Source} */ one) => one.doc === doc || one.doc.called !== doc.called);

/** @param {Source} source */
function sourceItem(source) {
  const { number, pair, doc } = source;
  const apart = !isAlone(source) && h("bdi", {}, doc.id);
  const name = fill(words.article.count_source, { number, name: apart ? `${doc.called} (${doc.id})` : doc.called });
  return h("li", { "data-source": number },
    h("input", { type: "checkbox", checked: true, "aria-label": name, title: name, onchange: (/** @type {any} */ event) => {
      if (event.target.checked) against.left.delete(number);
      else against.left.add(number);
      recount();
      sayShare();
    } }),
    h("div", {}, h("p", {}, h("span", { class: `number ${hue(number)}`, "aria-hidden": "true" }, String(number)), " ", h("a", { class: "title", href: pairHref(pair) }, h("bdi", {}, doc.called))),
      h("p", { class: "note" }, outletAndDate(doc), apart && [" · ", apart], source.later && [" ", h("span", { class: "chip" }, words.article.is_later)], " ", stateChip(pair)),
      h("output", {})));
}

/** What is not counted. */
function leaveOut() {
  const { article } = words;
  const box = (/** @type {string} */ key, /** @type {string} */ text) => h("label", {}, h("input", { type: "checkbox", "data-leave": key, checked: leaving[key], onchange: (/** @type {any} */ event) => {
    leaving[key] = event.target.checked;
    recount();
    sayShare();
  } }), ` ${text}`);
  const under = h("input", { type: "number", min: 0, max: 999, value: leaving.under, "data-leave": "under", oninput: (/** @type {any} */ event) => {
    leaving.under = Math.max(0, Number(event.target.value) || 0);
    recount();
    sayShare();
  } });
  return h("fieldset", { class: "leave" }, h("legend", {}, article.leave), box("house", article.house), box("both", article.both), box("quotes", article.quotes),
    box("own", article.own), box("later", article.later_texts), h("label", {}, pieces(article.under, { count: under })));
}

const sayShare = () => say($("elsewhere").textContent);
