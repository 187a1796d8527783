/** One pair, side by side. The number of a passage is its identity: in both texts, between them, in the list, in the address. */

const STACKED = matchMedia("(max-width: 56rem)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const READING_LINE = 0.3; // share of the frame's height at which one reads

/**
 * What the pair view knows while it is shown: the pair, its sides from left to right, the passage that is current, the
 * side that the reader scrolls, and for each side its scroller and where its passages stand in it, in pixels.
 * @typedef {{pair: Pair, sides: [Side, Side], current: number, driver: Side | null, gutter?: HTMLElement,
 *   scroll: Object<Side, HTMLElement>, places: Object<Side, Map<number, Span>>}} Open
 */
/** @type {any} */
let open = null;
/** How the reader likes it; outlives one pair. */
const liking = { show: "full", together: true };

/** @param {string[]} path stem, and a passage's key or number */
function pairView([name, passage]) {
  const pair = report.pairs.find((one) => stem(one) === name);
  if (!pair) return notFound(words.pair.not_found);
  open = { pair, sides: pair.first === "b" ? ["b", "a"] : ["a", "b"], current: 0, driver: null, scroll: {}, places: { a: new Map(), b: new Map() } };
  const number = passage ? passageNumber(pair, passage) : 0;
  const title = fill(words.pair.title, { a: nameIn(pair, "a"), b: nameIn(pair, "b") });
  return { title, content: pairContent(pair), ready: () => pairReady(number, Boolean(passage) && !number), gone: pairGone };
}

/** @param {Pair} pair */
function pairContent(pair) {
  return [
    pairHead(pair), pairTools(pair), pairFrame(pair),
    h("section", { id: "rows", "aria-label": words.pair.side_by_side }),
    pairAfter(pair),
  ];
}

/** @param {Pair} pair */
function pairHead(pair) {
  return h("header", { class: "top" },
    h("p", { class: "kicker" }, badge(pair.verdict), ` ${looks.verdict.get(pair.verdict).means}`, stateChip(pair)),
    h("h1", { tabindex: "-1" }, sentence(pair)),
    h("p", { class: "facts" }, [...pair.passages, pair.apart].filter(Boolean).map((fact) => h("span", {}, fact))),
    pair.lineage.length > 0 && h("ul", { class: "plain" }, pair.lineage.map((line) => h("li", {}, h("bdi", {}, line)))),
    acceptance(pair), driftList(pair), unsureList(pair));
}

/** The side that was first, or a: its words are those that are left out. @param {{pair: Pair} | undefined} shown */
const leftOf = (shown) => (shown && shown.pair.first === "b" ? "b" : "a");

/** What was accepted, by whom and why, and why it is open again. @param {Pair} pair */
function acceptance({ judged }) {
  if (!judged) return "";
  const alone = judged.state === "accepted" && judged.entries.length === 1;
  return h("div", { class: `acceptance ${stateClass(judged)}` },
    h("p", {}, h("strong", {}, judged.line), alone && [": ", told(judged.entries[0])]),
    !alone && h("ul", {}, judged.entries.map((entry) => h("li", {}, told(entry)))));
}

/** Facts that differ, first of all. @param {Pair} pair */
function driftList(pair) {
  const found = pair.matches.flatMap((match, at) => match.drifts.map((one) => ({ number: at + 1, said: one[0] })));
  if (!found.length) return "";
  return h("div", { class: "drifts" },
    h("h2", {}, fill(words.pair.facts_changed, { count: found.length })),
    factList(pair, found));
}

/** Facts that only may differ, for whoever asked for them. @param {Pair} pair */
function unsureList(pair) {
  const found = pair.matches.flatMap((match, at) => (match.unsure || []).map((one) => ({ number: at + 1, said: one[0] })));
  if (!found.length) return "";
  return h("details", {}, h("summary", {}, fill(words.pair.facts_unsure, { count: found.length })), factList(pair, found));
}

/** @param {Pair} pair @param {{number: number, said: string}[]} facts */
const factList = (pair, facts) => h("ul", { class: "plain" },
  facts.map(({ number, said }) => h("li", {}, numberButton(pair, number, "list"), " ", said)));

/** @param {Pair} pair @param {number} number */
function described(pair, number) {
  const match = pair.matches[number - 1];
  const marks = match.marks.map((mark) => looks.mark.get(mark)).filter(({ told }) => !told).map(({ label }) => label);
  const alike = fill(words.passage.alike, { share: match.alike });
  return [looks.kind.get(match.kind).label, alike, ...marks, ...match.drifts.map(([fact]) => factChanged(fact))].join(", ");
}

/** A passage's number, which goes there. @param {Pair} pair @param {number} number @param {string} where a side, "gutter" or "list" */
function numberButton(pair, number, where, first = true) {
  const title = described(pair, number);
  return h("button", {
    type: "button", class: `number${first ? "" : " on"}`, "data-passage": number, "data-side": where,
    "aria-label": fill(words.passage[first ? "number" : "continued"], { number, passage: title }),
    title, tabindex: where === "gutter" || !first ? "-1" : false,
    onclick: () => choose(number, where === "a" || where === "b" ? where : null),
  }, String(number));
}

/** @param {Pair} pair */
function pairTools(pair) {
  const button = (/** @type {string} */ id, /** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ act) =>
    h("button", { type: "button", id, "aria-label": name, title: name, onclick: act }, text);
  const { pair: texts } = words;
  const shows = [["full", texts.full], ["matches", texts.matches], ["only-a", texts.only_a], ["only-b", texts.only_b]];
  return h("div", { class: "tools", role: "group", "aria-label": texts.tools },
    pair.matches.length > 0 && h("div", { class: "stepper" }, button("previous", "↑", texts.previous, () => step(-1)),
      h("span", { id: "place" }, fill(texts.passages, { count: pair.matches.length })), button("next", "↓", texts.next, () => step(1))),
    h("fieldset", { id: "view" }, h("legend", { class: "vh" }, texts.show), shows.map(([value, text]) => h("label", {},
      h("input", { type: "radio", name: "view", value, checked: value === liking.show, onchange: () => show(value) }), h("span", {}, text)))),
    h("label", { class: "together" }, h("input", { type: "checkbox", id: "together", checked: liking.together,
      onchange: (/** @type {any} */ event) => { liking.together = event.target.checked; } }), ` ${texts.together}`),
    button("swap", texts.swap, texts.swap_sides, swapSides),
    pair.accept && button("accept", texts.accept, texts.accept_chosen, () => copyCommand()),
    h("div", { class: "stepper ends" }, button("previous-pair", texts.before, texts.previous_pair, () => stepPair(-1)),
      button("next-pair", texts.after, texts.next_pair, () => stepPair(1))),
    h("div", { id: "command", hidden: true }));
}

/** @param {Pair} pair */
function pairFrame(pair) {
  const gutter = h("div", { class: "gutter" }, s("svg", { id: "connectors", "aria-hidden": "true" }),
    pair.matches.map((_, at) => numberButton(pair, at + 1, "gutter")));
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
  const matches = pair.matches.map((match, at) => place(pair, match, at + 1, side));
  const scroll = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": fill(words.pair.text, { name: nameIn(pair, side) }) },
    h("div", textAttributes(doc), drawText(doc, matches, { side, label: (number, first) => numberButton(pair, number, side, first) })));
  const drive = () => { if (open) open.driver = side; };
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) scroll.addEventListener(event, drive, { passive: true });
  scroll.addEventListener("scroll", () => scrolled(side), { passive: true });
  scroll.addEventListener("click", (/** @type {any} */ event) => {
    const passage = event.target.closest(".m");
    if (passage && !STACKED.matches && getSelection()?.isCollapsed) choose(Number(passage.dataset.passage), side);
  });
  open.scroll[side] = scroll;
  return h("article", { class: "side", "data-column": side, "aria-labelledby": `title-${side}` },
    h("header", {},
      h("h2", { id: `title-${side}` }, h("span", { class: "tag" }, side), " ", h("a", { href: articleHref(doc) }, h("bdi", {}, doc.called))),
      h("p", { class: "meta" }, bdi(doc.id), aboutOf(doc))), scroll);
}

/** @param {number} number @param {boolean} lost whether the address named a passage that is not there */
function pairReady(number, lost) {
  show(liking.show);
  open.watch = new ResizeObserver(() => { measure(); draw(); });
  open.watch.observe($("frame"));
  for (const kind of ["mouseover", "focusin"]) $("main").addEventListener(kind, lightUp);
  if (number) choose(number, null);
  if (lost) say(words.pair.lost_passage);
}

function pairGone() {
  front.last = open.pair;
  open.watch.disconnect();
  for (const kind of ["mouseover", "focusin"]) $("main").removeEventListener(kind, lightUp);
  open = null;
}

/** Lights up a passage everywhere while a pointer or the focus is on it. @param {any} event */
function lightUp(event) {
  const found = event.target.closest("[data-passage]");
  light(found ? Number(found.dataset.passage) : open.current);
}

/** @param {number} number */
function light(number) {
  if (open.lit === number) return;
  open.lit = number;
  for (const node of $("main").querySelectorAll(".lit")) node.classList.remove("lit");
  if (number) for (const node of $("main").querySelectorAll(`[data-passage="${number}"]`)) node.classList.add("lit");
}

/** Makes a passage the current one, and brings its sides level. @param {number} number @param {Side | null} from where it was chosen */
function choose(number, from) {
  const { pair } = open;
  open.current = number;
  $("command").hidden = true;
  for (const node of $("main").querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  for (const node of $("main").querySelectorAll(`button[data-passage="${number}"]`)) node.setAttribute("aria-current", "true");
  light(number);
  history.replaceState(null, "", pairHref(pair, number));
  if ($("place")) $("place").textContent = fill(words.pair.place, { number, all: pair.matches.length });
  say(fill(words.pair.chosen, { number, all: pair.matches.length, passage: described(pair, number) }));
  if (STACKED.matches || liking.show === "matches") bring(number, from ? other(from) : open.sides[0]);
  else level(number, from);
}

/** Without columns beside each other: to the passage on that side. @param {number} number @param {Side} side */
function bring(number, side) {
  const found = [...document.querySelectorAll(`button[data-passage="${number}"][data-side="${side}"]`)].find((one) => one.getClientRects().length);
  if (!(found instanceof HTMLElement)) return;
  found.scrollIntoView({ block: "center", behavior: CALM.matches ? "auto" : "smooth" });
  found.focus({ preventScroll: true });
}

/** Scrolls so that both sides of a passage stand level: the other side where one was chosen, else both. @param {number} number @param {Side | null} from */
function level(number, from) {
  const behavior = CALM.matches ? "auto" : "smooth";
  const only = liking.show.startsWith("only") && liking.show.slice(-1);
  if (only) return open.scroll[only].scrollTo({ top: open.places[only].get(number)[0] - 40, behavior });
  const [x, y] = from ? [from, other(from)] : open.sides;
  const [box, beside] = [open.scroll[x], open.scroll[y]];
  const [top, topBeside] = [open.places[x].get(number)[0], open.places[y].get(number)[0]];
  const most = (/** @type {Element} */ one) => Math.max(0, one.scrollHeight - one.clientHeight);
  let at = from ? top - box.scrollTop : box.clientHeight * READING_LINE;
  at = Math.min(at, top, topBeside);
  at = Math.max(at, top - most(box), topBeside - most(beside));
  open.driver = null;
  box.scrollTo({ top: top - at, behavior });
  return beside.scrollTo({ top: topBeside - at, behavior });
}

/** @param {number} by */
function step(by) {
  const count = open.pair.matches.length;
  if (!count) return say(words.pair.no_passage);
  const next = open.current ? open.current + by : by > 0 ? 1 : count;
  if (next < 1 || next > count) return say(by > 0 ? words.pair.last_passage : words.pair.first_passage);
  const button = document.activeElement;
  choose(next, null);
  if (button && (button.id === "next" || button.id === "previous")) return;
  const found = document.querySelector(`.side button[data-passage="${next}"][data-side="${open.sides[0]}"]`);
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}

/** @param {number} by */
function stepPair(by) {
  const shown = shownPairs();
  const pairs = shown.includes(open.pair) ? shown : report.pairs;
  const next = pairs[pairs.indexOf(open.pair) + by];
  if (next) location.hash = pairHref(next);
  else say(by > 0 ? words.pair.last_pair : words.pair.first_pair);
}

function swapSides() {
  open.sides = [open.sides[1], open.sides[0]];
  $("frame").replaceWith(pairFrame(open.pair));
  open.watch.observe($("frame"));
  show(liking.show);
  if (open.current) choose(open.current, null);
  say(fill(words.pair.swapped, { name: nameIn(open.pair, open.sides[0]) }));
}

/** @param {string} what full, matches, only-a or only-b */
function show(what) {
  liking.show = what;
  $("main").dataset.show = what;
  $("rows").replaceChildren();
  if (what === "matches") fillRows();
  measure();
  draw();
}

/** Where each passage stands in its scroller, in pixels from the top of the text. */
function measure() {
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

/** Passages, one a row: for the view of matches only, and for paper. */
function fillRows() {
  const { pair } = open;
  const cell = (/** @type {Side} */ side, /** @type {Match} */ match, /** @type {number} */ number) => {
    const doc = docOf(pair, side);
    const [start, stop] = unitSpan(doc, ...match[side]);
    const cut = { ...doc, text: doc.text.slice(0, stop), body: match[side][0], paragraphs: doc.paragraphs.filter(([at]) => at > match[side][0]) };
    return h("div", { ...textAttributes(doc), "data-start": start }, drawText(cut, [place(pair, match, number, side)],
      { side, label: (label, first) => numberButton(pair, label, side, first) }));
  };
  const head = (/** @type {Side} */ side) => h("h2", {}, h("span", { class: "tag" }, side), " ", h("bdi", {}, docOf(pair, side).called));
  const rows = pair.matches.map((match, at) => h("div", { class: `row ${looks.kind.get(match.kind).css}` }, h("p", { class: "row-head" }, passageFacts(match)),
    open.sides.map((/** @type {Side} */ side) => cell(side, match, at + 1))));
  $("rows").replaceChildren(h("div", { class: "row" }, open.sides.map(head)),
    ...(rows.length ? rows : [h("p", { class: "note" }, words.pair.none_found)]));
}

/** Kind, likeness and marks. @param {Match} match */
function passageFacts({ kind, alike, marks, drifts: facts, speaker }) {
  return [kindMark(kind), ` ${fill(words.passage.alike, { share: alike })} `, marks.map((mark) => [chip(mark), " "]),
    facts.map(([fact]) => h("span", { class: "changed" }, fact)), speaker ? h("span", {}, quoted(speaker)) : ""];
}

/** @param {string} speaker */
const quoted = (speaker) => pieces(words.passage.quoted, { speaker: bdi(speaker) });
