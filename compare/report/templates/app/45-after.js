/** What stands below the two texts of a pair: its passages as a table, why it was flagged, scores, legend. */

/** @param {Pair} pair */
function pairAfter(pair) {
  const { about } = words;
  const matches = pair.matches.slice(0, passagesOf(pair));
  const kinds = [...looks.kind.keys()].filter((kind) => matches.some((match) => match.kind === kind));
  const marks = [...looks.mark.keys()].filter((mark) => matches.some((match) => match.marks.includes(mark)));
  return h("section", { class: "after", "aria-label": about.title },
    kinds.length > 0 && legend(kinds, marks),
    correctionsBetween(pair),
    h("div", { class: "tables" },
      pair.matches.length > 0 && h("details", { class: "box", id: "passages" },
        h("summary", {}, h("h2", {}, fill(words.pair.passages, { count: pair.matches.length }))), passageTable(pair)),
      h("details", { class: "box", id: "why" }, h("summary", {}, h("h2", {}, about.why)), whyParts(pair))),
    h("p", { class: "hashes note print-only" }, docsOf(pair).map(hashOf), h("span", {}, madeWith())),
    pair.printed > 0 && /^pair-[0-9a-f]+\.html$/.test(pair.page) && h("p", { class: "note" }, pieces(about.to_keep, { link: h("a", { href: pair.page }, about.own_page) })));
}

/** @param {Pair} pair */
const docsOf = (pair) => [docOf(pair, "a"), docOf(pair, "b")];
/** @param {Doc} doc */
const hashOf = (doc) => h("span", {}, pieces(words.about.hash, { id: bdi(doc.id), hash: doc.sha256 || words.about.no_hash }));
const madeWith = () => fill(words.about.made, { version: report.version, settings: Object.entries(report.settings).map((one) => one.join(" ")).join(", ") });

/** The technical name, the rule that fired, every score, the files. @param {Pair} pair */
function whyParts(pair) {
  const { about } = words;
  const look = looks.verdict.get(pair.verdict);
  return [
    h("p", {}, pieces(about.technical, { verdict: h("strong", {}, look.label), means: look.means })),
    h("ul", {}, pair.explain.map((line) => h("li", {}, line))),
    pair.lineage.length > 0 && h("div", {}, h("h3", {}, about.lineage), pair.lineage.map((line) => h("p", {}, h("bdi", {}, line)))),
    h("div", { id: "scores" }, h("h3", {}, about.scores), scoreTable(pair)),
    h("div", {}, h("h3", {}, about.files), docsOf(pair).map((doc) => h("p", { class: "hash-line" }, hashOf(doc)))),
  ];
}

/** @param {string[]} kinds @param {string[]} marks */
function legend(kinds, marks) {
  const { about } = words;
  const item = (/** @type {any} */ term, /** @type {string} */ means) => h("div", {}, h("dt", {}, term), h("dd", {}, means));
  return h("div", { class: "legend" }, h("h2", { class: "vh" }, about.legend), h("dl", {},
    kinds.map((kind) => item(kindMark(kind), looks.kind.get(kind).means)),
    kinds.includes("rewritten") ? item(h("span", { class: "kept" }, words.front.verbatim), about.kept) : "",
    item(["del", "ins"].map((tag, at) => [h(tag, {}, pieces(about.only_in, { name: bdi(nameIn(open.pair, at ? laterOf(open.pair) : open.pair.left)) })), " "]), about.one_side),
    marks.map((mark) => item(chip(mark), looks.mark.get(mark).means))));
}

/** A table that can be wider than the page. @param {string} label @param {string[]} heads @param {any[][]} rows the first cell of each is its head */
function table(label, heads, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, h("table", {},
    h("thead", {}, h("tr", {}, heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td"))))),
    h("tbody", {}, rows.map(([first, ...cells]) => h("tr", {}, h("th", { scope: "row" }, first), cells.map((cell) => h("td", { class: "n" }, cell)))))));
}

/** @param {Pair} pair */
function passageTable(pair) {
  const { about, passage } = words;
  const heads = [about.number_head, about.kind_head, about.alike_head, about.words_head, about.also_head];
  return table(about.passages, heads, pair.matches.map((match, at) => [
    numberButton(pair, at + 1, "list"),
    kindMark(match.kind),
    match.alike,
    match.words[0] === match.words[1] ? number(match.words[0]) : fill(passage.words, { a: match.words[pair.left === "a" ? 0 : 1], b: match.words[pair.left === "a" ? 1 : 0] }),
    h("div", { class: "also" }, match.marks.map((mark) => [chip(mark), " "]), match.drifts.map(([fact]) => h("div", { class: "changed" }, fact)),
      match.speaker && h("div", {}, quoted(match.speaker))),
  ]));
}

/** @param {Pair} pair */
function scoreTable(pair) {
  const { about } = words;
  const rows = report.scores.map((label, at) => [label, pair.scores[at][0], pair.scores[at][1] || ""]);
  return table(about.scores, [about.score_head, ...["a", "b"].map((side) => fill(about.of, { name: nameIn(pair, /** @type {Side} */ (side)) }))], rows);
}
