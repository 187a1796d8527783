/** The desk: what needs a look, in a sentence and in a queue. */

const CHUNK = 24; // rows drawn together; more than two chunks are drawn only near the window
/** What the reader asked for; outlives a visit to a pair. */
const desk = { search: "", sort: "story", threshold: 0, /** Verdicts not asked for. */ without: new Set(), accepted: false, /** @type {Pair[]} */ found: [],
  /** Where the reader comes back from. @type {Pair | null} */ last: null };
/** Orders of the queue, each with its words in `by_…`. @type {Object<string, (x: Pair, y: Pair) => number>} */
const SORTS = {
  story: (x, y) => eventRank(x) - eventRank(y),
  reuse: (x, y) => highest(y) - highest(x),
  longest: (x, y) => y.longest - x.longest,
  newest: (x, y) => (newest(x) < newest(y) ? 1 : -1),
  changed: (x, y) => drifts(y) - drifts(x),
};
/** @param {Pair} pair */
const newest = (pair) => [docOf(pair, "a").published, docOf(pair, "b").published].sort()[1];
/** @param {Pair} pair */
const drifts = (pair) => pair.matches.reduce((sum, match) => sum + match.drifts.length, 0);
/** What the search looks in. @type {WeakMap<Pair, string>} */
const searched = new WeakMap();

function deskView() {
  const kinds = [...looks.kind.keys()].map((kind, at, all) => [at && (at + 1 < all.length ? ", " : words.desk.or), kindMark(kind)].filter(Boolean));
  return { title: words.desk.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, words.desk.title), h("p", { class: "lead", id: "sentence" }, summed())),
    report.pairs.length > 0 && deskTools(),
    h("section", { "aria-labelledby": "look" }, h("h2", { id: "look" }, report.pairs.length ? words.desk.look : words.desk.no_pairs),
      h("p", { class: "legend-line" }, pieces(words.desk.legend, { kinds })),
      h("div", { id: "queue" })),
  ], ready: () => { fillQueue(); comeBack(); }, gone: () => queueWatch.disconnect() };
}

/** The whole result in a sentence or two. */
function summed() {
  const unsettled = report.pairs.filter((pair) => !isSettled(pair));
  const [reuse, rest] = [unsettled.filter(isReuse), unsettled.filter((pair) => !isReuse(pair))];
  const wanted = reuse.filter((pair) => !isBelow(pair));
  const counts = [[words.desk.were_accepted, report.pairs.length - unsettled.length], [words.desk.are_below, reuse.length - wanted.length],
    [words.desk.same_story, rest.length]].filter(([, count]) => count).map(([template, count]) => `, ${fill(template, { count })}`);
  const listed = [...looks.verdict.values()].map(({ verdict, label }) => ({ number: wanted.filter((pair) => pair.verdict === verdict).length, verdict: label }))
    .filter((one) => one.number).map((one) => fill(words.desk.verdict_count, one)).join(", ");
  const more = [listed, fill(words.desk.read, { count: report.documents.length })].filter(Boolean).join(" · ");
  const skipped = report.skipped.length > 0 && [" · ", h("a", { href: "#/method" }, fill(words.desk.skipped, { count: report.skipped.length }))];
  const first = wanted.length ? fill(words.desk.needed, { count: wanted.length }) : words.desk.nothing_needed;
  return [h("strong", {}, first), `${counts.join("")}. `, h("span", { class: "quiet" }, more, skipped)];
}

function deskTools() {
  const changed = (/** @type {(value: string) => void} */ set) => (/** @type {any} */ event) => { set(event.target.value); fillQueue(); };
  return h("div", { class: "filters", role: "search", "aria-label": words.desk.filters },
    h("div", { class: "asks" },
      h("label", {}, h("span", {}, words.desk.search), h("input", { id: "search", type: "search", value: desk.search, autocomplete: "off",
        placeholder: words.desk.searched, oninput: changed((value) => { desk.search = value; }) })),
      h("label", {}, h("span", {}, words.desk.order), h("select", { id: "sort", onchange: changed((value) => { desk.sort = value; }) },
        Object.keys(SORTS).map((value) => h("option", { value, selected: value === desk.sort }, words.desk[`by_${value}`])))),
      verdictFacet(), report.pairs.some(isSettled) && acceptedFacet()),
    h("figure", { class: "histogram" }, histogram(),
      h("label", { class: "threshold" }, hidden(words.desk.threshold),
        h("input", { id: "threshold", type: "range", min: 0, max: 100, value: desk.threshold,
          oninput: changed((value) => { desk.threshold = Number(value); }) })),
      h("figcaption", {}, words.desk.histogram, " ", h("output", { id: "count", for: "threshold" }))));
}

function verdictFacet() {
  const present = [...looks.verdict.values()].filter(({ verdict }) => report.pairs.some((pair) => pair.verdict === verdict));
  return h("fieldset", { class: "facets" }, h("legend", {}, words.desk.verdicts), present.map(({ verdict, label }) => h("label", {},
    h("input", { type: "checkbox", name: "verdict", value: verdict, checked: !desk.without.has(verdict), onchange: (/** @type {any} */ event) => {
      desk.without[event.target.checked ? "delete" : "add"](verdict);
      fillQueue();
    } }), ` ${label} `, h("span", { class: "quiet", "data-count": verdict }))));
}

function acceptedFacet() {
  return h("fieldset", { class: "facets" }, h("legend", {}, words.desk.accepted), h("label", {},
    h("input", { type: "checkbox", id: "accepted", checked: desk.accepted, onchange: (/** @type {any} */ event) => {
      desk.accepted = event.target.checked;
      fillQueue();
    } }), ` ${words.desk.show_accepted} `, h("span", { class: "quiet" }, number(report.pairs.filter(isSettled).length))));
}

/** The most that is reused of each article. */
const mostReused = () => [...pairsOf].map(([doc, pairs]) => Math.max(...pairs.map((pair) => reusedOf(pair, doc))));

/** Articles by highest reuse, on the axis that the threshold moves along. */
function histogram() {
  const bins = Array(20).fill(0);
  const shares = mostReused();
  for (const share of shares) bins[Math.min(19, Math.floor(share * 20))] += 1;
  const top = Math.max(1, ...bins);
  const articles = (/** @type {number} */ count) => fill(words.page.articles, { count });
  const label = fill(words.desk.half_reused, { articles: articles(report.documents.length), count: shares.filter((share) => share >= 0.5).length });
  return s("svg", { viewBox: "0 0 400 84", role: "img", "aria-label": label, preserveAspectRatio: "none" },
    bins.map((count, at) => {
      const height = (count / top) * 76;
      return s("rect", { class: "bin", "data-from": at * 5, x: at * 20 + 1, width: 18, y: 80 - height, height },
        s("title", {}, fill(words.desk.bin, { low: at * 5, high: at * 5 + 5, articles: articles(count) })));
    }),
    s("line", { class: "axis", x1: 0, x2: 400, y1: 80.5, y2: 80.5 }), s("line", { id: "threshold-line", class: "cut", y1: 0, y2: 84 }));
}

/** @param {Pair} pair */
const isBelow = (pair) => highest(pair) * 100 < desk.threshold;

/** @param {Pair} pair */
function isWanted(pair) {
  if (desk.without.has(pair.verdict) || isBelow(pair) || (isSettled(pair) && !desk.accepted)) return false;
  if (!desk.search.trim()) return true;
  if (!searched.has(pair)) {
    const fields = [docOf(pair, "a"), docOf(pair, "b")].flatMap((doc) => [doc.id, doc.title, doc.author, doc.source, doc.published]);
    searched.set(pair, fields.join(" ").toLocaleLowerCase());
  }
  const text = /** @type {string} */ (searched.get(pair));
  return desk.search.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function fillQueue() {
  desk.found = report.pairs.filter(isWanted).sort(SORTS[desk.sort]);
  showThreshold();
  queueWatch.disconnect();
  const rows = queueRows();
  const chunks = [];
  for (let at = 0; at < rows.length; at += CHUNK) chunks.push(h("div", { class: "chunk" }));
  chunks.forEach((chunk, at) => {
    chunkRows.set(chunk, rows.slice(at * CHUNK, (at + 1) * CHUNK));
    if (at < 2) drawChunk(chunk);
    else chunk.style.minHeight = `${CHUNK * 150}px`;
  });
  const left = report.pairs.every((pair) => isSettled(pair) && !desk.accepted) ? words.desk.all_accepted : words.desk.none_left;
  const none = report.pairs.length ? left : words.desk.none_found;
  $("queue").replaceChildren(...(chunks.length ? chunks : [h("p", { class: "note" }, none)]));
  if (chunks.length > 2) chunks.forEach((chunk) => queueWatch.observe(chunk));
}

/** To the row of the pair that was read last. */
function comeBack() {
  const { last } = desk;
  desk.last = null;
  const chunk = last && [...document.querySelectorAll(".chunk")].find((one) => (chunkRows.get(one) || []).includes(last));
  if (!last || !chunk) return;
  drawChunk(chunk);
  const link = chunk.querySelector(`[data-pair="${stem(last)}"] a`);
  if (!(link instanceof HTMLElement)) return;
  link.scrollIntoView({ block: "center", behavior: "instant" });
  link.focus({ preventScroll: true });
}

function showThreshold() {
  if (!$("count")) return;
  const below = report.pairs.filter(isBelow).length;
  const away = desk.accepted ? 0 : report.pairs.filter(isSettled).length;
  const pairs = fill(words.page.pairs, { count: report.pairs.length });
  $("count").textContent = [fill(words.desk.shown, { number: desk.found.length, pairs, threshold: desk.threshold }),
    below && fill(words.desk.below, { number: below }), away && fill(words.desk.not_shown, { number: away })].filter(Boolean).join("");
  $("sentence").replaceChildren(...summed());
  for (const one of document.querySelectorAll("[data-count]")) {
    const same = report.pairs.filter((pair) => pair.verdict === one.getAttribute("data-count") && (desk.accepted || !isSettled(pair)));
    one.textContent = number(same.length);
  }
  for (const end of ["x1", "x2"]) $("threshold-line").setAttribute(end, String(desk.threshold * 4));
  for (const bin of document.querySelectorAll(".bin")) bin.classList.toggle("below", Number(bin.getAttribute("data-from")) + 5 <= desk.threshold);
}

/** Pairs, and in the order of stories a heading before each story. @returns {(Pair | {story: number, pairs: Pair[]})[]} */
function queueRows() {
  if (desk.sort !== "story") return desk.found;
  const groups = new Map();
  for (const pair of desk.found) {
    const story = eventOf(pair);
    if (!groups.has(story)) groups.set(story, []);
    groups.get(story).push(pair);
  }
  return [...groups].flatMap(([story, pairs]) => [{ story, pairs }, ...pairs]);
}

/** @type {WeakMap<Element, any[]>} */
const chunkRows = new WeakMap();
const queueWatch = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting, boundingClientRect }) => {
  if (isIntersecting) return drawChunk(target);
  if (!target.firstChild || target.contains(document.activeElement)) return undefined;
  /** @type {any} */ (target).style.minHeight = `${boundingClientRect.height}px`;
  return target.replaceChildren();
}), { rootMargin: "1600px 0px" });

/** @param {any} chunk */
function drawChunk(chunk) {
  if (chunk.firstChild) return;
  const rows = chunkRows.get(chunk) || [];
  let list = null;
  for (const row of rows) {
    if ("pairs" in row) chunk.append(storyHead(row));
    if ("pairs" in row || !list) chunk.append((list = h("ul", { class: "pairs" })));
    if (!("pairs" in row)) list.append(pairRow(row));
  }
  chunk.style.minHeight = "";
}

/** A story by the title of its earliest article. @param {{story: number, pairs: Pair[]}} group */
function storyHead({ story, pairs }) {
  if (story < 0) return h("h3", { class: "story" }, words.desk.across);
  const [called, days] = report.story_heads[story];
  const counts = [fill(words.page.articles, { count: report.stories[story].length }), fill(words.page.pairs, { count: pairs.length })];
  return h("h3", { class: "story" }, h("bdi", {}, called), h("span", { class: "quiet" }, [...counts, days].filter(Boolean).join(" · ")));
}

/** @param {Pair} pair */
function pairRow(pair) {
  const [a, b] = [docOf(pair, "a"), docOf(pair, "b")];
  const changed = drifts(pair);
  return h("li", { class: "pair", "data-pair": stem(pair) },
    h("p", { class: "kicker" }, badge(pair.verdict), looks.verdict.get(pair.verdict).means, stateChip(pair),
      changed > 0 && chip("drift", fill(words.desk.facts_changed, { count: changed }))),
    h("p", { class: "said" }, h("a", { href: pairHref(pair) }, sentence(pair))),
    h("p", { class: "titles" }, h("bdi", {}, a.called), h("span", { "aria-hidden": "true" }, " · "), h("bdi", {}, b.called)),
    pair.judged && pair.judged.state !== "accepted" && h("p", { class: "again" }, pair.judged.line),
    bar(pair),
    h("p", { class: "facts" }, [...pair.passages, pair.dates].filter(Boolean).map((fact) => h("span", {}, fact))));
}

/** How much of the more reused side stands in passages of each kind, by words; its text stands below it. @param {Pair} pair */
function bar(pair) {
  const side = pair.reused[0] >= pair.reused[1] ? 0 : 1;
  const total = Math.max(1, report.documents[side ? pair.b : pair.a].words);
  let x = 0;
  return s("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" }, [...looks.kind].map(([kind, { css }]) => {
    const counted = pair.matches.filter((match) => match.kind === kind).reduce((sum, match) => sum + match.words[side], 0);
    const width = Math.min(1000 - x, (counted / total) * 1000);
    x += width;
    return width > 0 && s("rect", { class: css, x: x - width, y: 0, width, height: 10 });
  }));
}
