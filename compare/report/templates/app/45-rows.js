/** Passages, one a row: for the view of matches only, and for paper. */

function fillRows() {
  const { pair } = open;
  const cell = (/** @type {Side} */ side, /** @type {Match} */ match, /** @type {number} */ number) => {
    const doc = docOf(pair, side);
    const [start, stop] = unitSpan(doc, ...match[side]);
    const cut = { ...doc, text: doc.text.slice(0, stop), body: match[side][0], paragraphs: doc.paragraphs.filter(([at]) => at > match[side][0]) };
    const marked = markedOn(pair, side).filter((one) => one.start >= start && one.stop <= stop);
    return h("div", { ...textAttributes(doc), "data-start": start }, drawText(cut, [place(pair, match, number, side)],
      { side, marked, label: (label, first) => numberButton(pair, label, side, first) }));
  };
  const rows = pair.matches.slice(0, passagesOf(pair)).map((match, at) => h("div", { class: `row ${looks.kind.get(match.kind).css}` }, h("p", { class: "row-head" }, passageFacts(match)),
    open.sides.map((/** @type {Side} */ side) => cell(side, match, at + 1))));
  $("rows").replaceChildren(headRow(pair), ...(rows.length ? rows : [h("p", { class: "note" }, words.pair.none_found)]));
}

/** Above the rows, what stands at the head of the columns. @param {Pair} pair */
const headRow = (pair) => h("div", { class: "row heads" }, open.sides.map((/** @type {Side} */ side) => columnHead(pair, side, false)));

/** Kind, likeness and marks. @param {Match} match */
function passageFacts({ kind, alike, marks, drifts: facts, speaker }) {
  return [kindMark(kind), ` ${fill(words.passage.alike, { share: alike })} `, marks.map((mark) => [chip(mark), " "]),
    facts.map(([fact]) => h("span", { class: "changed" }, fact)), speaker ? h("span", {}, quoted(speaker)) : ""];
}

/** @param {string} speaker */
const quoted = (speaker) => pieces(words.passage.quoted, { speaker: bdi(speaker) });
