/** The command that accepts a pair, or one of its passages. It is copied and shown; the page itself writes nothing. */

/** @param {boolean} [whole] whether the pair is meant although a passage is chosen */
function copyCommand(whole = false) {
  if (report.live) return decideForm(whole);
  const { pair, current } = open;
  if (!pair.accept) return say(words.accept.none);
  const number = whole ? 0 : current;
  const [front, back, alone] = pair.accept;
  if (number && !alone.includes(number)) return refuse(number);
  const command = `${front}${number ? fill(words.accept.option, { key: pair.matches[number - 1].key }) : ""}${back}`;
  return copy(command, showCommand(command, number));
}

/** @param {number} number */
function refuse(number) {
  const said = fill(words.accept.not_alone, { number });
  fillCommand(h("p", {}, said), wholeButton());
  say(said);
}

/** Shows a command where it can be selected. @param {string} command @param {number} number of the passage, or 0 @returns {HTMLInputElement} */
function showCommand(command, number) {
  const what = number ? fill(words.accept.passage, { number }) : words.accept.pair;
  const field = commandField(command, fill(words.accept.command, { what }));
  fillCommand(h("p", {}, h("strong", { id: "command-done" }), ` ${fill(words.accept.run, { what })}`), reasonChoice(command, field), field, number > 0 && wholeButton());
  return field;
}

/** @param {string} command @param {string} name */
const commandField = (command, name) => h("input", { type: "text", id: "command-text", readonly: true, dir: "ltr", value: command, spellcheck: "false",
  "aria-label": name, onfocus: (/** @type {any} */ event) => event.target.select() });

/** The reasons there are; the chosen one stands in the command. @param {string} command @param {HTMLInputElement} field */
function reasonChoice(command, field) {
  const chosen = (/** @type {any} */ event) => {
    field.value = event.target.value ? filledIn(command, event.target.value) : command;
    copy(field.value, field);
  };
  const { reasons } = words;
  return h("select", { id: "reason", "aria-label": words.accept.reason, onchange: chosen }, h("option", { value: "" }, words.accept.no_reason),
    reasons.map((/** @type {any} */ { reason, means }) => h("option", { value: reason }, means)));
}

/** A command with a reason in place of the mark that stands for it. @param {string} command @param {string} reason */
function filledIn(command, reason) {
  const at = command.length - open.pair.accept[1].length;
  return command.slice(0, at) + command.slice(at).replace(words.accept.blank, () => reason);
}

/** The command that packs a pair or a story into one file. @param {string} key */
function copyEvidence(key) {
  if (report.live) return packForm(key);
  const command = fill(words.evidence.command, { report: inShell(folderOfPage()), key });
  const field = commandField(command, words.evidence.name);
  fillCommand(h("p", {}, h("strong", { id: "command-done" }), ` ${words.evidence.run}`), field);
  $("command-close").dataset.back = "evidence";
  return copy(command, field);
}

/** The folder that the page was opened from, where it is a file. */
function folderOfPage() {
  const path = decoded(location.pathname).replace(/\/[^/]*$/, "");
  return location.protocol.startsWith("file") && path ? path.replace(/^\/(?=[A-Za-z]:)/, "") : words.evidence.folder;
}

/** A word as a shell takes it for one. @param {string} word */
const inShell = (word) => (/^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** @param {...any} content */
function fillCommand(...content) {
  const close = () => {
    $("command").hidden = true;
    $($("command-close").dataset.back || "accept").focus();
  };
  $("command").replaceChildren(...content.filter(Boolean), h("button", { type: "button", id: "command-close", onclick: close }, words.accept.close));
  $("command").hidden = false;
}

const wholeButton = () => h("button", { type: "button", id: "command-whole", onclick: () => copyCommand(true) }, words.accept.whole);

/** @param {string} command @param {HTMLInputElement} field where it stands */
async function copy(command, field) {
  let done = true;
  try {
    await navigator.clipboard.writeText(command); // not there, or refused, on some pages from file://
  } catch {
    done = copySelected(field);
  }
  if (!field.isConnected) return;
  $("command-done").textContent = done ? words.accept.copied : words.accept.not_copied;
  say(fill(done ? words.accept.say_copied : words.accept.say_not_copied, { command }));
}

/** The old way to copy; the field keeps the focus where that is refused too. @param {HTMLInputElement} field */
function copySelected(field) {
  const before = document.activeElement;
  field.focus();
  field.select();
  const done = document.execCommand("copy");
  if (done && before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
