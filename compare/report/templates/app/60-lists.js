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
  const articles = fill(words.page.articles, { count: report.documents.length });
  return { title: method.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, method.title),
      h("p", { class: "lead" }, fill(method.lead, { version: report.version, articles }))),
    h("section", { class: "prose", "aria-label": method.how }, h("p", {}, method.compared), h("p", {}, method.caution)),
    section(method.not_compared, notCompared()),
    report.doubts.length > 0 && section(method.doubts, h("ul", {}, report.doubts.map((line) => h("li", {}, line)))),
    h("details", { class: "box", id: "settings" }, h("summary", {}, h("h2", {}, method.settings)), table(method.settings, [method.setting_head, method.value_head],
      Object.entries(report.settings).map(([name, value]) => [h("code", {}, name), value]))),
    h("p", { class: "note" }, method.in_json),
  ] };
}

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
