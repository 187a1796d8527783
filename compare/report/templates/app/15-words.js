/** What the page says. All words come with the data, from Python (`compare/wording/page.py`); here their slots are filled. */

/**
 * @typedef {string | {one: string, other: string}} Template
 * @typedef {{label: string, means: string, css: string, reuse: number}} Look  how a verdict, a kind or a mark is shown
 */

/** The templates, by view. Set once, with the report. @type {Object<string, any>} */
let words = {};

/** A count with thousands set apart. @param {number} count */
const number = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * A template's pieces with its slots filled, once; of `one` and `other` the one that `count` asks for.
 * @param {Template} template @param {Object<string, any>} slots text, elements, or counts
 */
function pieces(template, slots) {
  const text = typeof template === "string" ? template : template[slots.count === 1 ? "one" : "other"];
  return text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? filling(slots[piece]) : piece));
}

/** @param {any} slot */
const filling = (slot) => (typeof slot === "number" ? number(slot) : slot);
/** The same as one text. @param {Template} template @param {Object<string, string | number>} slots */
const fill = (template, slots) => pieces(template, slots).join("");
