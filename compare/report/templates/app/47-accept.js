/** The command that accepts a pair, or one of its passages. It is copied and shown; the page itself writes nothing. */

/** @param {boolean} [whole] whether the pair is meant although a passage is chosen */
function copyCommand(whole = false) {
  const { pair, current } = open;
  if (!pair.accept) return say("Nothing in this pair counts as reuse: there is nothing to accept.");
  const number = whole ? 0 : current;
  const [front, back, alone] = pair.accept;
  if (number && !alone.includes(number)) return refuse(number);
  const command = `${front}${number ? ` --passage ${pair.matches[number - 1].key}` : ""}${back}`;
  return copy(command, showCommand(command, number));
}

/** @param {number} number */
function refuse(number) {
  const said = `Passage ${number} does not count as reuse: it cannot be accepted alone.`;
  fillCommand(h("p", {}, said), wholeButton());
  say(said);
}

/** Shows a command where it can be selected. @param {string} command @param {number} number of the passage, or 0 @returns {HTMLInputElement} */
function showCommand(command, number) {
  const what = number ? `passage ${number} of this pair` : "this pair";
  const field = h("input", { type: "text", id: "command-text", readonly: true, dir: "ltr", value: command, spellcheck: "false",
    "aria-label": `Command that accepts ${what}`, onfocus: (/** @type {any} */ event) => event.target.select() });
  fillCommand(h("p", {}, h("strong", { id: "command-done" }), ` To accept ${what}, run this with a reason in place of “…”: ${report.reasons.join(", ")}.`),
    field, number > 0 && wholeButton());
  return field;
}

/** @param {...any} content */
function fillCommand(...content) {
  const close = () => {
    $("command").hidden = true;
    $("accept").focus();
  };
  $("command").replaceChildren(...content.filter(Boolean), h("button", { type: "button", id: "command-close", onclick: close }, "Close"));
  $("command").hidden = false;
}

const wholeButton = () => h("button", { type: "button", id: "command-whole", onclick: () => copyCommand(true) }, "The whole pair");

/** @param {string} command @param {HTMLInputElement} field where it stands */
async function copy(command, field) {
  let done = true;
  try {
    await navigator.clipboard.writeText(command); // not there, or refused, on some pages from file://
  } catch {
    done = copySelected(field);
  }
  if (!field.isConnected) return;
  $("command-done").textContent = done ? "Copied." : "Not copied: select it and copy it.";
  say(done ? `Copied: ${command}` : `Not copied, but selected: ${command}`);
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
