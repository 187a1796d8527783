/** One pair, side by side. The number of a passage is its identity: in both texts, between them, in the list, in the address. */

const STACKED = matchMedia("(max-width: 56rem)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const READING_LINE = 0.3; // share of the frame's height at which one reads

/**
 * What the pair view knows while it is shown: the pair, its sides from left to right, the passage and the change that are
 * current, the side that the reader scrolls, whether columns stand beside each other, and for each side its scroller and
 * where its passages stand in it, in pixels.
 * @typedef {{pair: Pair, sides: [Side, Side], current: number, change: number, driver: Side | null, columns: () => boolean,
 *   gutter?: HTMLElement, scroll: Object<Side, HTMLElement>, places: Object<Side, Map<number, Span>>}} Open
 */
/** @type {any} */
let open = null;
/** How the reader likes it; outlives one pair. */
const liking = { show: "full", together: true, related: false, rail: true };
const COLUMNS = ["full", "only-a", "only-b"];

/** @param {string[]} path stem, and a passage's key or number */
function pairView([name, passage]) {
  const pair = report.pairs.find((one) => stem(one) === name);
  if (!pair) return notFound(words.pair.not_found);
  const columns = () => !STACKED.matches && COLUMNS.includes(liking.show);
  const sides = [pair.left, other(pair.left)];
  open = { pair, sides, current: 0, change: 0, driver: null, columns, scroll: {}, places: { a: new Map(), b: new Map() } };
  const number = passage ? passageNumber(pair, passage) : 0;
  if (number > passagesOf(pair)) liking.related = true;
  const title = fill(words.pair.title, { a: nameIn(pair, "a"), b: nameIn(pair, "b") });
  return { title, content: pairContent(pair), ready: () => pairReady(number, Boolean(passage) && !number), gone: pairGone };
}

/** Passages that are reuse come first; where they are all that is asked for, the rest isn't shown. @param {Pair} pair */
function passagesOf(pair) {
  const reuse = pair.matches.filter((match) => looks.kind.get(match.kind).reuse).length;
  return liking.related || !isReuse(pair) || !reuse ? pair.matches.length : reuse;
}

/** @param {Pair} pair */
function pairContent(pair) {
  return [
    pairHead(pair), pairTools(pair),
    h("div", { class: "bench" }, h("div", { class: "reading" }, pairFrame(pair),
      h("article", { id: "redline", "aria-label": words.redline.title }), h("section", { id: "rows", "aria-label": words.pair.side_by_side })), hasChanges(pair) && changeRail(pair)),
    pairAfter(pair),
  ];
}

/** @param {Pair} pair */
function pairHead(pair) {
  const look = looks.verdict.get(pair.verdict);
  return h("header", { class: "top" },
    h("p", { class: "kicker" }, h("span", { class: `verdict ${look.css}` }, look.says), stateChip(pair)),
    h("h1", { tabindex: "-1" }, told(pair.line)),
    isReuse(pair) && h("dl", { class: "sides-bars" }, open.sides.map((/** @type {Side} */ side) => sideBar(pair, side))),
    h("p", { class: "facts" }, pair.facts.map((fact) => h("span", {}, told(fact)))),
    acceptance(pair), standingLines(pair));
}

/** How much of a side is of which kind, as a bar and in words. @param {Pair} pair @param {Side} side */
function sideBar(pair, side) {
  const at = side === "a" ? 0 : 1;
  return h("div", {}, h("dt", {}, h("span", { class: "tag" }, side), " ", bdi(nameIn(pair, side))), h("dd", {}, kindsBar(pair.bars[at]), h("span", {}, pair.bar_lines[at])));
}

/** A bar of words: word for word, edited, reworded, set aside; what is left is new. @param {number[]} bar */
function kindsBar([all, ...parts]) {
  let at = 0;
  return s("svg", { class: "bar", viewBox: `0 0 ${Math.max(1, all)} 10`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ["k-verbatim", "k-edited", "k-rewritten", "b-aside"].map((css, kind) => {
      const rect = s("rect", { class: css, x: at, y: 0, width: parts[kind], height: 10 });
      at += parts[kind];
      return parts[kind] > 0 && rect;
    }));
}

/** The side that was first, or a: its words are those that are left out. @param {{pair: Pair} | undefined} shown */
const leftOf = (shown) => (shown ? shown.pair.left : "a");

/** What was accepted, by whom and why, and why it is open again. @param {Pair} pair */
function acceptance({ judged }) {
  if (!judged) return "";
  const alone = judged.state === "accepted" && judged.entries.length === 1;
  return h("div", { class: `acceptance ${stateClass(judged)}` },
    h("p", {}, h("strong", {}, judged.line), alone && [": ", told(judged.entries[0])]),
    !alone && h("ul", {}, judged.entries.map((entry) => h("li", {}, told(entry)))));
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

/** @param {string} id @param {string} text @param {string} name @param {() => void} act */
const toolButton = (id, text, name, act) => h("button", { type: "button", id, "aria-label": name, title: name, onclick: act }, text);

/** @param {Pair} pair */
function pairTools(pair) {
  const { pair: texts } = words;
  return h("div", { class: "tools", role: "group", "aria-label": texts.tools },
    viewChoice(pair),
    hasChanges(pair) && stepper("change", words.listed, listOf(pair).length, stepChange),
    pair.matches.length > 0 && stepper("passage", words.passage, passagesOf(pair), step),
    h("div", { class: "small-tools" },
      choice("together", texts.together, liking.together, (on) => { liking.together = on; }),
      hasChanges(pair) && choice("rail", words.listed.show, liking.rail, showRail),
      passagesOf(pair) < pair.matches.length || liking.related ? hasRelated(pair) && choice("related", texts.related, liking.related, showRelated) : "",
      toolButton("swap", texts.swap, texts.swap_sides, swapSides),
      pair.accept && toolButton("accept", ...(report.live ? [texts.decide, texts.decide_chosen] : [texts.accept, texts.accept_chosen]), () => copyCommand()),
      isReuse(pair) && toolButton("evidence", texts.evidence, report.live ? texts.evidence_save : texts.evidence_pack, () => copyEvidence(stem(open.pair))),
      h("span", { class: "ends" }, toolButton("previous-pair", texts.before, texts.previous_pair, () => stepPair(-1)),
        toolButton("next-pair", texts.after, texts.next_pair, () => stepPair(1)))),
    h("div", { id: "command", hidden: true }));
}

/** Whether there is a list of changes: of two reports of one event there need not be one. @param {Pair} pair */
const hasChanges = (pair) => isReuse(pair) || listOf(pair).length > 0;
/** @param {Pair} pair */
const hasRelated = (pair) => isReuse(pair) && pair.matches.some((match) => !looks.kind.get(match.kind).reuse);

/** @param {string} id @param {string} text @param {boolean} on @param {(on: boolean) => void} act */
const choice = (id, text, on, act) => h("label", { class: id === "together" ? "together" : false }, h("input", { type: "checkbox", id, checked: on,
  onchange: (/** @type {any} */ event) => act(event.target.checked) }), ` ${text}`);

/** @param {Pair} pair */
function viewChoice(pair) {
  const { pair: texts } = words;
  const shows = [["full", texts.full], ...(isReuse(pair) ? [["changes", texts.changes], ["redline", texts.redline]] : []),
    ["matches", texts.matches], ...open.sides.map((/** @type {Side} */ side) => [`only-${side}`, fill(texts.only_in, { name: nameIn(pair, side) })])];
  if (!shows.some(([value]) => value === liking.show)) liking.show = "full";
  return h("fieldset", { id: "view" }, h("legend", { class: "vh" }, texts.show), shows.map(([value, text]) => h("label", {},
    h("input", { type: "radio", name: "view", value, checked: value === liking.show, onchange: () => show(value) }), h("span", {}, text))));
}

/** Two buttons, and between them where one is. @param {string} what @param {Object<string, any>} texts @param {number} count @param {(by: number) => void} act */
function stepper(what, texts, count, act) {
  const ids = what === "change" ? ["previous-change", "next-change", "change-place"] : ["previous", "next", "place"];
  return h("div", { class: "stepper" }, toolButton(ids[0], "↑", texts.previous, () => act(-1)),
    h("span", { id: ids[2] }, fill(texts.all, { count })), toolButton(ids[1], "↓", texts.next, () => act(1)));
}

/** @param {boolean} on */
function showRail(on) {
  liking.rail = on;
  $("main").dataset.rail = on && $("changes") ? "on" : "off";
}

/** @param {boolean} on */
function showRelated(on) {
  liking.related = on;
  redraw();
  $("place").textContent = fill(words.passage.all, { count: passagesOf(open.pair) });
}

/** Draws the columns anew, and what is shown in their stead. */
function redraw() {
  $("frame").replaceWith(pairFrame(open.pair));
  open.watch.observe($("frame"));
  show(liking.show);
}

/** @param {number} number @param {boolean} lost whether the address named a passage that is not there */
function pairReady(number, lost) {
  showRail(liking.rail);
  show(liking.show);
  open.watch = new ResizeObserver(resized);
  open.watch.observe($("frame"));
  for (const kind of ["mouseover", "focusin"]) $("main").addEventListener(kind, lightUp);
  if (number) choose(number, null);
  if (lost) say(words.pair.lost_passage);
}

/** Where all stands, anew, unless the frame is as large as when it was measured. */
function resized() {
  const { width, height } = $("frame").getBoundingClientRect();
  if (open.size === `${width} ${height}`) return;
  measure();
  draw();
}

function pairGone() {
  delete $("main").dataset.rail;
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
  for (const node of $("main").querySelectorAll("button.number[aria-current]")) node.removeAttribute("aria-current");
  for (const node of $("main").querySelectorAll(`button[data-passage="${number}"]`)) node.setAttribute("aria-current", "true");
  light(number);
  history.replaceState(null, "", pairHref(pair, number));
  if ($("place")) $("place").textContent = fill(words.pair.place, { number, all: passagesOf(pair) });
  say(fill(words.pair.chosen, { number, all: passagesOf(pair), passage: described(pair, number) }));
  if (!open.columns()) bring(number, from ? other(from) : open.sides[0]);
  else level(number, from);
}

/** Without columns beside each other: to the passage on that side. @param {number} number @param {Side} side */
function bring(number, side) {
  const shown = [...document.querySelectorAll(`.reading button[data-passage="${number}"]`)].filter((one) => one.getClientRects().length);
  const found = shown.find((one) => one.matches(`[data-side="${side}"]`)) || shown[0];
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
  const count = passagesOf(open.pair);
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
  redraw();
  if (open.current) choose(open.current, null);
  say(fill(words.pair.swapped, { name: nameIn(open.pair, open.sides[0]) }));
}

/** @param {string} what full, changes, redline, matches, only-a or only-b */
function show(what) {
  liking.show = what;
  $("main").dataset.show = what;
  $("rows").replaceChildren();
  $("redline").replaceChildren(...(what === "redline" ? [headRow(open.pair), ...redline(open.pair)] : []));
  if (what === "matches") fillRows();
  if (what === "changes") $("rows").replaceChildren(headRow(open.pair), ...hunkRows(open.pair));
  if (open.change) markChange(open.change);
  measure();
  draw();
}
