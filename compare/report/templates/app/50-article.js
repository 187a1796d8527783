/** One article against all its sources at once: ranked and numbered, each piece of text by the strongest that has it. */

/** @param {string[]} path */
function articleView([id]) {
  const at = report.documents.findIndex((doc) => doc.id === id);
  if (at < 0) return notFound(words.article.not_found);
  const doc = report.documents[at];
  const pairs = [...(pairsOf.get(at) || [])].sort((x, y) => reusedOf(y, at) - reusedOf(x, at));
  const placed = pairs.flatMap((pair, rank) => pair.matches.filter((match) => looks.kind.get(match.kind).reuse).map((match) => {
    const side = pair.a === at ? "a" : "b";
    return { ...place(pair, match, rank + 1, side), passage: pair.matches.indexOf(match) + 1, drifts: [] };
  }));
  const body = h("div", { class: "against" }, articleText(doc, pairs, placed), sources(at, pairs));
  return { title: doc.called, content: [articleHead(doc), body] };
}

/** @param {Doc} doc */
function articleHead(doc) {
  return h("header", { class: "top" }, h("p", { class: "kicker" }, pieces(words.article.kicker, { id: bdi(doc.id) })),
    h("h1", { tabindex: "-1" }, h("bdi", {}, doc.called)), h("p", { class: "lead" }, doc.elsewhere),
    h("p", { class: "facts" }, aboutOf(doc)));
}

/** @param {Doc} doc @param {Pair[]} pairs @param {any[]} placed */
function articleText(doc, pairs, placed) {
  const firsts = placed.map((one) => ({ ...one, changes: [], marks: one.marks.filter((/** @type {string} */ mark) => mark === "boilerplate") }));
  const unique = firsts.map((one, at) => ({ ...one, number: at + 1 }));
  return h("article", { "aria-label": words.article.text }, h("div", textAttributes(doc), drawText(doc, unique, { side: "a", all: true, label: (number, first) => {
    const { number: source, passage } = placed[number - 1];
    const kind = looks.kind.get(placed[number - 1].kind).label;
    const name = fill(words.article.source, { number: source, name: partner(pairs[source - 1], doc).name, kind });
    return h("a", { class: `number${first ? "" : " on"}`, href: pairHref(pairs[source - 1], passage), "aria-label": name, title: name }, String(source));
  } })));
}

/** The other article of a pair. @param {Pair} pair @param {Doc} doc */
const partner = (pair, doc) => (docOf(pair, "a") === doc ? docOf(pair, "b") : docOf(pair, "a"));

/** @param {number} at @param {Pair[]} pairs */
function sources(at, pairs) {
  const doc = report.documents[at];
  return h("aside", { "aria-labelledby": "sources" }, h("h2", { id: "sources" }, pairs.length ? words.article.sources : words.article.no_sources),
    h("ol", { class: "plain" }, pairs.map((pair, rank) => h("li", {},
      h("p", {}, h("span", { class: "number", "aria-hidden": "true" }, String(rank + 1)), " ", h("a", { href: pairHref(pair) }, h("bdi", {}, partner(pair, doc).called))),
      h("p", { class: "note" }, pieces(words.article.shares, { name: bdi(partner(pair, doc).name), share: shareOf(pair, at),
        verdict: looks.verdict.get(pair.verdict).label, date: partner(pair, doc).dated }), " ", stateChip(pair))))));
}
