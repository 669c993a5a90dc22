// Runs with every run of the page. Texts come from attributes and go to textContent, never to HTML.

const ACTIONS = "[data-ask], [data-copy], [data-link], [data-export], [data-print], a.qw-cited";
const root = document.documentElement;

let shown = 0;
let saved = "";

export default function ({ data, parentElement, setTriggerValue }) {
  const status = parentElement.querySelector("[role=status]");
  const say = (message) => {
    if (status.textContent !== message) status.textContent = message;
  };
  say(data.message);
  if (data.turn !== shown) {
    shown = data.turn;
    whenThere(shown ? `turn-${shown}` : "top", bringToTop);
  }
  if (data.file && data.file.id !== saved) {
    saved = data.file.id;
    save(data.file);
    say(`Saved ${data.file.name}`);
  }

  const onClick = (event) => {
    const target = event.target.closest?.(ACTIONS);
    if (!target) return;
    const known = target.dataset;
    if (known.ask !== undefined) setTriggerValue("question", known.ask);
    else if (known.copy !== undefined) copy(target, `${known.copy}\n${known[style()]}`, say);
    else if (known.link !== undefined) copy(target, linkTo(known.link), say);
    else if (known.export !== undefined) {
      setTriggerValue("export", { turn: known.turn, form: known.export, style: style() });
    } else if (known.print !== undefined) window.print();
    else openReference(event, target);
  };
  document.addEventListener("click", onClick);
  document.addEventListener("change", chooseStyle);
  document.addEventListener("toggle", showStyle, true);
  return () => {
    document.removeEventListener("click", onClick);
    document.removeEventListener("change", chooseStyle);
    document.removeEventListener("toggle", showStyle, true);
  };
}

// The style of citations is the visitor's, for all answers; take_along.css shows what goes with it.
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

// An address with a question in it: only here, and only because it was asked for.
function linkTo(question) {
  const address = new URL(location.origin + location.pathname);
  const audience = new URLSearchParams(location.search).get("audience");
  if (audience) address.searchParams.set("audience", audience);
  address.searchParams.set("q", question);
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

function whenThere(id, then, frames = 120) {
  const element = document.getElementById(id);
  if (element) then(element);
  else if (frames > 0) requestAnimationFrame(() => whenThere(id, then, frames - 1));
}

function bringToTop(element) {
  element.scrollIntoView({ block: "start" });
  // Once more when fonts and the ask box have found their size.
  setTimeout(() => element.scrollIntoView({ block: "start" }), 120);
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

// Where the page is not served over https, or a frame may not use the clipboard.
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
