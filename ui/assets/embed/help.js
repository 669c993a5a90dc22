// The help page: snippets that follow the form, a preview, and tests of this server.

const HOME = new URL(".", document.querySelector('script[src$="embed.js"]').src);
const form = document.querySelector("#builder");
const status = document.querySelector("#status");
const suggested = JSON.parse(form.dataset.suggested);

const PAUSE_MS = 300;

// What differs from the defaults, and always the audience: with it, /embed is the frame.
function attributes() {
  const chosen = Object.fromEntries(new FormData(form));
  chosen.suggestions = chosen.suggestions.split("\n").map((one) => one.trim()).filter(Boolean).join("|");
  if (chosen.theme === "auto") delete chosen.theme;
  return Object.entries(chosen).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function fill() {
  const pairs = attributes();
  const query = `?${new URLSearchParams(pairs)}`;
  const marks = {
    "{home}": HOME.href,
    "{attributes}": pairs.map(([name, value]) => ` ${name}="${escaped(value)}"`).join(""),
    "{query}": escaped(query),
    "{plain_query}": query,
  };
  for (const code of document.querySelectorAll("[data-template]")) {
    code.textContent = code.dataset.template.replace(/\{[a-z_]+\}/g, (mark) => marks[mark]);
  }
}

// Under what is typed stands what is suggested if nothing is.
function offer() {
  form.elements.suggestions.placeholder = suggested[form.elements.audience.value].join("\n");
}

function preview() {
  const element = document.createElement("quotewell-ask");
  for (const [name, value] of attributes()) element.setAttribute(name, value);
  document.querySelector("#preview").replaceChildren(element);
}

// The snippets follow every key, the preview every pause; a question is asked once it is complete.
let pausing = 0;
function onInput(event) {
  fill();
  offer();
  clearTimeout(pausing);
  if (event.target.name !== "question") pausing = setTimeout(preview, PAUSE_MS);
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copies).textContent;
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copies));
    status.textContent = "Copying is blocked here. The snippet is selected: press Ctrl C.";
  }
}

async function probe(question) {
  return fetch(new URL("api/ask", HOME), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    body: JSON.stringify({ question }),
  });
}

// Each resolves to its finding, or throws.
const TESTS = {
  "The server is up": async () => {
    const response = await fetch(new URL("healthz", HOME));
    if (!response.ok) throw new Error(`it says ${response.status}`);
    return `${(await response.json()).documents} documents`;
  },
  "The script defines the component": async () => {
    await within(customElements.whenDefined("quotewell-ask"));
    return "quotewell-ask is known to the browser";
  },
  "A suggested question is answered with quotes": async () => {
    const [question] = suggested[form.elements.audience.value];
    if (!question) return "this library suggests no question, so none was asked";
    const response = await probe(question);
    const record = await response.json();
    if (!response.ok) throw new Error(record.detail);
    if (record.status !== "answered") throw new Error(`“${question}” is not answered`);
    const told = record.quotes.every(isVerbatim);
    if (!record.quotes.length || !told) throw new Error(`“${question}” gets a quote that is not word for word`);
    return `“${question}”, ${record.quotes.length} word for word, in ${Math.round(record.timing_ms.total)} ms`;
  },
  "A question that cannot be asked is refused": async () => {
    const record = await (await probe(" ")).json();
    if (record.status !== 422) throw new Error("it was not refused");
    return record.detail;
  },
  "A frame reports its height": () => within(new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.title = "Test of the frame";
    frame.src = new URL("embed?audience=clinician", HOME);
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.data?.type !== "quotewell:height") return;
      frame.remove();
      resolve(`${event.data.height} pixels`);
    });
    document.querySelector("#tests").after(frame);
  })),
  "No other site is contacted": async () => {
    const asked = performance.getEntriesByType("resource").map((one) => new URL(one.name));
    const others = asked.filter((one) => one.protocol.startsWith("http") && one.origin !== HOME.origin);
    if (others.length) throw new Error(`there is ${others[0].origin}`);
    return `${asked.length} requests, all to ${HOME.host}`;
  },
  "No cookie is set": async () => {
    if (document.cookie) throw new Error(`there is ${document.cookie.split("=")[0]}`);
    return "none";
  },
};

// The server found it in the file, and it is as long as its place in the document.
function isVerbatim({ text, span: [start, end], verified }) {
  return verified && Array.from(text).length === end - start && end > start;
}

function within(promise, ms = 8000) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("nothing within 8 seconds")), ms));
  return Promise.race([promise, late]);
}

async function test() {
  const list = document.querySelector("#tests");
  list.replaceChildren();
  status.textContent = "Testing …";
  let failed = 0;
  for (const [name, run] of Object.entries(TESTS)) {
    const item = list.appendChild(document.createElement("li"));
    try {
      item.textContent = `✓ ${name}: ${await run()}`;
    } catch (error) {
      failed += 1;
      item.className = "failed";
      item.textContent = `✗ ${name}: ${error.message}`;
    }
  }
  status.textContent = failed ? `${failed} of ${list.children.length} tests failed.` : "All tests passed.";
}

form.addEventListener("input", onInput);
form.elements.question.addEventListener("change", preview);
form.addEventListener("submit", (event) => event.preventDefault());
document.querySelector("#test").addEventListener("click", test);
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button));
fill();
offer();
preview();
