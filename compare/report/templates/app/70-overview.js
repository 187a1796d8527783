/** All pairs at once: the matrix in the order of stories, and the graph with names. */

/** Articles that share something, in the order of the matrix. */
const related = () => report.order.filter((doc) => pairsOf.has(doc));

/** What the matrix and the graph do not show. */
function leftOut() {
  const alone = report.documents.length - pairsOf.size;
  if (!alone) return "";
  return alone === 1 ? "One article that shares nothing is left out." : `${grouped(alone)} articles that share nothing are left out.`;
}

function matrixView() {
  const docs = related();
  return { title: "Matrix", content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, "Matrix"),
      h("p", { class: "lead" }, "A row is an article, a column another; the darker their square, the more of the row’s article stands in the column’s. ", leftOut())),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Matrix of articles" }, matrix(docs)),
    h("p", { class: "legend-line" }, "A dashed square is a same-story pair.")] };
}

/** @param {number[]} docs */
function matrix(docs) {
  const [cell, left, top] = [docs.length > 60 ? 12 : 24, 190, docs.length > 60 ? 10 : 40];
  const place = new Map(docs.map((doc, at) => [doc, at]));
  const size = docs.length * cell;
  const linked = report.pairs.length <= 1500; // more links than that slow the page, and nobody tabs through them
  const name = (/** @type {number} */ doc) => nameOf(report.documents[doc]).replace(/^(.{25}).{2,}$/u, "$1…");
  const square = (/** @type {Pair} */ pair, /** @type {number} */ row, /** @type {number} */ column) => {
    const share = reusedOf(pair, row);
    const said = `${percent(share)} of ${nameOf(report.documents[row])} is in ${nameOf(report.documents[column])}; ${pair.verdict}`;
    const drawn = s("rect", {
      class: `cell${REUSE.has(pair.verdict) ? "" : " story-cell"}`, x: left + place.get(column) * cell + 1, y: top + place.get(row) * cell + 1,
      width: cell - 2, height: cell - 2, "fill-opacity": REUSE.has(pair.verdict) ? Math.max(0.12, share).toFixed(2) : "0.06",
      onclick: !linked && (() => { location.hash = pairHref(pair); }),
    }, !linked && s("title", {}, said));
    return linked ? s("a", { href: pairHref(pair), "aria-label": said }, s("title", {}, said), drawn) : drawn;
  };
  return s("svg", { class: "matrix", width: left + size + 2, height: top + size + 2, role: linked ? "group" : "img", "aria-label": "Pairs of articles" },
    s("rect", { class: "field", x: left, y: top, width: size, height: size }),
    docs.map((doc, at) => [s("text", { x: left - 8, y: top + at * cell + cell * 0.7, "text-anchor": "end" }, name(doc)),
      s("text", { class: "ordinal", x: left - 2 + (at + 0.5) * cell, y: top - 8, "text-anchor": "middle" }, cell > 20 ? String(at + 1) : ""),
      s("rect", { class: "self", x: left + at * cell + 1, y: top + at * cell + 1, width: cell - 2, height: cell - 2 })]),
    report.pairs.flatMap((pair) => [square(pair, pair.a, pair.b), square(pair, pair.b, pair.a)]));
}

function graphView() {
  return { title: "Graph", content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, "Graph"),
      h("p", { class: "lead" }, "A line joins articles that share words; an arrow goes from the earlier date to the later. ", leftOut())),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Graph of articles" }, graph()),
    h("p", { class: "legend-line" }, "The thicker a line, the more is reused; a dashed line is a same-story pair. An arrow says which date is earlier, not who copied.")] };
}

function graph() {
  const { width, height, nodes } = report.graph;
  return s("svg", { class: "graph", viewBox: `-60 -20 ${width + 120} ${height + 40}`, role: "group", "aria-label": "Articles and what joins them" },
    s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
      markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, s("path", { class: "head", d: "M0,1L10,5L0,9z" }))),
    report.pairs.map(edge),
    [...pairsOf.keys()].map((doc) => s("a", { href: articleHref(report.documents[doc]) }, s("title", {}, titleOf(report.documents[doc])),
      s("circle", { cx: nodes[doc][0], cy: nodes[doc][1], r: 6 }), s("text", namePlace(doc), nameOf(report.documents[doc])))));
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
  const [a, b] = [docOf(pair, "a"), docOf(pair, "b")];
  const [dayA, dayB] = [a.published.slice(0, 10), b.published.slice(0, 10)];
  const apart = dayA && dayB && dayA !== dayB;
  const later = apart ? (dayA < dayB ? pair.b : pair.a) : -1;
  const [from, to] = (later === pair.a ? [pair.b, pair.a] : [pair.a, pair.b]).map((doc) => report.graph.nodes[doc]);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [x, y] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  return s("line", { class: REUSE.has(pair.verdict) ? "edge" : "edge story-edge", x1: from[0] + x * 7, y1: from[1] + y * 7, x2: to[0] - x * 9, y2: to[1] - y * 9,
    "stroke-width": (1 + highest(pair) * 2).toFixed(1), "marker-end": later >= 0 && "url(#arrow)" });
}
