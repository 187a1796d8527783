/** One article against all its sources at once: ranked and numbered, each piece of text by the strongest that has it. */

/** @param {string[]} path */
function articleView([id]) {
  const at = report.documents.findIndex((doc) => doc.id === id);
  if (at < 0) return notFound("This article is not in the report.");
  const doc = report.documents[at];
  const pairs = [...(pairsOf.get(at) || [])].sort((x, y) => reusedOf(y, at) - reusedOf(x, at));
  const placed = pairs.flatMap((pair, rank) => pair.matches.filter((match) => match.kind !== "related").map((match) => {
    const side = pair.a === at ? "a" : "b";
    return { ...place(pair, match, rank + 1, side), passage: pair.matches.indexOf(match) + 1, drifts: [] };
  }));
  const body = h("div", { class: "against" }, articleText(doc, pairs, placed), sources(at, pairs));
  return { title: titleOf(doc), content: [articleHead(at, pairs, placed), body] };
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu;

/** How much of an article's words stand in any other, boilerplate left out as in the pairs' own numbers. @param {Doc} doc @param {Placed[]} placed */
function shareElsewhere(doc, placed) {
  const spans = (/** @type {boolean} */ boilerplate) => placed.filter((one) => one.marks.includes("boilerplate") === boilerplate)
    .map((one) => /** @type {Span} */ ([one.start, one.stop]));
  const [own, common] = [spans(false), spans(true)];
  const muted = doc.muted.map(([start, stop]) => unitSpan(doc, start, stop));
  const words = [...doc.text.matchAll(WORD)].map((word) => word.index).filter((at) => !inside(muted, at));
  const found = words.filter((at) => inside(own, at)).length;
  return found / Math.max(1, found + words.filter((at) => !inside(own, at) && !inside(common, at)).length);
}

/** @param {number} at @param {Pair[]} pairs @param {Placed[]} placed */
function articleHead(at, pairs, placed) {
  const doc = report.documents[at];
  const share = Math.max(shareElsewhere(doc, placed), ...pairs.map((pair) => reusedOf(pair, at)));
  const reusing = pairs.filter((pair) => REUSE.has(pair.verdict)).length;
  const said = reusing ? `${percent(share)} of this text stands in ${plural(reusing, "other article")}` : "Nothing of this text was found elsewhere";
  const meta = metaOf(doc);
  return h("header", { class: "top" }, h("p", { class: "kicker" }, "Article ", bdi(doc.id)),
    h("h1", { tabindex: "-1" }, h("bdi", {}, titleOf(doc))), h("p", { class: "lead" }, `${said[0].toUpperCase()}${said.slice(1)}.`),
    h("p", { class: "facts" }, meta.map((fact) => h("span", {}, h("bdi", {}, fact)))));
}

/** @param {Doc} doc @param {Pair[]} pairs @param {any[]} placed */
function articleText(doc, pairs, placed) {
  const firsts = placed.map((one) => ({ ...one, changes: [], marks: one.marks.filter((/** @type {string} */ mark) => mark === "boilerplate") }));
  const unique = firsts.map((one, at) => ({ ...one, number: at + 1 }));
  return h("article", { "aria-label": "Text" }, h("div", textAttributes(doc), drawText(doc, unique, { side: "a", all: true, label: (number, first) => {
    const { number: source, passage } = placed[number - 1];
    const name = `Source ${source}: ${nameOf(partner(pairs[source - 1], doc))}, ${placed[number - 1].kind}`;
    return h("a", { class: `number${first ? "" : " on"}`, href: pairHref(pairs[source - 1], passage), "aria-label": name, title: name }, String(source));
  } })));
}

/** The other article of a pair. @param {Pair} pair @param {Doc} doc */
const partner = (pair, doc) => (docOf(pair, "a") === doc ? docOf(pair, "b") : docOf(pair, "a"));

/** @param {number} at @param {Pair[]} pairs */
function sources(at, pairs) {
  const doc = report.documents[at];
  return h("aside", { "aria-labelledby": "sources" }, h("h2", { id: "sources" }, pairs.length ? "Where it also stands" : "No other article shares its words"),
    h("ol", { class: "plain" }, pairs.map((pair, rank) => h("li", {},
      h("p", {}, h("span", { class: "number", "aria-hidden": "true" }, String(rank + 1)), " ", h("a", { href: pairHref(pair) }, h("bdi", {}, titleOf(partner(pair, doc))))),
      h("p", { class: "note" }, bdi(nameOf(partner(pair, doc))),
        `: ${percent(reusedOf(pair, at))} of this, ${pair.verdict}, ${dated(partner(pair, doc))} `, stateChip(pair))))));
}
