/** What stands below the two texts of a pair: its passages as a table, why it was flagged, scores, legend. */

/** @param {Pair} pair */
function pairAfter(pair) {
  const { about } = words;
  const kinds = [...looks.kind.keys()].filter((kind) => pair.matches.some((match) => match.kind === kind));
  const marks = [...looks.mark.keys()].filter((mark) => pair.matches.some((match) => match.marks.includes(mark)));
  const settings = Object.entries(report.settings).map((one) => one.join(" ")).join(", ");
  return h("section", { class: "after", "aria-label": about.title },
    kinds.length > 0 && legend(kinds, marks),
    h("div", { class: "tables" },
      h("details", { class: "box", id: "why" }, h("summary", {}, h("h2", {}, about.why)),
        h("ul", {}, pair.explain.map((line) => h("li", {}, line)))),
      pair.matches.length > 0 && h("details", { class: "box", id: "passages", open: true },
        h("summary", {}, h("h2", {}, fill(words.pair.passages, { count: pair.matches.length }))), passageTable(pair)),
      h("details", { class: "box", id: "scores" }, h("summary", {}, h("h2", {}, about.scores)), scoreTable(pair))),
    h("p", { class: "hashes note" },
      [docOf(pair, "a"), docOf(pair, "b")].map((doc) => h("span", {}, pieces(about.hash, { id: bdi(doc.id), hash: doc.sha256 || about.no_hash }))),
      h("span", { class: "print-only" }, fill(about.made, { version: report.version, settings }))),
    /^pair-[0-9a-f]+\.html$/.test(pair.page) && h("p", { class: "note" }, pieces(about.to_keep, { link: h("a", { href: pair.page }, about.own_page) })));
}

/** @param {string[]} kinds @param {string[]} marks */
function legend(kinds, marks) {
  const { about } = words;
  const item = (/** @type {any} */ term, /** @type {string} */ means) => h("div", {}, h("dt", {}, term), h("dd", {}, means));
  return h("div", { class: "legend" }, h("h2", { class: "vh" }, about.legend), h("dl", {},
    kinds.map((kind) => item(kindMark(kind), looks.kind.get(kind).means)),
    item(leftOf(open) === "a" ? [h("del", {}, about.only_a), " ", h("ins", {}, about.only_b)]
      : [h("del", {}, about.only_b), " ", h("ins", {}, about.only_a)], about.one_side),
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
    match.words[0] === match.words[1] ? number(match.words[0]) : fill(passage.words, { a: match.words[0], b: match.words[1] }),
    h("div", { class: "also" }, match.marks.map((mark) => [chip(mark), " "]), match.drifts.map(([fact]) => h("div", { class: "changed" }, fact)),
      match.speaker && h("div", {}, quoted(match.speaker))),
  ]));
}

/** @param {Pair} pair */
function scoreTable(pair) {
  const { about } = words;
  const rows = report.scores.map((label, at) => [label, pair.scores[at][0], pair.scores[at][1] || ""]);
  return table(about.scores, [about.score_head, about.of_a, about.of_b], rows);
}
