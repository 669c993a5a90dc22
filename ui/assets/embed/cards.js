// An answer as elements. Text becomes text nodes, never HTML; offsets count code points.

const NOT_FOUND = "The documents do not answer this.";
const CLOSEST = "The closest passages. They are not an answer:";
const SECOND_HAND = "Second-hand: the source reports this reference. The quote is not from it.";
const CITED = /\[(\d+(?:\s*[-‐‑–—−,]\s*\d+)*)\]/gu;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// http and https only: a source's address is data too.
function webLink(address, words, kind = "plain out") {
  if (!/^https?:\/\//.test(address ?? "")) return null;
  return make("a", { class: kind, href: address, target: "_blank", rel: "noopener noreferrer" },
    words, make("span", { class: "hidden" }, " (opens a new tab)"));
}

// Deeper than six levels there are none.
function heading(level, text, attributes) {
  return make(`h${Math.min(level, 6)}`, attributes, text);
}

// The notices, how the question was read, and each question of the message with its quotes. `how` has
// the `audience`, the `level` of headings, and what to `say` and to `askAlone` with.
function answerParts(answer, how) {
  const notices = answer.notices.map((notice) =>
    make("p", { class: `notice ${notice.kind}`, role: "note" }, notice.text));
  const numbers = new Map(); // of the quotes shown so far, by their number in the record
  const parts = answer.parts.length ? answer.parts : [{ ...answer, question: "" }];
  return [...notices, ...readAs(answer, how.askAlone),
    ...parts.flatMap((part) => partElements(part, answer, numbers, how)), ...limited(answer), ...version(answer)];
}

// Whose texts alone are searched; all if null.
function writtenFor(element) {
  const named = element.getAttribute("written-for");
  return ["clinician", "patient"].includes(named) ? named : null;
}

function version({ searched, version: name }) {
  return searched.documents ? [make("p", { class: "small" }, `Library version ${name}.`)] : [];
}

// Beside quotes; where there are none, it is said there.
function limited(answer) {
  const { status, searched, library } = answer;
  if (status !== "answered" || searched.documents >= library.documents) return [];
  return [make("p", { class: "small" }, saidSearched(answer))];
}

function readAs({ read_as: turns, question }, askAlone) {
  if (!turns) return [];
  return [make("p", { class: "read" }, `Read as: ${turns.map((turn) => `“${turn}”`).join(" ")} `,
    make("button", { type: "button", class: "plain", onclick: () => askAlone(question) }, "Ask it on its own"))];
}

function partElements(part, answer, numbers, how) {
  const asked = part.question ? [heading(how.level, part.question, { class: "part" })] : [];
  if (part.status !== "answered") return [...asked, ...notFound(part, answer, how)];
  const again = part.quotes.filter((quote) => numbers.has(quote.number)).map((quote) => numbers.get(quote.number));
  const cards = part.quotes.filter((quote) => !numbers.has(quote.number)).map((quote) => {
    numbers.set(quote.number, numbers.size + 1);
    return card(quote, answer.sources[quote.document], numbers.size, how);
  });
  const start = String(numbers.size - cards.length + 1);
  return [...asked, ...(cards.length ? [make("ol", { class: "quotes", start }, ...cards)] : []),
    ...(again.length ? [make("p", { class: "small" }, saidAgain(again))] : [])];
}

function saidAgain(numbers) {
  const [last, ...others] = [...numbers].reverse();
  if (!others.length) return `Quote ${last} answers this too.`;
  return `Quotes ${others.reverse().join(", ")} and ${last} answer this too.`;
}

function notFound(part, answer, how) {
  if (!answer.searched.documents) return []; // the notices are the whole answer
  const none = make("div", { class: "none" }, make("p", {}, NOT_FOUND),
    make("p", {}, `${saidSearched(answer)} Other words may find more.`));
  if (!part.related.length) return [none];
  const cards = part.related.map((quote) => card(quote, answer.sources[quote.document], 0, how));
  const level = part.question ? how.level + 1 : how.level;
  return [none, heading(level, CLOSEST, { class: "closest" }), make("ul", { class: "related" }, ...cards)];
}

// As ui/parts.py says it.
function saidSearched({ searched: { documents, passages }, library }) {
  const ofAll = documents < library.documents ? ` of ${library.documents}` : "";
  const counted = documents === 1 && !ofAll ? "document" : "documents";
  return `Searched: ${documents}${ofAll} ${counted}, ${passages} passages.`;
}

// Without a number it is one of the closest passages, not an answer.
function card(quote, source, number, { audience, say }) {
  const references = quote.references.length ? referenceList(quote.references) : null;
  const kind = audience === "clinician" ? source.evidence : "";
  return make("li", { class: "card" }, make("article", { "aria-label": `${number ? `Quote ${number}` : "Passage"}: ${source.label}` },
    number ? make("span", { class: "number", "aria-hidden": "true" }, String(number)) : null,
    ...quote.cautions.map(caution),
    kind ? make("p", { class: "kind" }, kind[0].toUpperCase() + kind.slice(1)) : null,
    quote.antecedent ? make("p", { class: "small" }, `Context: “${quote.antecedent.text}”`) : null,
    make("blockquote", {}, quote.table ? rowsOf(quote.table) : make("p", { class: "text" }, ...quoted(quote, references))),
    quote.dated ? make("p", { class: "dated" }, quote.dated) : null,
    make("p", { class: "label" }, make("b", {}, source.label), number && quote.verified
      ? make("span", { class: "check" }, "✓ Word for word") : null),
    make("p", { class: "facts" }, (kind ? quote.facts.slice(1) : quote.facts).join(" · ")),
    source.old ? make("p", { class: "flag" }, "Not revised for more than three years.") : null,
    quote.joined ? make("p", { class: "small" }, make("span", { class: "seam" }), ` ${quote.joined}`) : null,
    quote.verified ? null : make("p", { class: "flag" }, "This quote could not be checked against its file."),
    make("div", { class: "actions" }, inSource(quote, source), onPage(quote, source), references,
      copyButton(copyOf(quote), say), webLink(quote.link, "Open original"))));
}

function caution({ kind, text, link }) {
  const grave = ["retracted", "concern"].includes(kind) ? " grave" : "";
  return make("p", { class: `caution ${kind}${grave}`, role: "note" }, make("b", {}, text), " ", webLink(link, "See the notice", "out"));
}

function copyOf(quote) {
  const warned = quote.cautions.map(({ text, link }) => `${text} ${link}`.trimEnd());
  const context = quote.antecedent ? `Context: “${quote.antecedent.text}”` : "";
  const text = quote.table ? linesOf(quote.table).join("\n") : quote.text;
  return `${[`“${text}”`, ...warned, context, quote.dated, quote.cite_as].filter(Boolean).join("\n")}\n`;
}

// The quote's own characters, plus what adds none: seams, buttons around "[14]", emphasis.
function quoted(quote, references) {
  const points = Array.from(quote.text);
  const [from, to] = (quote.emphasis ?? [0, 0]).map((offset) => offset - quote.span[0]);
  const marks = [...citedMarks(quote), ...[from, to].map((cut) => ({ start: cut, end: cut })),
    ...quote.seams.map(({ offset }) => ({ start: offset - quote.span[0], end: offset - quote.span[0], seam: true }))];
  marks.sort((one, other) => one.start - other.start || one.end - other.end);
  const nodes = [], words = make("strong", { class: "words" });
  let at = 0;
  const add = (node, start) => {
    const answers = from <= start && start < to;
    if (answers && !words.hasChildNodes()) nodes.push(words);
    if (answers) words.append(node);
    else nodes.push(node);
  };
  for (const mark of marks) {
    if (mark.start < at) continue;
    if (mark.start > at) add(slice(points, at, mark.start), at);
    at = mark.end;
    if (mark.seam) add(make("span", { class: "seam" }), mark.start);
    if (mark.number !== undefined) {
      add(make("button", { type: "button", class: "cited", onclick: () => openReference(references, mark.number) },
        slice(points, mark.start, mark.end)), mark.start);
    }
  }
  add(slice(points, at, points.length), at);
  return nodes;
}

// Where "[14]" or "[8-10]" stands in a quote, if one of the references is known.
function citedMarks(quote) {
  const known = quote.references.map((entry) => entry.number);
  return [...quote.text.matchAll(CITED)].flatMap((match) => {
    const numbers = match[1].match(/\d+/g).map(Number);
    const number = known.find((one) => Math.min(...numbers) <= one && one <= Math.max(...numbers));
    const start = Array.from(quote.text.slice(0, match.index)).length;
    return number === undefined ? [] : [{ start, end: start + Array.from(match[0]).length, number }];
  });
}

function slice(points, start, end) {
  return points.slice(start, end).join("");
}

function inSource(quote, source) {
  const { before, after, starts_earlier: earlier, goes_on: further } = quote.context;
  return make("details", { class: "source" }, make("summary", {}, "Show in source"),
    make("div", { class: "inside" },
      make("p", { class: "small" }, quote.headings.join(" › ") || source.title),
      earlier ? make("p", { class: "small" }, "The section starts earlier.") : null,
      make("p", { class: "around" }, before, make("mark", {}, quote.text), after),
      further ? make("p", { class: "small" }, "The section goes on.") : null));
}

function referenceList(references) {
  const entries = references.map((entry) => {
    const address = entry.doi ? `https://doi.org/${entry.doi}` : entry.url;
    return make("li", { "data-number": String(entry.number) }, `[${entry.number}] ${entry.text} `,
      webLink(address, "Open it", "out"));
  });
  const numbers = references.map((entry) => `[${entry.number}]`).join(", ");
  return make("details", { class: "references" }, make("summary", {}, `Cited inside: ${numbers}`),
    make("div", { class: "inside" }, make("p", { class: "small" }, SECOND_HAND), make("ul", {}, ...entries)));
}

function openReference(references, number) {
  references.open = true;
  references.querySelector("summary").focus({ preventScroll: true });
  references.querySelector(`[data-number="${number}"]`).scrollIntoView({ block: "nearest" });
}

function copyButton(text, say) {
  const button = make("button", { type: "button", class: "plain copy" }, "Copy with citation");
  button.addEventListener("click", async () => {
    const done = (await copied(text, button)) ? "Copied" : "Copying is blocked here";
    button.textContent = done;
    say(done);
    setTimeout(() => { button.textContent = "Copy with citation"; }, 2000);
  });
  return button;
}

async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not served over https, or a frame that may not use the clipboard.
    const area = make("textarea", { class: "hidden" });
    area.value = text;
    button.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
    return done;
  }
}
