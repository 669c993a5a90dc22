// <quotewell-ask>: asks only the server that this script comes from.

const SCRIPT = document.currentScript ?? document.querySelector('script[src$="embed.js"]');
const HOME = new URL(".", SCRIPT?.src || document.baseURI);
const PATIENCE_MS = 30_000;
const ALWAYS = `In an emergency, call your emergency number · ${LIBRARY}`;
const UNREACHED = "Quotewell could not be reached, so this was not asked. " +
  "That does not mean that the documents say nothing about it. Please try again.";

class QuotewellAsk extends HTMLElement {
  #history = [];
  #turns = 0;
  #busy = false;
  #parts = null;
  #stopWatching = () => {};

  static observedAttributes = ["theme"];

  connectedCallback() {
    const isNew = !this.#parts;
    if (isNew) this.#fill();
    this.#stopWatching = watchSurroundings(this, () => this.#dress());
    const pinned = this.getAttribute("question")?.trim();
    if (isNew && pinned) this.ask(pinned, { pinned: true });
  }

  disconnectedCallback() {
    this.#stopWatching();
  }

  attributeChangedCallback() {
    if (this.#parts) this.#dress();
  }

  #fill() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#parts = this.#build();
    root.append(this.#parts.box);
  }

  // Light or dark: as the attribute says, else as the page around is, whatever the system prefers.
  #dress() {
    const named = this.getAttribute("theme");
    const theme = ["light", "dark"].includes(named) ? named : hostTheme(this);
    this.#parts.box.classList.toggle("dark", theme === "dark");
  }

  /** The visitor's audience: it orders facts and cards, and changes no quote. */
  get audience() {
    const named = this.getAttribute("audience");
    return ["clinician", "patient", "educator"].includes(named) ? named : "clinician";
  }

  /** Questions to suggest, separated by "|" or line ends; without the attribute, those of the library. */
  get suggestions() {
    const named = this.getAttribute("suggestions");
    if (named === null) return SUGGESTED[this.audience];
    return named.split(/[|\n]/).map((one) => one.trim()).filter(Boolean);
  }

  /** The level of the heading of an answer, so that the page skips none. */
  get headingLevel() {
    const named = this.getAttribute("heading-level") ?? "";
    return /^[1-6]$/.test(named) ? Number(named) : levelBefore(this) + 1;
  }

  /** Ask a question, `alone` without the earlier ones, and show the outcome; resolves when it is shown. */
  async ask(question, { pinned = false, alone = false } = {}) {
    if (this.#busy || !question.trim()) return;
    this.#setBusy(true);
    this.#say("Searching the documents …");
    const number = (this.#turns += 1);
    const history = alone ? [] : this.#history.slice(-10);
    const outcome = await fetched({ question, history, audience: this.audience, written_for: writtenFor(this) });
    if (outcome.answer) this.#history.push(question);
    const turn = this.#turn(question, outcome);
    this.#parts.turns.prepend(turn);
    const alarm = noticed(outcome, (kind) => kind === "emergency");
    if (this.#parts.ideas) {
      this.#parts.box.append(this.#parts.ideas); // out of the way of the answer
      this.#parts.ideas.hidden = alarm !== ""; // in an emergency there is one thing to do
    }
    this.#parts.alert.textContent = alarm;
    this.#say(announcement(number, outcome), noticed(outcome, (kind) => kind !== "emergency"));
    this.#setBusy(false);
    if (!pinned) this.#show(turn);
  }

  #build() {
    const field = make("textarea", { id: "question", rows: "1", maxlength: "4000", autocomplete: "off",
      enterkeyhint: "send", "aria-describedby": "hint always" });
    const button = make("button", { type: "submit", class: "ask" }, "Ask");
    const form = make("form", { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      make("label", { for: "question" }, "Ask a question"),
      make("div", { class: "row" }, field, button),
      make("p", { class: "hint", id: "hint" }, "Answers are whole sentences of the documents, word for word. Do not type names or birth dates."));
    // Enter asks, Shift+Enter starts a new line; neither while an input method is composing.
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    const ideas = this.suggestions.map((text) => make("li", {},
      make("button", { type: "button", onclick: () => this.ask(text) }, text)));
    const parts = { field, button,
      ideas: ideas.length ? make("ul", { class: "ideas", "aria-label": "Suggested questions" }, ...ideas) : null,
      alert: make("p", { class: "hidden", role: "alert" }),
      status: make("p", { class: "status", role: "status", "aria-live": "polite" }),
      turns: make("div", { class: "turns" }),
      always: make("p", { class: "always", id: "always" }, make("b", {}, "Not medical advice"), ` · ${ALWAYS}`) };
    parts.box = make("section", { class: "box", lang: "en", dir: "ltr", "aria-label": "Ask the documents" }, form,
      parts.ideas, parts.alert, parts.status, parts.always, parts.turns);
    return parts;
  }

  #submit() {
    const { field } = this.#parts;
    const question = field.value;
    if (this.#busy || !question.trim()) return;
    field.value = "";
    this.ask(question);
  }

  #turn(question, { answer, problem }) {
    const level = this.headingLevel;
    const how = { audience: this.audience, level: level + 1,
      say: (text) => this.#say(text), askAlone: (text) => this.ask(text, { alone: true }) };
    const parts = answer ? answerParts(answer, how) : [this.#problem(problem)];
    return make("article", { class: "turn" }, heading(level, question, { class: "question", tabindex: "-1" }), ...parts);
  }

  #problem(text) {
    return make("div", { class: "problem" }, make("p", {}, "This could not be answered."), make("p", {}, text),
      webLink(HOME.href, "Open Quotewell itself"));
  }

  // The notices are on the page: `unseen` is for those who hear it.
  #say(text, unseen = "") {
    const words = unseen ? [make("span", { class: "hidden" }, `${unseen} `), text] : [text];
    this.#parts.status.replaceChildren(...words);
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#parts.turns.setAttribute("aria-busy", String(busy));
  }

  // The line that says what this is stays above the question, and both below the page's own bars. In
  // a frame as high as its content, only the page outside can scroll: `preventDefault` leaves it to others.
  #show(turn) {
    const top = this.#parts.always.getBoundingClientRect().top + scrollY;
    const detail = { top, turn: turn.getBoundingClientRect().top + scrollY };
    const toScroll = new CustomEvent("quotewell-answered", { bubbles: true, composed: true, cancelable: true, detail });
    if (this.dispatchEvent(toScroll)) {
      const bring = (bars) => {
        turn.style.scrollMarginTop = `${detail.turn - top + bars}px`;
        turn.scrollIntoView({ block: "start", behavior: "instant" });
      };
      bring(0);
      const bars = barsOver(this, Math.max(0, this.#parts.always.getBoundingClientRect().top));
      if (bars) bring(bars);
    }
    // Whoever is typing already is left alone.
    if (!this.#parts.field.value) turn.querySelector(".question").focus({ preventScroll: true });
  }
}

// A failure must not look like "the documents do not answer this".
async function fetched(body) {
  try {
    const response = await fetch(new URL("api/ask", HOME), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const record = await response.json();
    return response.ok ? { answer: record } : { problem: record.detail ?? UNREACHED };
  } catch {
    return { problem: UNREACHED };
  }
}

function announcement(number, { answer, problem }) {
  if (answer && !answer.searched.documents) return ""; // the notice says it all
  return `Question ${number}: ${answer ? counted(answer) : problem}`;
}

function counted(answer) {
  if (answer.status !== "answered") return NOT_FOUND;
  const count = answer.quotes.length;
  const open = answer.parts.filter((part) => part.status !== "answered").length;
  const rest = open ? ` ${open} of ${answer.parts.length} questions not answered.` : "";
  return `${count} ${count === 1 ? "quote" : "quotes"} found.${rest}`;
}

// The notices of some kinds, to be read out: that of an emergency comes before everything else.
function noticed({ answer }, isWanted) {
  const notices = answer?.notices.filter((notice) => isWanted(notice.kind)) ?? [];
  return notices.map((notice) => notice.text).join(" ");
}

// The level of the last heading before an element; 1 if there is none.
function levelBefore(element) {
  const isBefore = (one) => one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  const last = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading][aria-level]")].findLast(isBefore);
  return Number(last?.getAttribute("aria-level") ?? last?.tagName[1] ?? 1);
}

// What a frame of ours on this page tells: that it is there, its height, and where its answer starts.
function onMessage(event) {
  const { type, height, top } = event.data ?? {};
  if (event.origin !== HOME.origin || !type?.startsWith?.("quotewell:")) return;
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === event.source);
  if (!frame) return;
  if (type === "quotewell:hello") dressFrame(frame);
  if (type === "quotewell:height" && height > 0) {
    const borders = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = `${Math.ceil(height) + borders}px`;
  }
  if (type === "quotewell:answered" && top >= 0) {
    const at = () => frame.getBoundingClientRect().top + top;
    scrollBy({ top: at(), behavior: "instant" });
    scrollBy({ top: -barsOver(frame, Math.max(0, at())), behavior: "instant" });
  }
}

// A frame cannot see the page that it is in.
const dressed = new WeakMap();
function dressFrame(frame) {
  dressed.get(frame)?.();
  dressed.set(frame, watchSurroundings(frame, () =>
    frame.contentWindow?.postMessage({ type: "quotewell:theme", theme: hostTheme(frame) }, "*")));
}

if (!customElements.get("quotewell-ask")) {
  customElements.define("quotewell-ask", QuotewellAsk);
  addEventListener("message", onMessage);
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.src.startsWith(HOME.href)) frame.contentWindow?.postMessage({ type: "quotewell:hello" }, "*");
  }
}
