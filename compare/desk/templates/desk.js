/** The desk: texts are typed, pasted or dropped, and held against the archive or against each other. Words come from Python. */

/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);
const told = JSON.parse($("told").textContent);
const PAUSE = 400; // milliseconds after the last key
const EVERY = 2000; // milliseconds between two looks into the inbox
/** What a file said of itself, by side: it goes with its text. @type {Object<string, any>} */
const about = { a: {}, b: {} };
/** @type {AbortController | null} */
let asking = null;
let timer = 0;
/** A DOCX that was dropped, with the text that was read out of it, by side. @type {Object<string, any>} */
const files = {};

/** Asks the desk. @param {string} address @param {any} body @param {AbortSignal} [signal] */
async function ask(address, body, signal) {
  const isBytes = body instanceof Blob;
  const response = await fetch(address, { method: "POST", signal, headers: { "Content-Type": isBytes ? "application/octet-stream" : "application/json" }, body: isBytes ? body : JSON.stringify(body) });
  const kind = response.headers.get("content-type") || "";
  const answer = kind.startsWith("application/json") ? await response.json() : { error: (await response.text()).trim() };
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** @param {string} side */
const text = (side) => ({ ...about[side], text: $(`text-${side}`).value, title: $(`title-${side}`).value });
const isPair = () => $("second").open && $("text-b").value.trim() !== "";

async function compare() {
  clearTimeout(timer);
  if (asking) asking.abort();
  if (!$("text-a").value.trim()) return;
  asking = new AbortController();
  $("sentence").textContent = told.asking;
  try {
    show(await (isPair() ? ask("api/compare", { a: text("a"), b: text("b") }, asking.signal) : ask("api/query", text("a"), asking.signal)));
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") failed(error);
  }
}

/** @param {any} error */
function failed(error) {
  $("sentence").textContent = error instanceof TypeError ? told.unreachable : error.message;
}

/** @param {{page: string, sentence: string, draft: string, view: string}} answer */
function show({ page, sentence, draft, view }) {
  $("sentence").textContent = sentence;
  $("sentence").scrollIntoView({ block: "nearest" });
  $("links").hidden = false;
  for (const id of ["redline", "corrections"]) if ($(id)) $(id).hidden = !isPair();
  $("result").hidden = false;
  const article = `${page}#/article/${encodeURIComponent(draft)}`;
  $("stories").href = `${page}#/`;
  $("new").href = article;
  $("whole").href = article;
  $("record").href = `${page}report.json`;
  $("result").src = view ? `${page}${view}` : article;
}

/** A DOCX as it was dropped, while its text was not changed here. @param {string} side */
const version = (side) => (files[side] && files[side].text === $(`text-${side}`).value ? { docx: files[side].docx } : { text: $(`text-${side}`).value });

/** Saves both texts as one document with tracked changes, the other text being the older. */
async function redline() {
  try {
    const body = JSON.stringify({ a: version("b"), b: version("a") });
    const response = await fetch("api/redline", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (!response.ok) throw new Error((await response.json()).error);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = "redline.docx";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), EVERY);
  } catch (error) {
    failed(error);
  }
}

/** What was corrected since the other text, and who in the archive has which words. */
async function corrections() {
  try {
    const { page, sentence } = await ask("api/corrections", { a: text("b"), b: text("a") });
    $("sentence").textContent = sentence;
    $("result").src = page;
  } catch (error) {
    failed(error);
  }
}

/** The bytes of a file in base64. @param {File} file @returns {Promise<string>} */
const inBase64 = (file) => new Promise((done, refused) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
  reader.onerror = refused;
  reader.readAsDataURL(file);
});

/** @param {Event} event */
function inFrame(event) {
  event.preventDefault();
  $("result").src = /** @type {any} */ (event.currentTarget).href;
}

/** @param {string} side @param {File | undefined} file */
async function take(side, file) {
  if (!file) return;
  $(`about-${side}`).textContent = told.reading;
  try {
    const { text: read, title, ...rest } = await ask(`api/read?name=${encodeURIComponent(file.name)}`, new Blob([file]));
    about[side] = rest;
    files[side] = /\.docx$/i.test(file.name) ? { text: read, docx: await inBase64(file) } : null;
    $(`text-${side}`).value = read;
    $(`title-${side}`).value = title || "";
    $(`about-${side}`).textContent = [rest.name, rest.source, rest.author, rest.published, rest.read].filter(Boolean).join(" · ");
    if (side === "b") $("second").open = true;
    await compare();
  } catch (error) {
    $(`about-${side}`).textContent = error instanceof TypeError ? told.unreachable : /** @type {Error} */ (error).message;
  }
}

function typed() {
  clearTimeout(timer);
  timer = setTimeout(compare, PAUSE);
}

for (const drop of document.querySelectorAll(".drop")) {
  const side = /** @type {HTMLElement} */ (drop).dataset.side || "a";
  $(`text-${side}`).addEventListener("input", typed);
  $(`title-${side}`).addEventListener("input", typed);
  $(`file-${side}`).addEventListener("change", (/** @type {any} */ event) => take(side, event.target.files[0]));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (/** @type {any} */ event) => {
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(side, event.dataTransfer.files[0]);
  });
}
$("ask").addEventListener("click", compare);
$("redline").addEventListener("click", redline);
if ($("corrections")) $("corrections").addEventListener("click", corrections);
$("clear").addEventListener("click", () => {
  for (const side of ["a", "b"]) {
    about[side] = {};
    for (const part of ["text", "title", "file"]) $(`${part}-${side}`).value = "";
    $(`about-${side}`).textContent = "";
  }
  $("text-a").focus();
});
for (const id of ["stories", "new"]) $(id).addEventListener("click", inFrame);

/** @param {any} item */
function itemOf(item) {
  const entry = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = item.title || item.id;
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = [item.came.replace("T", " ").slice(0, 16), item.sentence, item.added && told.added, item.state === "new" ? "" : told[item.state]].filter(Boolean).join(" · ");
  const acts = [["look", () => look(item)], ["add", () => mark(item, "added")], item.state === "new" ? ["finish", () => mark(item, "done")] : ["reopen", () => mark(item, "new")]];
  const isOffered = { look: item.read, add: item.read && !item.added, finish: true, reopen: true };
  entry.append(name, line, ...acts.filter(([what]) => isOffered[/** @type {"look" | "add" | "finish" | "reopen"} */ (what)]).map(([what, act]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = told[/** @type {string} */ (what)];
    button.addEventListener("click", /** @type {any} */ (act));
    return button;
  }));
  return entry;
}

let listed = "";

async function inbox() {
  try {
    const response = await fetch("api/inbox");
    const { items } = await response.json();
    const shown = JSON.stringify(items);
    if (shown === listed) return;
    listed = shown;
    const open = items.filter((/** @type {any} */ item) => item.state === "new" && item.needed).length;
    $("inbox-count").textContent = told.count.replace("{count}", String(open)).replace("{all}", String(items.length));
    $("items").replaceChildren(...items.slice(0, 100).map(itemOf));
  } catch {
    $("inbox-count").textContent = told.unreachable;
  }
}

/** @param {any} item @param {string} state */
async function mark(item, state) {
  try {
    await ask("api/inbox", { key: item.key, state });
  } catch (error) {
    return failed(error);
  }
  return inbox();
}

/** @param {any} item */
async function look(item) {
  try {
    show(await ask("api/inbox/look", { key: item.key }));
  } catch (error) {
    failed(error);
  }
}

if ($("inbox")) {
  inbox();
  setInterval(inbox, EVERY);
}
