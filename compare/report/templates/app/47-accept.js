/** The command that accepts a pair, or one of its passages. It is copied and shown; the page itself writes nothing. */

/** @param {boolean} [whole] whether the pair is meant although a passage is chosen */
function copyCommand(whole = false) {
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
  const field = h("input", { type: "text", id: "command-text", readonly: true, dir: "ltr", value: command, spellcheck: "false",
    "aria-label": fill(words.accept.command, { what }), onfocus: (/** @type {any} */ event) => event.target.select() });
  fillCommand(h("p", {}, h("strong", { id: "command-done" }), ` ${fill(words.accept.run, { what, reasons: report.reasons.join(", ") })}`),
    field, number > 0 && wholeButton());
  return field;
}

/** @param {...any} content */
function fillCommand(...content) {
  const close = () => {
    $("command").hidden = true;
    $("accept").focus();
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
