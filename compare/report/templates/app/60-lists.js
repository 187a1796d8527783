/** Repeated passages, each once with all its holders; and the method: settings, hashes, what was left out and why. */

function repeatedView() {
  const found = report.repeated;
  const articles = (/** @type {number} */ count) => fill(words.page.articles, { count });
  return { title: words.repeated.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, words.repeated.title),
      h("p", { class: "lead" }, found.length ? fill(words.repeated.lead, { count: found.length }) : words.repeated.none)),
    h("ul", { class: "plain" }, found.map((passage) => h("li", { class: "repeat" },
      h("h2", {}, fill(passage.source ? words.repeated.of_house : words.repeated.passage,
        { words: passage.words, articles: articles(passage.holders.length), source: passage.source || "" })),
      h("blockquote", { dir: "auto" }, passage.text),
      h("details", { open: passage.holders.length <= 30 }, h("summary", {}, words.repeated.holders),
        h("ul", { class: "holders" }, passage.holders.map(([doc]) => docLink(doc))))))),
  ] };
}

/** @param {number} doc */
const docLink = (doc) => h("li", {}, h("a", { href: articleHref(report.documents[doc]) }, bdi(report.documents[doc].name)),
  report.documents[doc].title && [" ", h("bdi", { class: "quiet" }, report.documents[doc].title)]);

function methodView() {
  const { method } = words;
  const heads = [method.article_head, method.title_head, method.published_head, method.words_head, method.hash_head];
  const articles = fill(words.page.articles, { count: report.documents.length });
  return { title: method.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, method.title),
      h("p", { class: "lead" }, fill(method.lead, { version: report.version, articles }))),
    h("section", { class: "prose", "aria-label": method.how }, h("p", {}, method.compared), h("p", {}, method.caution)),
    section(method.not_compared, notCompared()),
    report.doubts.length > 0 && section(method.doubts, h("ul", {}, report.doubts.map((line) => h("li", {}, line)))),
    report.clusters.length > 0 && section(method.clusters, report.clusters.map(cluster)),
    section(method.settings, table(method.settings, [method.setting_head, method.value_head],
      Object.entries(report.settings).map(([name, value]) => [h("code", {}, name), value]))),
    section(method.articles, table(method.articles, heads, report.documents.map(articleRow))),
  ] };
}

/** @param {Doc} doc */
const articleRow = (doc) => [h("a", { href: articleHref(doc) }, bdi(doc.id)), h("bdi", {}, doc.title), doc.dated, number(doc.words),
  h("code", { class: "hash" }, doc.sha256)];

/** @param {string} title @param {any} content */
const section = (title, content) => h("section", {}, h("h2", {}, title), content);

function notCompared() {
  const { method } = words;
  const lines = report.skipped.map((one) => h("li", {}, pieces(method.reason, { name: bdi(one.path), reason: one.reason })));
  const leftOut = report.left_out.map((line) => h("li", {}, line));
  if (!lines.length && !leftOut.length) return h("p", { class: "note" }, method.everything);
  return [lines.length > 0 && [h("h3", {}, fill(method.skipped, { count: report.skipped.length })), h("ul", {}, lines)],
    leftOut.length > 0 && [h("h3", {}, method.left_out), h("ul", {}, leftOut)]];
}

/** @param {Report["clusters"][0]} found */
function cluster({ keep, reason, members }) {
  const { method } = words;
  const name = (/** @type {number} */ doc) => bdi(report.documents[doc].id);
  const because = (/** @type {string} */ why) => why && fill(method.because, { reason: why });
  return h("div", { class: "box" }, h("h3", {}, pieces(method.stays, { name: name(keep) }), reason && h("span", { class: "quiet" }, because(reason))),
    h("ul", {}, members.filter(([doc]) => doc !== keep).map(([doc, keeper, why]) => h("li", {},
      pieces(keeper === doc ? method.stays_too : method.falls, { name: name(doc), keeper: name(keeper) }), because(why)))));
}
