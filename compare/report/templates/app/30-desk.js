/** The desk: what needs a look, in a sentence and in a queue. */

const CHUNK = 24; // rows drawn together; more than two chunks are drawn only near the window
/** What the reader asked for; outlives a visit to a pair. */
const desk = { search: "", sort: "story", threshold: 0, verdicts: new Set(VERDICTS), accepted: false, /** @type {Pair[]} */ found: [],
  /** Where the reader comes back from. @type {Pair | null} */ last: null };
/** @type {Object<string, [string, (x: Pair, y: Pair) => number]>} */
const SORTS = {
  story: ["story", (x, y) => (storyOf.get(x.a) ?? Infinity) - (storyOf.get(y.a) ?? Infinity)],
  reuse: ["most reused", (x, y) => highest(y) - highest(x)],
  longest: ["longest passage", (x, y) => y.longest - x.longest],
  newest: ["newest", (x, y) => (newest(x) < newest(y) ? 1 : -1)],
  changed: ["facts changed", (x, y) => drifts(y) - drifts(x)],
};
/** @param {Pair} pair */
const newest = (pair) => [docOf(pair, "a").published, docOf(pair, "b").published].sort()[1];
/** @param {Pair} pair */
const drifts = (pair) => pair.matches.reduce((sum, match) => sum + match.drifts.length, 0);
/** What the search looks in. @type {WeakMap<Pair, string>} */
const searched = new WeakMap();

function deskView() {
  return { title: "Reuse report", content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, "Reuse report"), h("p", { class: "lead", id: "sentence" }, summed())),
    report.pairs.length > 0 && deskTools(),
    h("section", { "aria-labelledby": "look" }, h("h2", { id: "look" }, report.pairs.length ? "To look at" : "Nothing to look at"),
      h("p", { class: "legend-line" }, "Bars show how much of the more reused article is ",
        KINDS.map((kind, at) => [["", ", ", ", ", " or "][at], h("span", { class: `m k-${kind}` }, kind)]), "."),
      h("div", { id: "queue" })),
  ], ready: () => { fillQueue(); comeBack(); }, gone: () => queueWatch.disconnect() };
}

/** The whole result in a sentence or two. */
function summed() {
  const unsettled = report.pairs.filter((pair) => !isSettled(pair) && REUSE.has(pair.verdict));
  const wanted = unsettled.filter((pair) => !isBelow(pair));
  const count = (/** @type {string} */ verdict) => wanted.filter((pair) => pair.verdict === verdict).length;
  const [look, below, accepted] = [wanted.length, unsettled.length - wanted.length, report.pairs.filter(isSettled).length];
  const listed = VERDICTS.slice(0, 5).map((verdict) => [count(verdict), verdict]).filter(([number]) => number);
  const stories = report.pairs.filter((pair) => !isSettled(pair) && !REUSE.has(pair.verdict)).length;
  const first = look ? `${plural(look, "pair")} ${look === 1 ? "needs" : "need"} a look` : "No pair needs a look";
  const settled = accepted ? `, ${grouped(accepted)} ${accepted === 1 ? "was" : "were"} accepted` : "";
  const under = below ? `, ${grouped(below)} ${below === 1 ? "is" : "are"} below the threshold` : "";
  const same = stories ? `, ${plural(stories, "same-story pair")} ${stories === 1 ? "is" : "are"} listed for reference` : "";
  const more = [listed.map(([number, verdict]) => `${grouped(Number(number))} ${verdict}`).join(", "), `${plural(report.documents.length, "article")} read`];
  return [h("strong", {}, first), `${settled}${under}${same}. `, h("span", { class: "quiet" }, more.filter(Boolean).join(" · "),
    report.skipped.length > 0 && [" · ", h("a", { href: "#/method" }, `${plural(report.skipped.length, "input")} skipped`)])];
}

function deskTools() {
  const changed = (/** @type {(value: string) => void} */ set) => (/** @type {any} */ event) => { set(event.target.value); fillQueue(); };
  const present = VERDICTS.filter((verdict) => report.pairs.some((pair) => pair.verdict === verdict));
  return h("div", { class: "filters", role: "search", "aria-label": "Filter the pairs" },
    h("div", { class: "asks" },
      h("label", {}, h("span", {}, "Search"), h("input", { id: "search", type: "search", value: desk.search, autocomplete: "off",
        placeholder: "name, title, author, source", oninput: changed((value) => { desk.search = value; }) })),
      h("label", {}, h("span", {}, "Order"), h("select", { id: "sort", onchange: changed((value) => { desk.sort = value; }) },
        Object.entries(SORTS).map(([value, [text]]) => h("option", { value, selected: value === desk.sort }, text)))),
      h("fieldset", { class: "facets" }, h("legend", {}, "Verdicts"), present.map((verdict) => h("label", {},
        h("input", { type: "checkbox", name: "verdict", value: verdict, checked: desk.verdicts.has(verdict), onchange: (/** @type {any} */ event) => {
          desk.verdicts[event.target.checked ? "add" : "delete"](verdict);
          fillQueue();
        } }), ` ${verdict} `, h("span", { class: "quiet", "data-count": verdict })))),
      report.pairs.some(isSettled) && h("fieldset", { class: "facets" }, h("legend", {}, "Accepted"), h("label", {},
        h("input", { type: "checkbox", id: "accepted", checked: desk.accepted, onchange: (/** @type {any} */ event) => {
          desk.accepted = event.target.checked;
          fillQueue();
        } }), " show what was accepted ", h("span", { class: "quiet" }, grouped(report.pairs.filter(isSettled).length))))),
    h("figure", { class: "histogram" }, histogram(),
      h("label", { class: "threshold" }, h("span", { class: "vh" }, "Least share reused, in percent"),
        h("input", { id: "threshold", type: "range", min: 0, max: 100, value: desk.threshold,
          oninput: changed((value) => { desk.threshold = Number(value); }) })),
      h("figcaption", {}, "Articles by the most that is reused of each. ", h("output", { id: "count", for: "threshold" }))));
}

/** The most that is reused of each article. */
const mostReused = () => [...pairsOf].map(([doc, pairs]) => Math.max(...pairs.map((pair) => reusedOf(pair, doc))));

/** Articles by highest reuse, on the axis that the threshold moves along. */
function histogram() {
  const bins = Array(20).fill(0);
  const shares = mostReused();
  for (const share of shares) bins[Math.min(19, Math.floor(share * 20))] += 1;
  const top = Math.max(1, ...bins);
  const label = `Of ${plural(report.documents.length, "article")}, ${shares.filter((share) => share >= 0.5).length} are reused for half or more.`;
  return s("svg", { viewBox: "0 0 400 84", role: "img", "aria-label": label, preserveAspectRatio: "none" },
    bins.map((count, at) => {
      const height = (count / top) * 76;
      return s("rect", { class: "bin", "data-from": at * 5, x: at * 20 + 1, width: 18, y: 80 - height, height },
        s("title", {}, `${at * 5}–${at * 5 + 5} %: ${plural(count, "article")}`));
    }),
    s("line", { class: "axis", x1: 0, x2: 400, y1: 80.5, y2: 80.5 }), s("line", { id: "threshold-line", class: "cut", y1: 0, y2: 84 }));
}

/** @param {Pair} pair */
const isBelow = (pair) => highest(pair) * 100 < desk.threshold;

/** @param {Pair} pair */
function isWanted(pair) {
  if (!desk.verdicts.has(pair.verdict) || isBelow(pair) || (isSettled(pair) && !desk.accepted)) return false;
  if (!desk.search.trim()) return true;
  if (!searched.has(pair)) {
    const words = [docOf(pair, "a"), docOf(pair, "b")].map((doc) => [doc.id, doc.title, doc.author, doc.source, doc.published].join(" "));
    searched.set(pair, words.join(" ").toLocaleLowerCase());
  }
  const text = /** @type {string} */ (searched.get(pair));
  return desk.search.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function fillQueue() {
  desk.found = report.pairs.filter(isWanted).sort(SORTS[desk.sort][1]);
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
  const left = report.pairs.every((pair) => isSettled(pair) && !desk.accepted) ? "All pairs were accepted." : "No pair is left by this search and threshold.";
  const none = report.pairs.length ? left : "No two articles share enough to speak of.";
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
  const said = `${grouped(desk.found.length)} of ${plural(report.pairs.length, "pair")}`;
  $("count").textContent = `${said} shown; threshold ${desk.threshold} %${below ? `, ${grouped(below)} below it` : ""}${away ? `; ${grouped(away)} accepted not shown` : ""}`;
  $("sentence").replaceChildren(...summed());
  for (const one of document.querySelectorAll("[data-count]")) {
    const same = report.pairs.filter((pair) => pair.verdict === one.getAttribute("data-count") && (desk.accepted || !isSettled(pair)));
    one.textContent = grouped(same.length);
  }
  for (const end of ["x1", "x2"]) $("threshold-line").setAttribute(end, String(desk.threshold * 4));
  for (const bin of document.querySelectorAll(".bin")) bin.classList.toggle("below", Number(bin.getAttribute("data-from")) + 5 <= desk.threshold);
}

/** Pairs, and in the order of stories a heading before each story. @returns {(Pair | {story: number, pairs: Pair[]})[]} */
function queueRows() {
  if (desk.sort !== "story") return desk.found;
  const groups = new Map();
  for (const pair of desk.found) {
    const story = storyOf.get(pair.a) ?? -1;
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
  const members = (report.stories[story] || []).map((doc) => report.documents[doc]);
  const dates = members.map((doc) => doc.published.slice(0, 10)).filter(Boolean).sort();
  const titled = members.filter((doc) => doc.title);
  const first = [...(titled.length ? titled : members)].sort((x, y) => ((x.published || "9") < (y.published || "9") ? -1 : 1))[0];
  const span = dates.length > 1 && dates[0] !== dates[dates.length - 1] ? `${dates[0]} to ${dates[dates.length - 1]}` : dates[0];
  return h("h3", { class: "story" }, h("bdi", {}, first ? titleOf(first) : "Other pairs"),
    h("span", { class: "quiet" }, [`${plural(members.length, "article")}`, plural(pairs.length, "pair"), span].filter(Boolean).join(" · ")));
}

/** @param {Pair} pair */
function pairRow(pair) {
  const [a, b] = [docOf(pair, "a"), docOf(pair, "b")];
  const changed = drifts(pair);
  const facts = [kindsLine(pair) && `Passages: ${kindsLine(pair)}`, pair.longest && `Longest: ${plural(pair.longest, "word")} in a row`];
  const days = (a.published || b.published) && `Dates: ${dated(a)} and ${dated(b)}${gap(a, b) ? `, ${gap(a, b)}` : ""}`;
  return h("li", { class: "pair", "data-pair": stem(pair) },
    h("p", { class: "kicker" }, badge(pair.verdict), VERDICT_MEANS[pair.verdict], stateChip(pair),
      changed > 0 && h("span", { class: "chip c-drift" }, changed === 1 ? "a fact changed" : `${changed} facts changed`)),
    h("p", { class: "said" }, h("a", { href: pairHref(pair) }, sentence(pair))),
    h("p", { class: "titles" }, h("bdi", {}, titleOf(a)), h("span", { "aria-hidden": "true" }, " · "), h("bdi", {}, titleOf(b))),
    pair.judged && pair.judged.state !== "accepted" && h("p", { class: "again" }, pair.judged.line),
    bar(pair),
    h("p", { class: "facts" }, [...facts, days].filter(Boolean).map((fact) => h("span", {}, fact))));
}

/** How much of the more reused side stands in passages of each kind, by words; its text stands below it. @param {Pair} pair */
function bar(pair) {
  const side = pair.reused[0] >= pair.reused[1] ? 0 : 1;
  const total = Math.max(1, report.documents[side ? pair.b : pair.a].words);
  let x = 0;
  return s("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" }, KINDS.map((kind) => {
    const counted = pair.matches.filter((match) => match.kind === kind).reduce((sum, match) => sum + match.words[side], 0);
    const width = Math.min(1000 - x, (counted / total) * 1000);
    x += width;
    return width > 0 && s("rect", { class: `k-${kind}`, x: x - width, y: 0, width, height: 10 });
  }));
}
