/** The front page: one card a story, what needs a look first. */

const PAGE = 20; // cards that are drawn at a time
const VERSIONS = 4; // versions on a card, and changes of a version
const CHANGES = 3;
/** What the reader asked for; outlives a visit to a story. */
const front = { search: "", sort: "look", outlet: "", agency: "", relation: "", change: "", accepted: false, most: PAGE,
  /** @type {Family[]} */ found: [], /** Where the reader comes back from. @type {Pair | null} */ last: null };
/** Orders of the stories, each with its words in `by_…`; the data stand in the first. @type {Object<string, (x: Family, y: Family) => number>} */
const SORTS = {
  look: (x, y) => y.look - x.look,
  size: (x, y) => y.versions.length - x.versions.length,
  newest: (x, y) => compareText(newest(y), newest(x)),
  outlet: (x, y) => compareText(outletOf(x), outletOf(y)),
};
/** @param {string} one @param {string} other */
const compareText = (one, other) => (one < other ? -1 : Number(one > other));
/** @param {Family} family */
const newest = (family) => family.versions.map((version) => report.documents[version.document].published).sort().pop() || "";
/** @param {Family} family */
const outletOf = (family) => report.documents[family.base].source || "\uffff";
/** @param {Family} family */
const outletsOf = (family) => family.versions.map((version) => report.documents[version.document].source).filter(Boolean);
/** @param {Family} family */
const changeKinds = (family) => family.versions.flatMap((version) => version.changes.map(([kind]) => kind));
/** What the search looks in. @type {WeakMap<Family, string>} */
const searched = new WeakMap();
/** @param {Doc} doc */
const searchable = (doc) => [doc.id, doc.title, doc.author, doc.source, doc.published].join(" ");

function frontView() {
  return { title: words.front.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, words.front.title), h("p", { class: "lead", id: "sentence" }, summed()),
      report.hint && h("p", { class: "note" }, report.hint)),
    report.families.length > 0 && frontTools(),
    h("section", { "aria-labelledby": "look" }, h("h2", { id: "look" }, words.front.list), report.families.length > 0 && barLegend(),
      h("div", { id: "stories" })),
    h("section", { id: "alone", hidden: true }),
  ], ready: () => { fillStories(); comeBack(); } };
}

/** The whole result in a sentence or two. */
function summed() {
  const { front: texts } = words;
  const wanted = report.families.filter((family) => family.needed).length;
  const settled = report.families.filter((family) => !family.open).length;
  const rest = report.families.length - wanted - settled;
  const first = wanted ? fill(texts.needed, { count: wanted }) : texts.nothing_needed;
  const more = [fill(texts.read, { count: report.documents.length }), fill(texts.alone, { count: report.alone })];
  const events = report.events.length > 0 && [" · ", h("a", { href: "#/events" }, fill(texts.events, { count: report.events.length }))];
  const skipped = report.skipped.length > 0 && [" · ", h("a", { href: "#/method" }, fill(texts.skipped, { count: report.skipped.length }))];
  return [h("strong", {}, first), settled ? fill(texts.accepted, { count: settled }) : "", rest ? fill(texts.rest, { count: rest }) : "", ". ",
    h("span", { class: "quiet" }, more.join(" · "), events, skipped)];
}

/** What the words of a version are of another's, in the order of its bar, each with its class. */
const BARS = new Map([["verbatim", "b-verbatim"], ["edited", "b-edited"], ["reworded", "b-reworded"], ["aside", "b-aside"], ["new", "b-new"]]);

function barLegend() {
  return h("p", { class: "legend-line" }, words.front.legend, " ", [...BARS].map(([name, css]) => [h("span", { class: "swatch" }, s("svg", { width: 18, height: 10, "aria-hidden": "true" }, s("rect", { class: css, width: 18, height: 10 }))), ` ${words.front[name]} `]));
}

function frontTools() {
  const { front: texts } = words;
  const again = () => { front.most = PAGE; fillStories(); };
  const changed = (/** @type {(value: string) => void} */ set) => (/** @type {any} */ event) => { set(event.target.value); again(); };
  return h("div", { class: "filters", role: "search", "aria-label": texts.filters },
    h("label", {}, h("span", {}, texts.search), h("input", { id: "search", type: "search", value: front.search, autocomplete: "off",
      placeholder: texts.searched, oninput: changed((value) => { front.search = value; }) })),
    h("label", {}, h("span", {}, texts.order), h("select", { id: "sort", onchange: changed((value) => { front.sort = value; }) },
      Object.keys(SORTS).map((value) => h("option", { value, selected: value === front.sort }, texts[`by_${value}`])))),
    facet("outlet", outletsOf), facet("agency", (family) => family.agencies), facet("relation", (family) => family.relations),
    facet("change", changeKinds, (kind) => looks.change.get(kind).label),
    report.families.some((family) => !family.open) && h("label", { class: "check" },
      h("input", { type: "checkbox", id: "accepted", checked: front.accepted, onchange: (/** @type {any} */ event) => { front.accepted = event.target.checked; again(); } }),
      ` ${texts.show_accepted}`),
    h("output", { id: "count" }));
}

/** A list of what stories have, to choose one; none where nothing is to be chosen. @param {"outlet" | "agency" | "relation" | "change"} name
 * @param {(family: Family) => string[]} of @param {(value: string) => string} [label] */
function facet(name, of, label = (value) => value) {
  const times = new Map();
  for (const family of report.families) for (const value of new Set(of(family))) times.set(value, (times.get(value) || 0) + 1);
  if (times.size < 2) return null;
  const options = [...times].sort((x, y) => compareText(label(x[0]), label(y[0])));
  return h("label", {}, h("span", {}, words.front[name]), h("select", { id: name, onchange: (/** @type {any} */ event) => {
    front[name] = event.target.value;
    front.most = PAGE;
    fillStories();
  } }, h("option", { value: "" }, words.front.any), options.map(([value, count]) => h("option", { value, selected: value === front[name] }, `${label(value)} (${number(count)})`))));
}

/** Whether all words that are searched for stand in a text. @param {string} text */
const holdsSearch = (text) => front.search.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));

/** @param {Family} family */
function isWanted(family) {
  if (!family.open && !front.accepted) return false;
  if (front.outlet && !outletsOf(family).includes(front.outlet)) return false;
  if (front.agency && !family.agencies.includes(front.agency)) return false;
  if (front.relation && !family.relations.includes(front.relation)) return false;
  if (front.change && !changeKinds(family).includes(front.change)) return false;
  if (!front.search.trim()) return true;
  if (!searched.has(family)) {
    searched.set(family, family.versions.map((version) => searchable(report.documents[version.document])).join(" ").toLocaleLowerCase());
  }
  return holdsSearch(/** @type {string} */ (searched.get(family)));
}

function fillStories() {
  const { front: texts } = words;
  front.found = report.families.filter(isWanted).sort(SORTS[front.sort]);
  const none = !report.families.length ? texts.none_found : front.accepted || report.families.some((family) => family.open) ? texts.none_left : texts.all_accepted;
  $("stories").replaceChildren(...(front.found.length ? front.found.slice(0, front.most).map(card) : [h("p", { class: "note" }, none)]), ...more());
  if ($("count")) $("count").textContent = fill(texts.shown, { number: front.found.length, all: report.families.length });
  fillAlone();
}

/** What draws the next cards, where there are more. */
function more() {
  const left = Math.min(PAGE, front.found.length - front.most);
  if (left <= 0) return [];
  return [h("p", { class: "more" }, h("button", { type: "button", id: "more", onclick: () => {
    const from = front.most;
    front.most += PAGE;
    fillStories();
    const next = document.querySelectorAll(".card h3 a")[from];
    if (next instanceof HTMLElement) next.focus();
  } }, fill(words.front.more, { count: left })))];
}

/** Articles of no story that a search finds. */
function fillAlone() {
  const told = new Set(report.families.flatMap((family) => family.versions.map((version) => version.document)));
  const found = front.search.trim() ? report.documents.map((_, at) => at).filter((at) => !told.has(at) && holdsSearch(searchable(report.documents[at]).toLocaleLowerCase())) : [];
  $("alone").hidden = !found.length;
  $("alone").replaceChildren(h("p", { class: "note" }, fill(words.front.alone_found, { count: found.length })),
    h("ul", { class: "holders" }, found.slice(0, PAGE).map(docLink)));
}

/** To the card of the pair that was read last. */
function comeBack() {
  const { last } = front;
  front.last = null;
  if (!last) return;
  const at = front.found.findIndex((family) => family.pairs.includes(report.pairs.indexOf(last)));
  if (at < 0) return;
  if (at >= front.most) {
    front.most = at + PAGE - (at % PAGE);
    fillStories();
  }
  const link = document.querySelector(`[data-family="${front.found[at].key}"] h3 a`);
  if (!(link instanceof HTMLElement)) return;
  link.scrollIntoView({ block: "center", behavior: "instant" });
  link.focus({ preventScroll: true });
}

/** The pairs of the stories that were asked for, in their order. */
const shownPairs = () => front.found.flatMap((family) => family.pairs.map((at) => report.pairs[at]));

/** @param {Family} family */
const familyHref = (family) => `#/family/${family.key}`;

/** Cards that were drawn. @type {WeakMap<Family, HTMLElement>} */
const cards = new WeakMap();
/** @param {Family} family */
function card(family) {
  const drawn = cards.get(family) || drawnCard(family);
  cards.set(family, drawn);
  return drawn;
}

/** @param {Family} family */
function drawnCard(family) {
  const others = family.versions.filter((version) => version.pair >= 0);
  const shown = [...others].sort((x, y) => y.bar[1] + y.bar[2] - x.bar[1] - x.bar[2]).slice(0, VERSIONS);
  return h("article", { class: "card", "data-family": family.key },
    h("p", { class: "kicker" }, reasons(family)),
    h("h3", {}, h("a", { href: familyHref(family) }, h("bdi", {}, family.title))),
    h("p", { class: "facts" }, [told(family.line), family.size, ...family.relations].map((item) => h("span", {}, item))),
    others.length > 1 && timeline(family),
    h("ul", { class: "plain versions" }, others.filter((version) => shown.includes(version)).map((version) => versionRow(version))),
    family.revisions.filter(isStillHeld).map((revision) => h("p", { class: "said" }, h("a", { href: familyHref(family) }, told(revision.line)))),
    others.length > shown.length && h("p", { class: "note" }, h("a", { href: familyHref(family) }, fill(words.front.more_versions, { count: others.length - shown.length }))));
}

/** Why a story needs a look. @param {Family} family */
function reasons(family) {
  if (!family.open) return h("span", { class: "chip s-accepted" }, words.front.was_accepted);
  return family.why.map(([label, points]) => h("span", { class: "chip why", title: fill(words.front.points, { label, points }) }, label));
}

/** @param {Version} version @param {number} [most] changes that are listed */
function versionRow(version, most = CHANGES) {
  const href = version.pair >= 0 ? pairHref(report.pairs[version.pair]) : articleHref(report.documents[version.document]);
  return h("li", {}, h("p", { class: "said" }, h("a", { href }, told(version.sentence)), " ", version.pair >= 0 && stateChip(report.pairs[version.pair])), version.pair >= 0 && [bar(version), barWords(version)], changeList(version.changes, most));
}

/** What changed, a line each. @param {Version["changes"]} changes @param {number} most */
function changeList(changes, most) {
  if (!changes.length) return null;
  return h("ul", { class: "plain changes" }, changes.slice(0, most).map(([kind, label, said]) => h("li", {}, h("span", { class: `chip ${looks.change.get(kind).css}` }, label), " ", told(said))),
    changes.length > most && h("li", { class: "quiet" }, fill(words.front.more_changes, { count: changes.length - most })));
}

/** A version's words by what they are of the nearest one's. @param {Version} version */
function bar(version) {
  const [total, ...counts] = version.bar;
  const css = [...BARS.values()];
  let x = 0;
  return s("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": version.bar_line }, counts.map((count, at) => {
    const width = (count / Math.max(1, total)) * 1000;
    x += width;
    return width > 0 && s("rect", { class: css[at], x: x - width, y: 0, width, height: 10 });
  }));
}

/** The same in words, beside it: the sentence above tells shares of the other text. @param {Version} version */
function barWords({ bar: [count, ...counts] }) {
  const kinds = [...BARS.keys()].flatMap((name, at) => (counts[at] ? [`${number(counts[at])} ${words.front[name]}`] : [])).join(", ");
  return h("p", { class: "bar-words", "aria-hidden": "true" }, fill(words.front.own_words, { count, kinds }));
}

/** Days since 1970 of a date, or nothing. @param {string} published */
function dayNumber(published) {
  const day = Date.parse(`${published.slice(0, 10).padEnd(10, "-01-01".slice(published.length - 10))}T00:00:00Z`);
  return Number.isNaN(day) ? null : day / 86400000;
}

/** One mark a version, from the first day to the last; nothing where there are no two days. @param {Family} family */
function timeline(family) {
  const marks = family.versions.map((version) => ({ version, day: dayNumber(report.documents[version.document].published) }));
  const days = marks.flatMap(({ day }) => (day === null ? [] : [day]));
  const [from, to] = [Math.min(...days), Math.max(...days)];
  if (days.length < 2 || from === to) return null;
  const same = new Map();
  const dots = marks.filter(({ day }) => day !== null).map(({ version, day }) => {
    const level = same.get(day) || 0;
    same.set(day, level + 1);
    const said = fill(words.front.mark, { name: version.called, day: version.day });
    const first = version.document === family.first;
    return s("circle", { class: first ? "dot first" : "dot", cx: `${(2 + ((Number(day) - from) / (to - from)) * 96).toFixed(2)}%`, cy: 12 + Math.min(level, 3) * 5, r: first ? 6 : 4.5 }, s("title", {}, said));
  });
  const versions = marks.filter(({ day }) => day !== null).map(({ version }) => fill(words.front.mark, { name: version.called, day: version.day })).join("; ");
  const below = 12 + Math.min(3, Math.max(...same.values()) - 1) * 5 + 18;
  const end = (/** @type {number} */ day) => (marks.find((mark) => mark.day === day) || marks[0]).version.day;
  return s("svg", { class: "timeline", height: below + 6, role: "img", "aria-label": fill(words.front.timeline, { versions }) },
    s("line", { class: "axis", x1: "1%", x2: "99%", y1: 12, y2: 12 }), dots,
    s("text", { x: "1%", y: below }, end(from)), s("text", { x: "99%", y: below, "text-anchor": "end" }, end(to)));
}
