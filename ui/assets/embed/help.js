// The help page: snippets that follow the form, a preview, and tests of this very server.

const HOME = new URL(".", document.querySelector('script[src$="embed.js"]').src);
const form = document.querySelector("#builder");
const status = document.querySelector("#status");

function attributes() {
  const chosen = Object.fromEntries(new FormData(form));
  chosen.suggestions = chosen.suggestions.split("\n").map((one) => one.trim()).filter(Boolean).join("|");
  return Object.entries(chosen).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

function fill() {
  const pairs = attributes();
  const marks = {
    "{home}": HOME.href,
    "{attributes}": pairs.map(([name, value]) => ` ${name}="${escaped(value)}"`).join(""),
    "{query}": escaped(`?${new URLSearchParams(pairs)}`),
  };
  for (const code of document.querySelectorAll("[data-template]")) {
    code.textContent = code.dataset.template.replace(/\{home\}|\{attributes\}|\{query\}/g, (mark) => marks[mark]);
  }
  return pairs;
}

function preview() {
  const element = document.createElement("quotewell-ask");
  for (const [name, value] of fill()) element.setAttribute(name, value);
  document.querySelector("#preview").replaceChildren(element);
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

// Each resolves to what it found, or throws.
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
  "A question gets an answer": async () => {
    const response = await probe("What is this about?");
    if (!response.ok) throw new Error((await response.json()).detail);
    const { timing_ms: timing } = await response.json();
    return `in ${Math.round(timing.total)} ms`;
  },
  "A question that cannot be asked is told so": async () => {
    const record = await (await probe(" ")).json();
    if (record.status !== 422) throw new Error("it was not refused");
    return record.detail;
  },
  "A frame says how high it is": () => within(new Promise((resolve) => {
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
  "No cookie is set": async () => {
    if (document.cookie) throw new Error(`there is ${document.cookie.split("=")[0]}`);
    return "none";
  },
};

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

form.addEventListener("input", fill);
form.addEventListener("submit", (event) => { event.preventDefault(); preview(); status.textContent = "The preview is shown."; });
document.querySelector("#test").addEventListener("click", test);
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button));
preview();
