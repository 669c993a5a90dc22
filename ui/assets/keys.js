// Single keys for what is done most: none while somebody types, none together with Ctrl, Alt or Meta.
// Whoever's speech or switches send stray letters can turn them off; this browser remembers it.

(() => {
  const KEPT = "quotewell-keys";
  const OFF = "off";
  const TYPED_INTO =
    "textarea, select, [contenteditable]:not([contenteditable=false]), input:not([type=checkbox], [type=radio])";
  const LISTED = [
    ["/", "Ask a question"],
    ["n", "Next quote"],
    ["p", "Previous quote"],
    ["s", "Show the quote in its source, or hide it"],
    ["c", "Copy the quote with its citation"],
    ["1 – 4", "Choose a passage in the quiz"],
    ["?", "Show this list"],
  ];
  let last = {}; // the quote that was gone to last, and the newest question at that time

  const at = (selector, within = document) => within.querySelector(selector);

  const act = {
    "/": () => focus(at(".stChatInput textarea")),
    n: () => step(1),
    p: () => step(-1),
    s: () => press(".qw-source > summary"),
    c: () => press(".qw-copy"),
    "?": show,
  };
  for (const number of [1, 2, 3, 4]) act[number] = () => choose(number);

  // Each returns whether there was anything to do; if not, the key is left to others.
  function focus(element) {
    element?.focus();
    return Boolean(element);
  }

  function quotes() {
    return [...document.querySelectorAll(".qw-card")].filter((card) => card.checkVisibility());
  }

  // The quote that has the focus, else the last one that had it, until there is another answer.
  function current() {
    const focused = document.activeElement.closest(".qw-card");
    if (focused) remember(focused);
    return last.newest === newest() ? document.getElementById(last.quote) : null;
  }

  const newest = () => at(".qw-newest")?.id;

  function remember(card) {
    last = { quote: card.id, newest: newest() };
  }

  function step(by) {
    const all = quotes();
    const here = current();
    const next = here ? all[all.indexOf(here) + by] : first();
    if (next) goTo(next);
    return all.length > 0;
  }

  const first = () => at(".qw-newest .qw-card") ?? quotes()[0];

  function goTo(card) {
    remember(card);
    const quote = card.firstElementChild;
    quote.tabIndex = -1;
    quote.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  }

  function press(selector) {
    const card = current() ?? first();
    const button = card && at(selector, card);
    button?.click();
    return Boolean(button);
  }

  function choose(number) {
    const option = at(`.qw-option[data-choice="${number - 1}"]`);
    option?.click();
    return Boolean(option);
  }

  function isOn() {
    try {
      return localStorage.getItem(KEPT) !== OFF;
    } catch {
      return true;
    }
  }

  function turn(on) {
    try {
      if (on) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, OFF);
    } catch {
      // Storage is blocked: the choice cannot be kept.
    }
  }

  function show() {
    const dialog = document.createElement("dialog");
    dialog.className = "qw-keys-list";
    dialog.setAttribute("aria-labelledby", "qw-keys-title");
    dialog.innerHTML = `<h2 id="qw-keys-title" tabindex="-1" autofocus>Keyboard shortcuts</h2><dl></dl>
      <label><input type="checkbox"> Use these shortcuts</label>
      <p>Kept in this browser. Turned off, they are still listed under “Shortcuts” above the page.</p>
      <button type="button">Close</button>`;
    for (const [key, purpose] of LISTED) {
      const term = document.createElement("dt");
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      at("dl", dialog).append(term, Object.assign(document.createElement("dd"), { textContent: purpose }));
    }
    const box = at("input", dialog);
    box.checked = isOn();
    box.addEventListener("change", () => turn(box.checked));
    at("button", dialog).addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    // What closes the list does not also close what is behind it.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => dialog.remove());
    at(".stApp").append(dialog); // where the theme's colours are
    dialog.showModal();
    return true;
  }

  addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey, isComposing, repeat, target } = event;
    if (ctrlKey || altKey || metaKey || isComposing || !Object.hasOwn(act, key)) return;
    if (target.closest?.(TYPED_INTO) || at("dialog[open], [role=dialog]") || !isOn()) return;
    const isDone = (repeat && !"np".includes(key)) || act[key]();
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has keys of its own
  }, { capture: true });

  addEventListener("click", ({ target }) => target.closest?.("[data-keys]") && show());
})();
