/** Where everything begins: routes, keys, the bar at the top, and what is said aloud. */

/** @type {Object<string, (path: string[]) => any>} */
const VIEWS = { stories: frontView, family: familyView, events: eventsView, pair: pairView, article: articleView, repeated: repeatedView, method: methodView };
/** The view that is shown. @type {any} */
let shown = null;

/** Says where one is, to those who do not see it. @param {string} text */
function say(text) {
  $("status").textContent = text;
}

/** @param {string} why */
function notFound(why) {
  const home = h("p", { class: "lead" }, h("a", { href: "#/" }, words.family.back));
  return { title: words.page.not_found, content: [h("header", { class: "top" }, h("h1", { tabindex: "-1" }, why), home)] };
}

/** A part of the address as it was before it was encoded. @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where the reader was on each page, to come back to; and whether a link was followed, or the way back. */
const places = new Map();
let here = location.hash;
let followed = false;

function route() {
  const was = scrollY;
  places.set(here, was);
  here = location.hash;
  const [name, ...path] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const known = Object.hasOwn(VIEWS, name || "stories") ? name || "stories" : "";
  const first = !shown;
  if (shown && shown.gone) shown.gone();
  shown = known ? VIEWS[known](path) : notFound(words.page.no_view);
  const main = $("main");
  delete main.dataset.show;
  main.dataset.view = known || "none";
  main.replaceChildren(...[shown.content].flat().filter(Boolean));
  document.title = fill(words.page.title, { title: shown.title });
  for (const link of document.querySelectorAll("#bar nav a")) {
    if (link.getAttribute("href") === (known === "stories" ? "#/" : `#/${known}`)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  say("");
  if (was) scrollTo({ top: 0, behavior: "instant" });
  if (shown.ready) shown.ready();
  if (!followed && places.get(here)) scrollTo({ top: places.get(here), behavior: "instant" });
  followed = false;
  if (!first && !main.contains(document.activeElement)) main.querySelector("h1").focus({ preventScroll: true });
}

/** Keys of the pair view. @type {Object<string, () => void>} */
const PAIR_KEYS = { j: () => step(1), k: () => step(-1), n: () => stepPair(1), p: () => stepPair(-1), c: () => stepChange(1), x: () => stepChange(-1), s: () => swapSides(), a: () => copyCommand() };

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = /** @type {Element} */ (event.target);
  const typing = target.matches("input:not([type=radio], [type=checkbox], [type=range]), select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.key === "?") $("help").showModal();
  else if (event.key === "/") search();
  else if (open && Object.hasOwn(PAIR_KEYS, event.key)) PAIR_KEYS[event.key]();
  else return;
  event.preventDefault();
}

function search() {
  if (!$("search")) {
    history.pushState(null, "", "#/");
    route();
  }
  if ($("search")) $("search").focus();
}

/** On paper the columns are rows: what does not scroll. */
function printed() {
  if (open && COLUMNS.includes(liking.show)) fillRows();
}

async function start() {
  prepare(await load());
  $("bar").hidden = false;
  history.scrollRestoration = "manual";
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("skip").addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    $("main").querySelector("h1").focus();
  });
  document.addEventListener("click", (event) => { followed = event.target instanceof Element && Boolean(event.target.closest("a")); });
  addEventListener("hashchange", route);
  addEventListener("keydown", pressed);
  addEventListener("beforeprint", printed);
  matchMedia("print").addEventListener("change", (event) => { if (event.matches) printed(); });
  addEventListener("afterprint", () => { if (open) show(liking.show); });
  route();
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  $("main").replaceChildren(h("h1", {}, $("main").dataset.unreadable), h("p", {}, String(error)));
});
