/** What stands below the two texts of a pair: its passages as a table, why it was flagged, scores, legend. */

/** @param {Pair} pair */
function pairAfter(pair) {
  const kinds = KINDS.filter((kind) => pair.matches.some((match) => match.kind === kind));
  const marks = Object.keys(MARK_MEANS).filter((mark) => pair.matches.some((match) => match.marks.includes(mark)));
  return h("section", { class: "after", "aria-label": "About this pair" },
    kinds.length > 0 && legend(kinds, marks),
    h("div", { class: "tables" },
      h("details", { class: "box", id: "why" }, h("summary", {}, h("h2", {}, "Why was this flagged?")),
        h("ul", {}, pair.explain.map((line) => h("li", {}, line)))),
      pair.matches.length > 0 && h("details", { class: "box", id: "passages", open: true },
        h("summary", {}, h("h2", {}, plural(pair.matches.length, "passage"))), passageTable(pair)),
      h("details", { class: "box", id: "scores" }, h("summary", {}, h("h2", {}, "Scores")), scoreTable(pair))),
    h("p", { class: "hashes note" },
      [docOf(pair, "a"), docOf(pair, "b")].map((doc) => h("span", {}, bdi(doc.id), ` sha256 ${doc.sha256 || "not taken"}`)),
      h("span", { class: "print-only" }, `compare ${report.version} with ${Object.entries(report.settings).map((one) => one.join(" ")).join(", ")}`)),
    /^pair-[0-9a-f]+\.html$/.test(pair.page) && h("p", { class: "note" },
      "To mail, print or keep: ", h("a", { href: pair.page }, "this pair as a page of its own"), "."));
}

/** @param {string[]} kinds @param {string[]} marks */
function legend(kinds, marks) {
  const item = (/** @type {any} */ term, /** @type {string} */ means) => h("div", {}, h("dt", {}, term), h("dd", {}, means));
  return h("div", { class: "legend" }, h("h2", { class: "vh" }, "Legend"), h("dl", {},
    kinds.map((kind) => item(h("span", { class: `m k-${kind}` }, kind), KIND_MEANS[kind])),
    item([h("del", {}, "only in a"), " ", h("ins", {}, "only in b")], "words of one side, within a passage"),
    marks.map((mark) => item(chip(mark), MARK_MEANS[mark]))));
}

/** A table that can be wider than the page. @param {string} label @param {string[]} heads @param {any[][]} rows the first cell of each is its head */
function table(label, heads, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, h("table", {},
    h("thead", {}, h("tr", {}, heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td"))))),
    h("tbody", {}, rows.map(([first, ...cells]) => h("tr", {}, h("th", { scope: "row" }, first), cells.map((cell) => h("td", { class: "n" }, cell)))))));
}

/** @param {Pair} pair */
function passageTable(pair) {
  return table("Passages", ["No.", "Kind", "Alike", "Words", "Also"], pair.matches.map((match, at) => [
    numberButton(pair, at + 1, "list"),
    h("span", { class: `m k-${match.kind}` }, match.kind),
    percent(match.similarity),
    match.words[0] === match.words[1] ? grouped(match.words[0]) : `${grouped(match.words[0])} → ${grouped(match.words[1])}`,
    h("div", { class: "also" }, match.marks.map((mark) => [chip(mark), " "]), match.drifts.map((one) => h("div", { class: "changed" }, driftText(pair, one))),
      match.speaker && h("div", {}, "quoted: ", bdi(match.speaker))),
  ]));
}

/** @param {Pair} pair */
function scoreTable(pair) {
  const both = (/** @type {string} */ what, /** @type {[number, number]} */ shares) => [what, percent(shares[0]), percent(shares[1])];
  return table("Scores", ["Score", "of a", "of b"], [
    both("Words that stand in passages of the other", pair.reused),
    both(`Phrases of ${report.settings.shingle || 5} words also found in the other`, pair.containment),
    both("The same, without phrases that many articles share", pair.own),
    both("Words kept in their order", pair.kept),
    ["Phrases in both, of all in either", percent(pair.jaccard), ""],
    ["The same, as the sketch estimates it", percent(pair.minhash), ""],
    ["Different phrases in both", grouped(pair.shared), ""],
    ["Likeness of vocabulary in this collection", percent(pair.cosine), ""],
  ]);
}
