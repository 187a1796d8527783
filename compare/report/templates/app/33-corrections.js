/** What a house corrected in its own text, and which versions of the story still have the old words. */

/** @param {Family} family */
const correctionsOf = (family) => family.revisions.length > 0 && section(words.corrections.title,
  [h("p", { class: "note" }, words.corrections.note), family.revisions.map((revision) => revisionBox(revision, family, true))]);

/** Whether a version still has old words. @param {Revision} revision */
const isStillHeld = (revision) => revision.corrections.some((one) => one.still.length > 0);

/** Of the story that a pair belongs to, what was corrected between its two texts. @param {Pair} pair */
function correctionsBetween(pair) {
  const number = report.pairs.indexOf(pair);
  const family = report.families.find((one) => one.revisions.some((revision) => revision.pair === number));
  const found = family && family.revisions.find((revision) => revision.pair === number);
  return family && found && h("section", { id: "corrections" }, h("h2", {}, words.corrections.title),
    h("p", { class: "note" }, words.corrections.note), revisionBox(found, family, false));
}

/** @param {Revision} revision @param {Family} family @param {boolean} linked to the pair */
function revisionBox(revision, family, linked) {
  const { corrections: texts } = words;
  return h("div", { class: "revision" },
    h("p", { class: "said" }, told(revision.line), linked && revision.pair >= 0 && [" · ", h("a", { href: pairHref(report.pairs[revision.pair]) }, texts.here)]),
    h("ol", { class: "plain" }, revision.corrections.map((one) => h("li", { class: "correction" }, corrected(one, revision),
      holders(texts.still, one.still, revision.old, one.old, family), holders(texts.already, one.already, revision.new, one.new, family)))));
}

/** What was corrected, and both sentences. @param {Correction} one @param {Revision} revision */
function corrected(one, revision) {
  const { corrections: texts } = words;
  const sides = [[report.documents[revision.old], one.old, one.differs[0], "del"], [report.documents[revision.new], one.new, one.differs[1], "ins"]].filter(([, span]) => !isEmpty(span));
  const label = sides.length > 1 ? texts.other_words : sides.length && sides[0][3] === "del" ? texts.left_out : texts.put_in;
  return [
    one.changes.length ? one.changes.map(([what, said]) => h("p", { class: "what-changed" }, `${what}: `, told(said))) : h("p", { class: "what-changed" }, label),
    sides.map(([doc, span, differs, tag]) => h("blockquote", langOf(doc), sentenceWith(doc, span, differs, tag))),
  ];
}

/** A sentence whose words that differ are in elements of their own. @param {Doc} doc @param {Span} span @param {Span[]} differs @param {string} tag */
function sentenceWith(doc, [start, stop], differs, tag) {
  let at = start;
  const parts = differs.flatMap(([from, to]) => {
    const before = textIn(doc, [at, from]);
    at = to;
    return [before, h(tag, {}, textIn(doc, [from, to]))];
  });
  return [parts, textIn(doc, [at, stop])];
}

/**
 * Who has the words of a version, each with its sentence where it is another one.
 * @param {string} label @param {[number, number, number][]} carriers @param {number} beside the version @param {Span} span its sentence @param {Family} family
 */
function holders(label, carriers, beside, span, family) {
  const sentence = textIn(report.documents[beside], span);
  return carriers.length > 0 && h("div", { class: "carriers" }, h("p", {}, label), h("ul", { class: "plain" }, carriers.map(([doc, start, stop]) => {
    const version = family.versions.find((one) => one.document === doc);
    const pair = (pairsOf.get(doc) || []).find((one) => one.a === beside || one.b === beside);
    const day = version && version.day;
    const found = textIn(report.documents[doc], [start, stop]);
    const held = start === stop ? words.corrections.headline : found !== sentence && h("q", langOf(report.documents[doc]), found);
    return h("li", {}, h("a", { href: pair ? pairHref(pair) : articleHref(report.documents[doc]) }, bdi(version ? version.called : report.documents[doc].called)),
      day && h("span", { class: "quiet" }, ` · ${day}`), held && [": ", held]);
  })));
}
