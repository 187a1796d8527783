/** Decisions on a pair, where a desk serves the page: accept, ignore, flag, note, and taking the last one back. */

/** @typedef {{seen: string, marks: {what: string, by: string, at: string, note: string}[]}} Standing */

/** What a desk knows of a pair, or undefined. @param {Pair} pair @returns {Standing | undefined} */
function standingOf(pair) {
  const found = report.live && report.live.pairs.find(([a, b]) => a === docOf(pair, "a").id && b === docOf(pair, "b").id);
  return found && found[2];
}

/** @param {string} id @param {string} label @param {any} input */
const labelled = (id, label, input) => h("label", { for: id }, h("span", {}, label), input);
/** @param {string} id */
const line = (id, value = "") => h("input", { id, type: "text", value, autocomplete: "off" });

/** The form, for a passage if one is chosen that can be decided on alone. @param {boolean} whole */
function decideForm(whole) {
  const { pair, current } = open;
  const standing = standingOf(pair);
  if (!standing) return say(words.accept.none);
  const number = whole || !pair.accept || !pair.accept[2].includes(current) ? 0 : current;
  const { decide: texts, reasons } = words;
  fillCommand(
    h("p", {}, h("strong", {}, number ? fill(words.accept.passage, { number }) : words.accept.pair), number > 0 && [" ", h("button", { type: "button", onclick: () => decideForm(true) }, words.accept.whole)]),
    h("div", { class: "decide" },
      labelled("decide-reason", words.accept.reason, h("select", { id: "decide-reason" }, h("option", { value: "" }, words.accept.no_reason), reasons.map((/** @type {any} */ { reason, means }) => h("option", { value: reason }, means)))),
      labelled("decide-note", texts.note, line("decide-note")),
      labelled("decide-expires", texts.expires, h("input", { id: "decide-expires", type: "date", min: report.live.today })),
      labelled("decide-by", texts.by, line("decide-by", report.live.by))),
    h("p", { class: "decide-acts" }, ["accept", "ignore", "flag", "note_it"].map((act) => h("button", { type: "button", id: `decide-${act}`, onclick: () => decided(act === "note_it" ? "note" : act, number) }, texts[act])),
      standing.marks.length > 0 && h("button", { type: "button", id: "decide-undo", onclick: () => decided("undo", 0) }, texts.undo)),
    h("p", { id: "command-done", role: "alert" }));
  $("decide-note").focus();
}

/** The form of a pack of evidence: what to say of it on its cover, and who prepared it. @param {string} key of a pair or a story */
function packForm(key) {
  const { decide: texts } = words;
  const save = () => location.assign(`evidence/${key}?${new URLSearchParams({ note: $("pack-note").value, by: $("pack-by").value })}`);
  fillCommand(h("p", {}, h("strong", {}, texts.pack)),
    h("div", { class: "decide" }, labelled("pack-note", texts.cover, line("pack-note")), labelled("pack-by", texts.by, line("pack-by", report.live.by))),
    h("p", { class: "decide-acts" }, h("button", { type: "button", id: "pack", onclick: save }, texts.save)));
  $("command-close").dataset.back = "evidence";
  $("pack-note").focus();
}

/** What was decided at the desk, a line each. @param {Pair} pair */
function standingLines(pair) {
  const standing = standingOf(pair);
  if (!standing || !standing.marks.length) return "";
  const { decide: texts } = words;
  const was = new Map([["accept", texts.was_accept], ["ignore", texts.was_ignore], ["flag", texts.was_flag], ["note", texts.was_note]]);
  return h("ul", { class: "plain standing" }, standing.marks.map(({ what, by, at, note }) =>
    h("li", {}, pieces(was.get(what), { by: bdi(by), at: at.replace("T", " ").slice(0, 16) }), note && [": ", h("bdi", {}, note)])));
}

/** Sends a decision; the page is read again when it is kept. @param {string} what @param {number} number of a passage, or 0 */
async function decided(what, number) {
  const { pair } = open;
  const standing = standingOf(pair);
  const value = (/** @type {string} */ name) => $(`decide-${name}`).value.trim();
  const body = { answer: report.live.key, a: docOf(pair, "a").id, b: docOf(pair, "b").id, what, seen: standing && standing.seen, by: value("by"),
    reason: value("reason") || "other", note: value("note"), expires: what === "accept" ? value("expires") : "", passages: number ? [pair.matches[number - 1].key] : [] };
  if (what === "accept" && !value("reason")) {
    $("command-done").replaceChildren(words.decide.no_reason);
    return $("decide-reason").focus();
  }
  let said = words.decide.unreachable;
  try {
    const response = await fetch("../../api/decide", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (response.ok) return location.reload();
    said = (await response.json()).error;
  } catch {
    // the desk was closed: nothing was kept
  }
  $("command-done").replaceChildren(said, " ", h("button", { type: "button", onclick: () => location.reload() }, words.decide.again));
}
