/** All pairs at once: the matrix in the order of stories, and the graph with names. */

/** Articles that share something, in the order of the matrix. */
const related = () => report.order.filter((doc) => pairsOf.has(doc));

/** What the matrix and the graph do not show. */
function leftOut() {
  const alone = report.documents.length - pairsOf.size;
  return alone ? ` ${fill(words.matrix.left_out, { count: alone })}` : "";
}

/** A picture of all pairs, with what it shows above it and how to read it below. @param {Object<string, string>} texts @param {Element} picture */
function overview(texts, picture) {
  return [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, texts.title), h("p", { class: "lead" }, texts.lead, leftOut())),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": texts.region }, picture),
    h("p", { class: "legend-line" }, texts.legend),
  ];
}

function matrixView() {
  return { title: words.matrix.title, content: overview(words.matrix, matrix(related())) };
}

/** @param {number[]} docs */
function matrix(docs) {
  const [cell, left, top] = [docs.length > 60 ? 12 : 24, 190, docs.length > 60 ? 10 : 40];
  const place = new Map(docs.map((doc, at) => [doc, at]));
  const size = docs.length * cell;
  const linked = report.pairs.length <= 1500; // more links than that slow the page, and nobody tabs through them
  const name = (/** @type {number} */ doc) => report.documents[doc].name.replace(/^(.{25}).{2,}$/u, (_, start) => fill(words.matrix.cut, { start }));
  const square = (/** @type {Pair} */ pair, /** @type {number} */ row, /** @type {number} */ column) => {
    const share = reusedOf(pair, row);
    const said = fill(words.matrix.square, { share: shareOf(pair, row), row: report.documents[row].name, column: report.documents[column].name,
      verdict: looks.verdict.get(pair.verdict).label });
    const drawn = s("rect", {
      class: isReuse(pair) ? "cell" : "cell story-cell", x: left + place.get(column) * cell + 1, y: top + place.get(row) * cell + 1,
      width: cell - 2, height: cell - 2, "fill-opacity": isReuse(pair) ? Math.max(0.12, share).toFixed(2) : "0.06",
      onclick: !linked && (() => { location.hash = pairHref(pair); }),
    }, !linked && s("title", {}, said));
    return linked ? s("a", { href: pairHref(pair), "aria-label": said }, s("title", {}, said), drawn) : drawn;
  };
  return s("svg", { class: "matrix", width: left + size + 2, height: top + size + 2, role: linked ? "group" : "img", "aria-label": words.matrix.label },
    s("rect", { class: "field", x: left, y: top, width: size, height: size }),
    docs.map((doc, at) => [s("text", { x: left - 8, y: top + at * cell + cell * 0.7, "text-anchor": "end" }, name(doc)),
      s("text", { class: "ordinal", x: left - 2 + (at + 0.5) * cell, y: top - 8, "text-anchor": "middle" }, cell > 20 ? String(at + 1) : ""),
      s("rect", { class: "self", x: left + at * cell + 1, y: top + at * cell + 1, width: cell - 2, height: cell - 2 })]),
    report.pairs.flatMap((pair) => [square(pair, pair.a, pair.b), square(pair, pair.b, pair.a)]));
}

function graphView() {
  return { title: words.graph.title, content: overview(words.graph, graph()) };
}

function graph() {
  const { width, height, nodes } = report.graph;
  return s("svg", { class: "graph", viewBox: `-60 -20 ${width + 120} ${height + 40}`, role: "group", "aria-label": words.graph.label },
    s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
      markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, s("path", { class: "head", d: "M0,1L10,5L0,9z" }))),
    report.pairs.map(edge),
    [...pairsOf.keys()].map((doc) => s("a", { href: articleHref(report.documents[doc]) }, s("title", {}, report.documents[doc].called),
      s("circle", { cx: nodes[doc][0], cy: nodes[doc][1], r: 6 }), s("text", namePlace(doc), report.documents[doc].name))));
}

/** Where a node's name stands: on the outer side of its story. @param {number} doc */
function namePlace(doc) {
  const { nodes } = report.graph;
  const [x, y] = nodes[doc];
  const story = report.stories[storyOf.get(doc) ?? -1] || [doc];
  const [cx, cy] = [0, 1].map((axis) => story.reduce((sum, one) => sum + nodes[one][axis], 0) / story.length);
  if (story.length > 2 && Math.abs(x - cx) < 12) return { x, y: y < cy ? y - 12 : y + 21, "text-anchor": "middle" };
  return x < cx - 1 ? { x: x - 11, y: y + 4, "text-anchor": "end" } : { x: x + 11, y: y + 4 };
}

/** @param {Pair} pair */
function edge(pair) {
  const [from, to] = (pair.later === "a" ? [pair.b, pair.a] : [pair.a, pair.b]).map((doc) => report.graph.nodes[doc]);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [x, y] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  return s("line", { class: isReuse(pair) ? "edge" : "edge story-edge", x1: from[0] + x * 7, y1: from[1] + y * 7, x2: to[0] - x * 9, y2: to[1] - y * 9,
    "stroke-width": (1 + highest(pair) * 2).toFixed(1), "marker-end": pair.later !== "" && "url(#arrow)" });
}
