/** A story: who had it when, who has it from whom, what each version changed, and where they part. */

/** @param {string[]} path its key */
function familyView([key]) {
  const family = report.families.find((one) => one.key === key);
  if (!family) return notFound(words.family.not_found);
  const { family: texts } = words;
  return { title: family.title, content: [
    h("header", { class: "top" }, h("p", { class: "kicker" }, h("a", { href: "#/" }, texts.back), reasons(family)),
      h("h1", { tabindex: "-1" }, h("bdi", {}, family.title)), h("p", { class: "lead" }, told(family.line)),
      h("p", { class: "facts" }, [family.size, ...family.relations].filter(Boolean).map((item) => h("span", {}, item))), timeline(family)),
    section(texts.tree, [h("p", { class: "note" }, texts.tree_note), tree(family)]),
    section(texts.changed_here, h("ul", { class: "plain versions" }, family.versions.map((version) => versionRow(version, Infinity)))),
    section(texts.versions, [versionTable(family), h("p", { class: "more" }, h("button", { type: "button", id: "export", onclick: () => save(family) }, texts.export), " ",
      h("button", { type: "button", id: "evidence", onclick: () => copyEvidence(family.key) }, texts.evidence)), h("div", { id: "command", hidden: true })]),
    correctionsOf(family),
    family.sentences.length > 0 && section(texts.heat, heat(family)),
    eventsOf(family),
  ] };
}

/** Each version below the nearest one. @param {Family} family */
function tree(family) {
  const below = new Map();
  for (const version of family.versions) below.set(version.nearest, [...(below.get(version.nearest) || []), version]);
  const seen = new Set();
  const branch = (/** @type {number} */ parent) => h("ul", { class: "tree" }, (below.get(parent) || []).filter((/** @type {Version} */ version) => !seen.has(version.document))
    .map((/** @type {Version} */ version) => { seen.add(version.document); return h("li", {}, leaf(version), below.has(version.document) && branch(version.document)); }));
  return branch(-1);
}

/** @param {Version} version */
function leaf(version) {
  const { family: texts } = words;
  const size = version.nearest < 0 ? fill(texts.root, { count: version.bar[0] }) : fill(texts.share, { share: shareText(version.bar) });
  return h("p", {}, h("a", { href: version.pair < 0 ? articleHref(report.documents[version.document]) : pairHref(report.pairs[version.pair]) }, bdi(version.called)),
    h("span", { class: "quiet" }, [version.day || words.front.undated, size, version.says_so ? texts.says_so : ""].filter(Boolean).map((item) => ` · ${item}`)));
}

/** Share of a version that stands in the nearest one. @param {number[]} bar */
const shareText = ([total, verbatim, edited, reworded, aside]) => percent((verbatim + edited + reworded) / Math.max(1, total - aside));

/** @param {Family} family */
function columns(family) {
  const { family: texts } = words;
  const names = new Map(family.versions.map((version) => [version.document, version.called]));
  return { heads: [texts.name_head, texts.day_head, texts.title_head, texts.words_head, ...[...BARS.keys()].map((name) => words.front[name]), texts.nearest_head, texts.changes_head],
    row: (/** @type {Version} */ version) => [version.called, version.day, report.documents[version.document].called, ...version.bar.map((count, at) => (at && version.pair < 0 ? "" : count)),
      names.get(version.nearest) || "", version.changes.map(([, label, said]) => `${label}: ${said.map(([text]) => text).join("")}`)] };
}

/** @param {Family} family */
function versionTable(family) {
  const { heads, row } = columns(family);
  return table(words.family.versions, heads.slice(0, -1), family.versions.map((version) => {
    const [called, ...cells] = row(version).slice(0, -1);
    return [h("a", { href: articleHref(report.documents[version.document]) }, bdi(String(called))), ...cells.map((cell) => (typeof cell === "number" ? number(cell) : h("bdi", {}, cell)))];
  }));
}

const QUOTE = '"';

/** A cell that a spreadsheet reads as text. @param {any} value */
function csvCell(value) {
  const text = Array.isArray(value) ? value.join("; ") : String(value);
  const guarded = typeof value !== "number" && /^\s*[=+\-@]/.test(text) ? `\u0027${text}` : text;
  return `"${guarded.split(QUOTE).join(QUOTE + QUOTE)}"`;
}

/** @param {Family} family */
function save(family) {
  const { heads, row } = columns(family);
  const lines = [heads, ...family.versions.map(row)].map((cells) => cells.map(csvCell).join(",")).join("\r\n");
  const address = URL.createObjectURL(new Blob([`\ufeff${lines}\r\n`], { type: "text/csv" }));
  const link = h("a", { href: address, download: fill(words.family.file, { key: family.key }) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const HEAT = ["heat", "heat heat-1", "heat heat-2", "heat heat-3", "heat heat-4"];

/** The text that the story is around, by how many versions keep each sentence. @param {Family} family */
function heat(family) {
  const doc = report.documents[family.base];
  const versions = family.versions.filter((version) => version.kept.length);
  const base = /** @type {Version} */ (family.versions.find((version) => version.document === family.base));
  const panel = h("div", { id: "variants", class: "box", hidden: true, "aria-live": "polite" });
  const paragraphOf = (/** @type {number} */ start) => doc.paragraphs.filter(([from]) => from <= start).length;
  /** @type {Map<number, any[]>} */
  const paragraphs = new Map();
  family.sentences.forEach(([start], at) => {
    if (start < doc.body) return;
    const place = paragraphOf(start);
    paragraphs.set(place, [...(paragraphs.get(place) || []), heatSentence(doc, family, versions, at, panel), " "]);
  });
  return [h("p", { class: "note" }, pieces(words.family.heat_note, { name: bdi(base.called) })),
    h("div", { class: "heat-text", ...langOf(doc) }, [...paragraphs.values()].map((parts) => h("p", {}, parts))), panel];
}

/** @param {Doc} doc @param {Family} family @param {Version[]} versions @param {number} at @param {any} panel */
function heatSentence(doc, family, versions, at, panel) {
  const { family: texts } = words;
  const kept = versions.filter((version) => version.kept[at] && version.kept[at][0]).length;
  const changed = versions.filter((version) => version.kept[at] && !version.kept[at][0]).length;
  const level = versions.length ? Math.round((1 - (kept + changed / 2) / versions.length) * 4) : 0;
  const count = { number: kept, all: versions.length, changed };
  const line = fill(changed ? texts.kept_changed : texts.kept, count);
  const chosen = (/** @type {any} */ event) => {
    event.preventDefault();
    const sentence = event.currentTarget;
    for (const one of document.querySelectorAll(".heat[aria-expanded=true]")) one.setAttribute("aria-expanded", "false");
    sentence.setAttribute("aria-expanded", "true");
    sentence.closest("p").after(panel);
    panel.hidden = false;
    panel.replaceChildren(h("h3", {}, texts.variants, h("span", { class: "quiet" }, ` ${line}`)), h("dl", {}, versions.map((version) => variant(version, at))));
  };
  return h("a", { href: familyHref(family), class: HEAT[level], title: line, "aria-expanded": "false", onclick: chosen },
    textIn(doc, family.sentences[at]), h("sub", { "aria-hidden": "true" }, fill(changed ? texts.kept_short_changed : texts.kept_short, count)));
}

/** @param {Doc} doc */
const langOf = (doc) => ({ dir: "auto", lang: doc.lang || false });

/** @param {Version} version @param {number} at */
function variant(version, at) {
  const doc = report.documents[version.document];
  const found = version.kept[at];
  const state = !found ? words.family.gone : found[0] ? words.family.same : words.family.changed;
  return h("div", {}, h("dt", {}, bdi(version.called), h("span", { class: "quiet" }, ` · ${state}`)),
    found !== 0 && !found[0] && h("dd", langOf(doc), textIn(doc, [found[1], found[2]])));
}

/** Events that versions of a story are among. @param {Family} family */
function eventsOf(family) {
  const documents = new Set(family.versions.map((version) => version.document));
  const found = report.events.filter((event) => event.documents.some((doc) => documents.has(doc)) && event.documents.some((doc) => !documents.has(doc)));
  return found.length > 0 && section(words.family.events, found.map((event) => eventBox(event, documents, "h3")));
}
