/** Both texts beside each other: columns that scroll together, the lines between them, and a map of each. */

/** @param {Pair} pair */
function pairFrame(pair) {
  const gutter = h("div", { class: "gutter" }, s("svg", { id: "connectors", "aria-hidden": "true" }),
    pair.matches.slice(0, passagesOf(pair)).map((_, at) => numberButton(pair, at + 1, "gutter")));
  open.gutter = gutter;
  const [left, right] = open.sides;
  return h("div", { class: "frame", id: "frame" }, minimap(left), column(pair, left), gutter, column(pair, right), minimap(right));
}

/** @param {Side} side */
function minimap(side) {
  return s("svg", { id: `minimap-${side}`, class: "minimap", "aria-hidden": "true", onclick: (/** @type {MouseEvent} */ event) => {
    const area = $(`minimap-${side}`).getBoundingClientRect();
    const box = open.scroll[side];
    box.scrollTop = ((event.clientY - area.top) / area.height) * box.scrollHeight - box.clientHeight / 2;
  } });
}

/** @param {Pair} pair @param {Side} side */
function column(pair, side) {
  const doc = docOf(pair, side);
  const matches = pair.matches.slice(0, passagesOf(pair)).map((match, at) => place(pair, match, at + 1, side));
  const scroll = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": fill(words.pair.text, { name: nameIn(pair, side) }) },
    h("div", textAttributes(doc), drawText(doc, matches, { side, marked: markedOn(pair, side), label: (number, first) => numberButton(pair, number, side, first) })));
  const drive = () => { if (open) open.driver = side; };
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) scroll.addEventListener(event, drive, { passive: true });
  scroll.addEventListener("scroll", () => scrolled(side), { passive: true });
  scroll.addEventListener("click", (/** @type {any} */ event) => {
    const passage = event.target.closest(".m");
    if (passage && !STACKED.matches && getSelection()?.isCollapsed) choose(Number(passage.dataset.passage), side);
  });
  open.scroll[side] = scroll;
  return h("article", { class: "side", "data-column": side, "aria-labelledby": `title-${side}` },
    columnHead(pair, side), scroll);
}

/** Where each passage stands in its scroller, in pixels from the top of the text. */
function measure() {
  const { width, height } = $("frame").getBoundingClientRect();
  open.size = `${width} ${height}`;
  for (const side of open.sides) {
    const box = open.scroll[side];
    const zero = box.getBoundingClientRect().top - box.scrollTop;
    open.places[side].clear();
    for (const node of box.querySelectorAll("[data-passage]")) {
      const area = node.getBoundingClientRect();
      const number = Number(node.dataset.passage);
      const known = open.places[side].get(number) || [Infinity, 0];
      open.places[side].set(number, [Math.min(known[0], area.top - zero), Math.max(known[1], area.bottom - zero)]);
    }
    drawMinimap(side, box);
  }
}

/** @param {Side} side @param {HTMLElement} box */
function drawMinimap(side, box) {
  const scale = 1000 / Math.max(1, box.scrollHeight);
  const map = $(`minimap-${side}`);
  map.setAttribute("viewBox", "0 0 10 1000");
  map.setAttribute("preserveAspectRatio", "none");
  map.replaceChildren(...[...open.places[side]].map(([number, [top, bottom]]) => s("rect", {
    class: looks.kind.get(open.pair.matches[number - 1].kind).css, x: 0, width: 10, y: top * scale, height: Math.max(3, (bottom - top) * scale), "data-passage": number,
  })), s("rect", { class: "window", x: 0, width: 10, y: box.scrollTop * scale, height: box.clientHeight * scale }));
}

/** @param {Side} side */
function scrolled(side) {
  if (!open) return;
  if (liking.together && open.driver === side && !STACKED.matches) follow(side);
  if (!open.frame) open.frame = requestAnimationFrame(draw);
}

/** Brings the other side along, passage by passage; what was moved is not followed. @param {Side} side */
function follow(side) {
  const [from, to] = [open.scroll[side], open.scroll[other(side)]];
  const line = from.clientHeight * READING_LINE;
  const at = from.scrollTop + line;
  /** @type {Span[]} */
  const anchors = [[line, line]];
  const kept = [...open.places[side]].filter(([number]) => !open.pair.matches[number - 1].marks.includes("moved"));
  for (const [number, [top, bottom]] of kept.sort((x, y) => x[1][0] - y[1][0])) {
    const there = open.places[other(side)].get(number);
    const last = anchors[anchors.length - 1];
    if (there && top >= last[0] && there[0] >= last[1]) anchors.push([top, there[0]], [bottom, there[1]]);
  }
  anchors.push([from.scrollHeight, to.scrollHeight]);
  const next = anchors.findIndex((anchor) => anchor[0] > at);
  if (next < 1) return;
  const [[x0, y0], [x1, y1]] = [anchors[next - 1], anchors[next]];
  to.scrollTop = y0 + ((at - x0) / Math.max(1, x1 - x0)) * (y1 - y0) - line;
}

/** Draws the connectors, the numbers between the columns, and the windows of the minimaps. */
function draw() {
  if (!open) return;
  open.frame = 0;
  for (const side of open.sides) {
    const box = open.scroll[side];
    const frame = $(`minimap-${side}`).querySelector(".window");
    if (frame) frame.setAttribute("y", String((box.scrollTop * 1000) / Math.max(1, box.scrollHeight)));
  }
  const [width, height] = [open.gutter.clientWidth, open.scroll.a.clientHeight];
  if (!width || STACKED.matches) return;
  const links = open.pair.matches.map((_, at) => linkOf(at + 1, height)).filter(Boolean);
  spread(links, height);
  for (const button of open.gutter.querySelectorAll("button")) {
    const link = links.find((one) => one.number === Number(button.dataset.passage));
    button.hidden = !link;
    if (link) button.style.top = `${link.at}px`;
  }
  $("connectors").replaceChildren(...links.map((link) => connector(link, width)));
}

/** Where a passage meets the edges of the gutter, or null if neither side is in view. @param {number} number @param {number} height @returns {any} */
function linkOf(number, height) {
  const ends = open.sides.map((/** @type {Side} */ side) => {
    const [top, bottom] = (open.places[side].get(number) || [0, 0]).map((y) => y - open.scroll[side].scrollTop);
    const seen = bottom > 8 && top < height - 8;
    const line = seen ? Math.min(Math.max(top + 13, 13), height - 13) : top >= height - 8 ? height + 40 : -40;
    return { top: Math.max(top, -5), bottom: Math.min(bottom, height + 5), line, seen };
  });
  if (!ends[0].seen && !ends[1].seen) return null;
  const middle = (ends[0].line + ends[1].line) / 2;
  return { number, ends, at: Math.min(Math.max(middle, 14), height - 14) };
}

/** Keeps numbers in the gutter from standing on each other. @param {any[]} links @param {number} height */
function spread(links, height) {
  const sorted = [...links].sort((x, y) => x.at - y.at);
  sorted.forEach((link, i) => { if (i) link.at = Math.max(link.at, sorted[i - 1].at + 27); });
  let limit = height - 14;
  for (const link of sorted.reverse()) {
    link.at = Math.min(link.at, limit);
    limit = link.at - 27;
  }
}

/** @param {any} link @param {number} width */
function connector({ number, ends, at }, width) {
  const [left, right] = ends;
  const [middle, bend] = [width / 2, width / 4];
  const bar = (/** @type {any} */ end, /** @type {number} */ x) => (end.seen ? `M${x},${end.top}V${end.bottom}` : "");
  const curve = `M1,${left.line}C${bend},${left.line} ${bend},${at} ${middle},${at}S${width - bend},${right.line} ${width - 1},${right.line}`;
  const { kind, marks } = open.pair.matches[number - 1];
  const classes = [looks.kind.get(kind).css, ...marks.map((/** @type {string} */ mark) => looks.mark.get(mark).text), open.lit === number ? "lit" : ""];
  return s("path", { "data-passage": number, class: classes.filter(Boolean).join(" "), d: bar(left, 1) + bar(right, width - 1) + curve });
}
