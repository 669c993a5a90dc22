// Runs with every run of the page. Texts come from attributes and go to textContent, never to HTML.

let shown = 0;

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

  const onClick = (event) => {
    const target = event.target.closest?.("[data-ask], [data-copy], a.qw-cited");
    if (!target) return;
    if (target.dataset.ask !== undefined) setTriggerValue("question", target.dataset.ask);
    else if (target.dataset.copy !== undefined) copy(target, say);
    else openReference(event, target);
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
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

async function copy(button, say) {
  const words = button.textContent;
  const copied = await toClipboard(button.dataset.copy);
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
