// Runs before Streamlit. Shows a whole document: beside an answer with its quotes marked, in a sheet
// at the bottom of a phone, and on the Sources page. There is one viewer; it moves to where it is used.

window.quotewellViewer = (() => {
  const { fetchOnce, textBetween, mark, unmark, find, MOST_HITS } = window.quotewellReading;
  const WIDE = matchMedia("(min-width: 70rem)");
  const FAILED = "The whole document could not be loaded. Close it and open it again.";
  const FAILED_PAGE = "The document could not be loaded. Reload the page.";
  const CHANGED = "The document has changed since it was quoted. Reload the page and ask again.";
  const TYPING_MS = 150;
  const FRAMES = 20; // until what is shown for the first time has found its height
  const AROUND = 60; // blocks before and after: some screens of text
  const SOURCE = ".qw-source";

  let viewer = null;
  let whole = null; // the document that is shown
  let hits = [];
  let hit = -1;
  let cause = "asked"; // why a source opens: asked for, on arrival, or by a step to the next quote
  let keepsClosed = false;
  let openedAt = ""; // the address when the source was opened
  let isLeaving = false; // the sheet's step of the browser's history is being taken back
  let isAside = false; // the sheet closes because something else is used, which may be a link
  let timer = 0;

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const button = (label, words, click) =>
    make("button", { type: "button", class: "qw-tool", "aria-label": label, title: label, click }, words);

  function build() {
    const contents = make("div", { class: "qw-viewer-contents", id: "qw-contents", "data-folded": "" });
    contents.addEventListener("click", onContents);
    const field = make("input", { type: "search", "aria-label": "Find in this document", placeholder: "Find in this document", input: search, keydown: onFieldKey });
    const bar = make("div", { class: "qw-find", id: "qw-find", role: "search", "data-folded": "" }, field,
      make("output", {}), button("Previous hit", "↑", () => toHit(hit - 1)), button("Next hit", "↓", () => toHit(hit + 1)));
    const tool = (name, place) => make("button", { type: "button", class: "qw-tool", "aria-expanded": "false", "aria-controls": place.id, click: ({ currentTarget }) => flip(currentTarget, place) }, name);
    const steps = make("span", { class: "qw-steps", hidden: "" }, button("Previous quote", "‹", () => step(-1)), make("span"), button("Next quote", "›", () => step(1)));
    const head = make("div", { class: "qw-viewer-head" }, make("p", { class: "qw-pane-title" }, make("b")),
      make("button", { type: "button", class: "qw-tool qw-close", click: close }, "Close"),
      make("div", { class: "qw-tools" }, tool("Contents", contents), tool("Find", bar), steps), bar, contents);
    const body = make("div", { class: "qw-viewer-body", role: "group", "aria-label": "Text of the document" });
    return { element: make("section", { class: "qw-viewer" }, head, body), title: head.querySelector("b"), body, contents, field, bar, steps };
  }

  const opened = () => document.querySelector(`${SOURCE}[open]`);
  const isPane = () => viewer.element.parentElement?.matches(SOURCE);
  const scroller = () => (isPane() ? viewer.body : viewer.element.closest(".stMain"));

  // Put the viewer into a place that names a document.
  function move(place, label) {
    viewer ??= build();
    fold();
    if (viewer.element.parentElement !== place) place.append(viewer.element);
    whole = null;
    viewer.contents.replaceChildren();
    viewer.title.textContent = label;
    viewer.element.setAttribute("aria-label", `Source: ${label}`);
    viewer.body.toggleAttribute("tabindex", false);
    window.quotewellPages.open(viewer.element, null);
    if (isPane()) viewer.body.tabIndex = 0;
  }

  // Show the document of a place, if the viewer is still there when it has come.
  async function show(place, then, otherwise) {
    const isHere = () => place.isConnected && viewer.element.parentElement === place;
    let loaded;
    try {
      loaded = await fetchOnce(place.dataset.document);
    } catch {
      if (isHere()) otherwise();
      return;
    }
    if (!isHere()) return;
    whole = loaded;
    unmark(whole);
    viewer.body.replaceChildren(...whole.cautions, whole.text);
    viewer.contents.replaceChildren(whole.contents);
    then();
  }

  function tell(words) {
    viewer.body.prepend(make("p", { class: "qw-problem", role: "alert" }, words));
  }

  // Beside an answer: the quotes of this document in the same answer, in the document's order.
  function quotesWith(details) {
    const around = details.closest(".qw-turn") ?? document;
    return [...around.querySelectorAll(SOURCE)]
      .filter((one) => one.dataset.document === details.dataset.document)
      .sort((one, other) => one.dataset.start - other.dataset.start);
  }

  function open(details) {
    const why = cause;
    cause = "asked";
    for (const other of document.querySelectorAll(`${SOURCE}[open]`)) {
      if (other !== details) other.open = false;
    }
    if (why === "asked") keepsClosed = false;
    push();
    fitAboveBar();
    move(details, details.dataset.label);
    const excerpt = details.querySelector(".qw-passage").cloneNode(true);
    viewer.body.replaceChildren(excerpt);
    const toText = () => bring([viewer.body.querySelector("mark[data-current]") ?? excerpt], "middle");
    window.quotewellPages.open(viewer.element, { details, quotes: quotesWith(details), label: details.dataset.label, toText });
    if (why === "asked") viewer.body.focus({ preventScroll: true });
    show(details, () => showQuotes(details, excerpt, why), () => fallBack(excerpt, FAILED));
  }

  function fallBack(excerpt, words) {
    viewer.steps.hidden = true;
    viewer.body.replaceChildren(excerpt);
    bring([excerpt.querySelector("mark")], "middle");
    tell(words);
  }

  function showQuotes(details, excerpt, why) {
    const quotes = quotesWith(details);
    const squeezed = (text) => text.replace(/\s+/g, "");
    const spanOf = ({ dataset }) => [Number(dataset.start), Number(dataset.end)];
    const quoted = excerpt.querySelector("mark").textContent;
    if (squeezed(textBetween(whole, ...spanOf(details))) !== squeezed(quoted)) return fallBack(excerpt, CHANGED);
    for (const one of quotes) if (one !== details) mark(whole, ...spanOf(one), false);
    const current = mark(whole, ...spanOf(details), true);
    showStep(quotes, details);
    bring(current, "middle");
    if (why === "step" && WIDE.matches) details.closest(".qw-card").scrollIntoView({ block: "nearest" });
  }

  function showStep(quotes, details) {
    const number = details.closest(".qw-card").querySelector(".qw-number")?.textContent;
    const name = number ? `Quote ${number}` : "Passage";
    viewer.steps.hidden = quotes.length < 2;
    viewer.steps.querySelector("span").textContent = `${name} (${quotes.indexOf(details) + 1} of ${quotes.length})`;
  }

  function step(by) {
    const details = opened();
    const quotes = quotesWith(details);
    const pressed = document.activeElement;
    cause = "step";
    quotes.at((quotes.indexOf(details) + by) % quotes.length).open = true;
    details.open = false;
    addEventListener("toggle", () => pressed.focus({ preventScroll: true }), { capture: true, once: true });
  }

  function close() {
    const details = opened();
    if (!details) return;
    keepsClosed = true;
    details.open = false;
    details.querySelector("summary").focus({ preventScroll: true });
  }

  addEventListener("toggle", ({ target }) => {
    if (!target.matches?.(SOURCE)) return;
    if (target.open) open(target);
    else if (!opened()) takeBack();
  }, { capture: true });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !viewer?.element.isConnected || document.querySelector(":popover-open")) return;
    if (!fold(true)) close();
  });

  // On a phone the sheet is a step of the browser's history: "back" closes it.
  const isStep = () => history.state?.qwSheet === true;

  function push() {
    openedAt = location.href;
    if (!WIDE.matches && !isLeaving && !isStep()) history.pushState({ ...history.state, qwSheet: true }, "");
  }

  function takeBack() {
    if (!isAside && isStep()) {
      isLeaving = true;
      history.back();
    }
    isAside = false;
  }

  addEventListener("popstate", (event) => {
    if (isLeaving) {
      isLeaving = false;
      event.stopImmediatePropagation();
      if (opened()) push();
    } else if (opened() && !WIDE.matches && !isStep() && location.href === openedAt) {
      event.stopImmediatePropagation();
      close();
    }
  }, { capture: true });

  // The sheet would hide what gets the focus behind it.
  addEventListener("focusin", ({ target }) => {
    const details = opened();
    if (!details || WIDE.matches || !viewer || viewer.element.contains(target)) return;
    const stays = ".st-key-ask, .st-key-always, .qw-bubble, [tabindex='-1']"; // no key leads to the last
    if (target.closest(stays)) return;
    isAside = true;
    details.open = false;
  });

  function fitAboveBar() {
    const bar = document.querySelector('[data-testid="stLayoutWrapper"]:has(> :is(.st-key-ask, .st-key-always))');
    const isFixed = bar && getComputedStyle(bar).position === "sticky";
    document.documentElement.style.setProperty("--qw-bar", `${isFixed ? bar.offsetHeight : 0}px`);
  }
  addEventListener("resize", fitAboveBar);

  // Scroll to where elements or ranges are in the middle, or at the top. What is far away has no
  // height of its own yet: around them it gets one first, so that nothing moves before the eyes.
  function bring(elements, place, frames = FRAMES) {
    const view = scroller();
    if (!view || !elements.length) return;
    if (frames === FRAMES && whole) layOut(elements[0].startContainer ?? elements[0]);
    const boxes = elements.map((element) => element.getBoundingClientRect());
    const [top, bottom] = [boxes[0].top, boxes.at(-1).bottom];
    const head = isPane() ? 0 : viewer.element.querySelector(".qw-viewer-head").offsetHeight;
    const from = Math.max(view.getBoundingClientRect().top, 0) + head;
    const room = view.clientHeight - head - (bottom - top);
    view.scrollTop += top - from - Math.max(place === "middle" ? room / 2 : 8, 8);
    if (frames > 0) requestAnimationFrame(() => bring(elements, place, frames - 1));
  }

  function layOut(node) {
    const all = [...whole.text.children];
    const at = all.findIndex((block) => block.contains(node));
    for (const block of all.slice(Math.max(at - AROUND, 0), at + AROUND)) block.dataset.near = "";
  }

  // Contents and search
  const folds = () => [...viewer.element.querySelectorAll("[aria-expanded]")];

  function flip(tool, place) {
    const isOpen = "folded" in place.dataset;
    fold();
    tool.setAttribute("aria-expanded", String(isOpen));
    place.toggleAttribute("data-folded", !isOpen);
    if (isOpen) place.querySelector("input, a")?.focus();
  }

  // Close contents and search; whether there was one open. The focus goes back to its button.
  function fold(isFocused = false) {
    const open = folds().filter((tool) => tool.getAttribute("aria-expanded") === "true");
    for (const tool of open) {
      tool.setAttribute("aria-expanded", "false");
      viewer.element.querySelector(`#${tool.getAttribute("aria-controls")}`).dataset.folded = "";
      if (isFocused) tool.focus({ preventScroll: true });
    }
    clearFind();
    return open.length > 0;
  }

  function onContents(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!isPane()) return goTo(link.dataset.place);
    fold();
    toHeading(document.getElementById(link.dataset.place));
  }

  function toHeading(heading) {
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    bring([heading], "top");
  }

  function search() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = viewer.field.value.trim();
      setHits(words && whole ? find(whole, words) : []);
      const start = Number(opened()?.dataset.start ?? 0);
      toHit(Math.max(hits.findIndex((one) => one.start >= start), 0));
    }, TYPING_MS);
  }

  function setHits(found) {
    hits = found;
    paint("qw-hits", hits);
  }

  function toHit(number) {
    hit = hits.length ? (number + hits.length) % hits.length : -1;
    paint("qw-hit", hits.slice(hit, hit + 1));
    const most = hits.length === MOST_HITS ? `${MOST_HITS} or more` : hits.length;
    const none = viewer.field.value.trim() ? "Not found" : "";
    viewer.bar.querySelector("output").textContent = hits.length ? `${hit + 1} of ${most}` : none;
    if (hits.length) bring([hits[hit].range], "middle");
  }

  function paint(name, painted) {
    if (!CSS.highlights) return; // an older browser scrolls to a hit without colouring it
    if (painted.length) CSS.highlights.set(name, new Highlight(...painted.map(({ range }) => range)));
    else CSS.highlights.delete(name);
  }

  function clearFind() {
    clearTimeout(timer);
    viewer.field.value = "";
    setHits([]);
    toHit(0);
  }

  function onFieldKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    toHit(hit + (event.shiftKey ? -1 : 1));
  }

  // The Sources page: the address says which document is read, and where.
  function goTo(place) {
    if (location.hash === `#${encodeURIComponent(place)}`) toHeading(document.getElementById(place));
    else location.hash = encodeURIComponent(place);
  }

  // While Streamlit is still making the page, the document may not be there yet.
  function choose(event, frames = 120) {
    if (!/\/sources\/?$/.test(location.pathname)) return;
    const all = [...document.querySelectorAll(".qw-document[data-document]")];
    const wanted = unescaped(location.hash.slice(1));
    const id = wanted.replace(/-section-\d+$/, "");
    const isOf = (name) => ({ dataset }) => dataset.document === name;
    const found = all.find(isOf(wanted)) ?? all.find(isOf(id));
    if ((!all.length || (wanted && !found)) && frames) requestAnimationFrame(() => choose(event, frames - 1));
    if (!all.length) return;
    const chosen = found ?? all[0];
    for (const one of all) one.toggleAttribute("data-chosen", one === chosen);
    for (const link of document.querySelectorAll("[data-choose]")) {
      const isHere = link.dataset.choose === chosen.dataset.document;
      isHere ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }
    const isNew = viewer?.element.parentElement?.parentElement !== chosen || wanted !== chosen.dataset.at;
    if (!isNew) return;
    chosen.dataset.at = wanted;
    const place = chosen.querySelector(".qw-reader");
    move(place, place.dataset.label);
    viewer.steps.hidden = true;
    const then = () => {
      if (found) toHeading(document.getElementById(wanted) ?? chosen.querySelector("h2"));
      else scroller().scrollTop = 0;
    };
    show(place, then, () => {
      viewer.body.replaceChildren();
      tell(FAILED_PAGE);
    });
  }

  function unescaped(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  addEventListener("hashchange", choose);
  document.documentElement.dataset.qwViewer = "";

  return {
    settle: () => choose(), // on every run of the page
    // Where there is room, the first quote of a new answer is shown in its source.
    arrive(element) {
      const source = element.querySelector(".qw-card:not(.qw-related) .qw-source");
      if (!source || source.open || !WIDE.matches || keepsClosed) return;
      cause = "arrival";
      source.open = true;
    },
  };
})();
