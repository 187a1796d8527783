/** Repeated passages, each once with all its holders; and the method: settings, hashes, what was left out and why. */

function repeatedView() {
  const found = report.repeated;
  const each = found.length === 1 ? "stands in several otherwise unlike articles" : "stand in several otherwise unlike articles; each is shown once";
  return { title: "Repeated passages", content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, "Repeated passages"),
      h("p", { class: "lead" }, found.length ? `${plural(found.length, "passage")} ${each}.` : "No passage stands in several otherwise unlike articles.")),
    h("ul", { class: "plain" }, found.map((passage) => h("li", { class: "repeat" },
      h("h2", {}, `This ${grouped(passage.words)}-word text is in ${plural(passage.holders.length, "article")}`),
      h("blockquote", { dir: "auto" }, passage.text),
      h("details", { open: passage.holders.length <= 30 }, h("summary", {}, "Where"),
        h("ul", { class: "holders" }, passage.holders.map(([doc]) => docLink(doc))))))),
  ] };
}

/** @param {number} doc */
const docLink = (doc) => h("li", {}, h("a", { href: articleHref(report.documents[doc]) }, bdi(nameOf(report.documents[doc]))),
  report.documents[doc].title && [" ", h("bdi", { class: "quiet" }, report.documents[doc].title)]);

function methodView() {
  return { title: "Method", content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, "Method"),
      h("p", { class: "lead" }, `compare ${report.version} read ${plural(report.documents.length, "article")}.`)),
    h("section", { class: "prose", "aria-label": "How it works" },
      h("p", {}, "Two articles are compared by the phrases they share, counted exactly; sketches only propose what to compare. ",
        "Passages are then aligned sentence by sentence. Related passages, which state the same fact in independent words, ",
        "are shown and never counted as reuse."),
      h("p", {}, "Scores show that words agree, not who wrote them first. Dates are the articles’ own; each says where it was read.")),
    section("Not compared", notCompared()),
    report.doubts.length > 0 && section("Read with a doubt", h("ul", {}, report.doubts.map((line) => h("li", {}, line)))),
    report.clusters.length > 0 && section("Duplicates, and which one stays", report.clusters.map(cluster)),
    section("Settings", table("Settings", ["Setting", "Value"],
      Object.entries(report.settings).map(([name, value]) => [h("code", {}, name), String(value)]))),
    section("Articles", table("Articles", ["Article", "Title", "Published", "Words", "sha256"], report.documents.map(articleRow))),
  ] };
}

/** @param {Doc} doc */
const articleRow = (doc) => [h("a", { href: articleHref(doc) }, bdi(doc.id)), h("bdi", {}, doc.title), dated(doc), grouped(doc.words),
  h("code", { class: "hash" }, doc.sha256)];

/** @param {string} title @param {any} content */
const section = (title, content) => h("section", {}, h("h2", {}, title), content);

function notCompared() {
  const lines = report.skipped.map((one) => h("li", {}, bdi(one.path), `: ${one.reason}`));
  const dropped = report.left_out.map((line) => h("li", {}, line));
  if (!lines.length && !dropped.length) return h("p", { class: "note" }, "Everything given was read, and no limit left anything out.");
  return [lines.length > 0 && [h("h3", {}, `${plural(lines.length, "input")} skipped`), h("ul", {}, lines)],
    dropped.length > 0 && [h("h3", {}, "Left out by limits"), h("ul", {}, dropped)]];
}

/** @param {Report["clusters"][0]} found */
function cluster({ keep, reason, members }) {
  const name = (/** @type {number} */ doc) => bdi(report.documents[doc].id);
  return h("div", { class: "box" }, h("h3", {}, name(keep), " stays", reason && h("span", { class: "quiet" }, `: ${reason}`)),
    h("ul", {}, members.filter(([doc]) => doc !== keep).map(([doc, keeper, why]) =>
      h("li", {}, name(doc), keeper === doc ? " stays too" : [" is dropped for ", name(keeper)], why && `: ${why}`))));
}
