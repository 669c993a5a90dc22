// Runs on every run of the page. Text comes from attributes and goes to textContent, never to HTML.

const ACTIONS =
  "[data-copy], [data-link], [data-export], [data-print], " +
  "[data-feedback], [data-choice], [data-earlier], a.qw-cited, a.qw-term, .qw-head a, " +
  ".qw-library a";
const SETTLED_MS = 120;
const root = document.documentElement;
const { whenThere } = window.quotewell;

let shown = 0;
let reopened = 0;
let saved = "";
let judged = null;
let listening = null;

export default function ({ data, parentElement, setTriggerValue }) {
  const status = parentElement.querySelector("[role=status]");
  const say = (message) => {
    if (status.textContent !== message) status.textContent = message;
  };
  // Before everything else, and again if the next question has the same.
  if (data.turn !== shown) parentElement.querySelector("[role=alert]").textContent = data.alert;
  say(data.message);
  window.quotewell.settle(data, setTriggerValue, say);
  if (data.told && judged) judged.querySelector(".qw-told").textContent = data.told;
  const hasLostFocus = data.message && document.activeElement === document.body;
  if (data.turn !== shown) {
    shown = data.turn;
    whenThere(shown ? `#turn-${shown}` : "#top", arrive);
  } else if (data.earlier && data.earlier !== reopened) {
    whenThere(`#turn-${data.earlier}`, reopen);
  } else if (hasLostFocus && shown) focusHeading(`turn-${shown}`);
  reopened = data.earlier;
  if (data.file && data.file.id !== saved) {
    saved = data.file.id;
    save(data.file);
    say(`Saved ${data.file.name}`);
  }
  window.quotewellViewer.settle();
  whenThere("#top", markPage);

  const act = {
    copy: (button) => copy(button, `${button.dataset.copy}\n${button.dataset[style()]}`, say),
    link: (button) => copy(button, linkTo(button.dataset), say),
    export: ({ dataset }) =>
      setTriggerValue("export", { turn: dataset.turn, form: dataset.export, style: style() }),
    print: () => window.print(),
    feedback: (button) => setTriggerValue("feedback", opinion(button)),
    choice: ({ dataset }) => setTriggerValue("choice", dataset.choice),
    earlier: ({ dataset }) => setTriggerValue("earlier", dataset.earlier),
  };
  const onClick = (event) => {
    const target = event.target.closest?.(ACTIONS);
    if (!target) return;
    const name = Object.keys(act).find((name) => name in target.dataset);
    if (name) act[name](target);
    else if (target.matches(".qw-head a, .qw-library a")) goTo(event, target);
    else if (target.matches(".qw-term")) openTerm(event, target);
    else openReference(event, target);
  };
  const listeners = { click: onClick, change: chooseStyle, toggle: showStyle };
  // Streamlit cleans up only when the page is left: without this, one click would count as several.
  listening?.abort();
  const mine = (listening = new AbortController());
  for (const [kind, listener] of Object.entries(listeners)) {
    addEventListener(kind, listener, { capture: kind === "toggle", signal: mine.signal });
  }
  return () => mine.abort();
}

// Scroll to the newest question and, where there is room, show its first quote in its source.
function arrive(element) {
  setTimeout(focusHeading, SETTLED_MS, element.id, document.activeElement); // after what is announced
  bringToTop(element);
  window.quotewellViewer.arrive(element);
}

function reopen(element) {
  setTimeout(focusHeading, SETTLED_MS, element.id, document.activeElement);
  bringToTop(element);
}

// Whoever is typing already is left alone.
// So is whoever has gone elsewhere since the answer came.
function focusHeading(id, before) {
  const field = document.activeElement;
  if (field.matches?.("input, textarea") && field.value) return;
  if (before && field !== before && field !== document.body) return;
  document.getElementById(`${id}-question`)?.focus({ preventScroll: true });
}

function markPage(head) {
  for (const link of head.querySelectorAll("nav a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// Another page of ours, without loading everything again: as if one went there by "back".
function goTo(event, link) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = new URL(link.href);
  address.search = location.search;
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

function opinion(button) {
  const details = button.closest("details");
  for (const other of details.querySelectorAll("button")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const agreed = details.querySelector("input").checked;
  judged = details;
  return { turn: button.dataset.turn, verdict: button.dataset.feedback, agreed };
}

// The visitor chooses one citation style for all answers; take_along.css shows what goes with it.
function style() {
  return root.dataset.qwStyle ?? "vancouver";
}

function chooseStyle(event) {
  if (event.target.matches?.(".qw-style select")) root.dataset.qwStyle = event.target.value;
}

function showStyle(event) {
  const select = event.target.querySelector?.(":scope > .qw-style select");
  if (select) select.value = style();
}

// The questions come after the "#": no server is sent that, and no log has it.
function linkTo({ link, path }) {
  const address = new URL(path ?? location.pathname, location.href);
  const audience = new URLSearchParams(location.search).get("audience");
  if (audience) address.searchParams.set("audience", audience);
  address.hash = new URLSearchParams(JSON.parse(link));
  return address.href;
}

function save({ name, media_type, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: `${media_type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function bringToTop(element) {
  element.scrollIntoView({ block: "start" });
  // Once more when the fonts and the ask box have their final size.
  setTimeout(() => element.scrollIntoView({ block: "start" }), SETTLED_MS);
}

async function copy(button, text, say) {
  const words = button.textContent;
  const copied = await toClipboard(text);
  button.textContent = copied ? "Copied" : "Copying is blocked here";
  say(button.textContent);
  setTimeout(() => { button.textContent = words; }, 2000);
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// For pages that are not served over https, and frames that may not use the clipboard.
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

function openReference(event, link) {
  const entry = document.getElementById(link.getAttribute("href").slice(1));
  if (!entry) return;
  event.preventDefault();
  const details = entry.closest("details");
  details.open = true;
  details.querySelector("summary").focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

// The glossary entry, beside the term: Escape or a click elsewhere closes it.
function openTerm(event, link) {
  const entry = document.getElementById(link.getAttribute("href").slice(1));
  if (!entry) return;
  event.preventDefault();
  const bubble = document.createElement("div");
  bubble.className = "qw-bubble";
  bubble.popover = "auto";
  bubble.tabIndex = -1;
  bubble.setAttribute("role", "dialog");
  bubble.setAttribute("aria-label", `What ${link.textContent} stands for`);
  bubble.append(...[...entry.children].map((child) => plain(child)));
  bubble.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    bubble.remove();
    if (document.activeElement === document.body) link.focus({ preventScroll: true });
  });
  link.closest(".stApp").append(bubble);
  bubble.showPopover();
  place(bubble, link.getBoundingClientRect());
  bubble.focus({ preventScroll: true });
}

function plain(element) {
  const copied = document.createElement("div");
  copied.append(...element.cloneNode(true).childNodes);
  copied.className = `qw-bubble-${element.localName}`;
  return copied;
}

function place(bubble, around) {
  const { width, height } = bubble.getBoundingClientRect();
  const left = Math.min(around.left, innerWidth - width - 8);
  const below = around.bottom + 6;
  bubble.style.left = `${Math.max(left, 8)}px`;
  bubble.style.top = `${below + height < innerHeight ? below : around.top - height - 6}px`;
}
