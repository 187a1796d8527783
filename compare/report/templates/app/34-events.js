/** Events that several articles report without having it from each other. */

const EVENTS = 20; // groups that are drawn at a time
const events = { search: "", most: EVENTS };

function eventsView() {
  const { events: texts } = words;
  const found = report.events.length;
  return { title: texts.title, content: [
    h("header", { class: "top" }, h("h1", { tabindex: "-1" }, texts.title), h("p", { class: "lead" }, found ? fill(texts.lead, { count: found }) : texts.none)),
    found > 0 && h("div", { class: "filters", role: "search", "aria-label": texts.search }, h("label", {}, h("span", {}, texts.search),
      h("input", { id: "search", type: "search", value: events.search, autocomplete: "off", oninput: (/** @type {any} */ event) => {
        Object.assign(events, { search: event.target.value, most: EVENTS });
        fillEvents();
      } })), h("output", { id: "count" })),
    h("div", { id: "events" }),
  ], ready: fillEvents };
}

function fillEvents() {
  const wanted = events.search.toLocaleLowerCase().split(/\s+/);
  const text = (/** @type {EventGroup} */ event) => [...event.facts, ...event.documents.map((doc) => searchable(report.documents[doc]))].join(" ").toLocaleLowerCase();
  const found = report.events.filter((event) => wanted.every((word) => !word || text(event).includes(word)));
  const left = Math.min(EVENTS, found.length - events.most);
  $("events").replaceChildren(...found.slice(0, events.most).map((event) => eventBox(event, new Set(), "h2")),
    ...(left > 0 ? [h("p", { class: "more" }, h("button", { type: "button", id: "more", onclick: () => { events.most += EVENTS; fillEvents(); } }, fill(words.front.more, { count: left })))] : []));
  if ($("count")) $("count").textContent = fill(words.events.shown, { number: found.length, all: report.events.length });
}

/** @param {EventGroup} event @param {Set<number>} without documents that are told elsewhere @param {string} level of its heading */
function eventBox(event, without, level) {
  const { events: texts } = words;
  const listed = event.documents.filter((doc) => !without.has(doc));
  const stories = report.families.filter((family) => !without.has(family.base) && family.versions.filter((version) => event.documents.includes(version.document)).length > 1);
  return h("article", { class: "card" }, h(level, {}, h("bdi", {}, event.title)),
    h("p", { class: "facts" }, [fill(texts.articles, { count: event.documents.length }), event.days].filter(Boolean).map((item) => h("span", {}, item))),
    event.facts.length > 0 && h("p", { class: "note" }, factsOf(event)),
    h("ul", { class: "holders" }, listed.map((doc) => h("li", {}, h("a", { href: articleHref(report.documents[doc]) }, h("bdi", {}, report.documents[doc].called)),
      h("span", { class: "quiet" }, [report.documents[doc].source, report.documents[doc].published.slice(0, 10)].filter(Boolean).map((item) => [" · ", h("bdi", {}, item)]))))),
    stories.length > 0 && h("p", { class: "facts" }, stories.map((family) => h("span", {}, h("a", { href: familyHref(family) }, `${texts.story}: `, h("bdi", {}, family.title))))));
}

/** What its articles have in common, with how many name it where not all do. @param {EventGroup} event */
function factsOf(event) {
  const { events: texts } = words;
  const all = event.documents.length;
  const some = event.named_by.some((count) => count < all);
  return pieces(some ? texts.some_facts : texts.facts, { facts: event.facts.map((fact, at) => [at ? ", " : "", bdi(fact),
    some ? fill(texts.some, { number: event.named_by[at], all }) : ""]) });
}
