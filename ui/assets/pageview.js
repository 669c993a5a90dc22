// Runs before Streamlit. Beside the text of a document, its pages as they were printed: the quote is
// marked on the picture of its page. Nothing is fetched before somebody asks for it.

window.quotewellPages = (() => {
  const WIDTHS = [640, 960, 1440, 2160]; // as answer/locating/pages.py draws them
  const ZOOMS = [1, 1.25, 1.5, 2, 3];
  const NARROW = 400; // pixels: with fewer, a page as wide as the screen cannot be read
  const A4 = { width: 595, height: 842 }; // until the size of the page is known
  const LOADING = "Loading the page…";
  const FAILED = "The picture of this page could not be loaded.";
  const NONE = "Where this quote stands on the pages could not be loaded.";

  let view = null;
  let wanted = false; // whoever looks at pages goes on looking at pages
  let shown = null; // the quote whose pages are shown: details, label, quotes, toText
  let located = new Map(); // of quotes, by their address
  let here = []; // what is known of each quote on these pages
  let page = 1;
  let zoom = 0; // not chosen yet

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
    const choice = (words, isPage) => make("button", { type: "button", class: "qw-tool", "aria-pressed": String(!isPage), click: () => choose(isPage) }, words);
    const [text, paper] = [choice("Text", false), choice("Page", true)];
    const where = make("span", { class: "qw-page-where" });
    const percent = make("output", { "aria-label": "Size of the page" });
    const back = make("button", { type: "button", class: "qw-tool qw-page-back", hidden: "" });
    const tools = make("div", { class: "qw-page-tools", role: "toolbar", "aria-label": "Page" },
      make("span", {}, button("Previous page", "‹", () => turn(-1)), where, button("Next page", "›", () => turn(1))),
      make("span", {}, button("Smaller", "−", () => enlarge(-1)), percent, button("Larger", "+", () => enlarge(1)), button("Fit the page", "Fit", () => enlarge(0))), back);
    const note = make("p", { class: "qw-page-note", role: "status" });
    const picture = make("img", { alt: "", decoding: "async" });
    const marks = make("div", { class: "qw-page-marks", "aria-hidden": "true" });
    const sheet = make("div", { class: "qw-page-sheet" }, picture, marks);
    const scroll = make("div", { class: "qw-page-scroll", role: "group", tabindex: "0", keydown: onKey }, sheet);
    return { choice: make("span", { class: "qw-page-choice", role: "group", "aria-label": "Show" }, text, paper), text, paper,
      element: make("div", { class: "qw-page" }, tools, note, scroll), tools, where, percent, back, note, picture, marks, sheet, scroll };
  }

  // Called whenever the viewer shows a source: `source` is null where there are no quotes.
  function open(viewer, source) {
    shown = source?.details.dataset.pages === undefined ? null : source;
    if (!shown && !view) return;
    view ??= build();
    if (!view.element.isConnected || view.element.parentElement !== viewer) {
      viewer.append(view.element);
      viewer.querySelector(".qw-tools").prepend(view.choice);
    }
    view.choice.hidden = !shown;
    dress(viewer);
    if (shown && wanted) load();
  }

  function dress(viewer) {
    const isPage = Boolean(shown) && wanted;
    viewer.toggleAttribute("data-shows-page", isPage);
    view.text.setAttribute("aria-pressed", String(!isPage));
    view.paper.setAttribute("aria-pressed", String(isPage));
  }

  function choose(isPage) {
    if (wanted === isPage) return;
    wanted = isPage;
    dress(view.element.parentElement);
    if (wanted) load();
    else shown.toText();
  }

  // The marks of the quote, and of those of the same answer that stand on the same pages.
  async function load() {
    const source = shown;
    clear();
    say(LOADING);
    const found = await Promise.allSettled(source.quotes.map(locate));
    if (shown !== source || !wanted) return;
    here = found.map(({ value }) => value ?? null);
    const own = current();
    if (!own) return fail(NONE, load);
    zoom ||= view.scroll.clientWidth < NARROW ? 2 : 1;
    turnTo(marked(own)[0] ?? 1, own.detail);
  }

  function locate({ dataset }) {
    const address = `api/documents/${encodeURIComponent(dataset.document)}/marks?start=${dataset.start}&end=${dataset.end}`;
    if (!located.has(address)) {
      const asked = fetch(address).then(async (response) => {
        if (response.ok) return response.json();
        throw new Error(response.statusText);
      });
      asked.catch(() => located.delete(address)); // it is tried again
      located.set(address, asked);
    }
    return located.get(address);
  }

  const current = () => here[shown?.quotes.indexOf(shown.details)] ?? null;
  const marked = (quote) => [...new Set(quote.marks.map((mark) => mark.page))];
  const shape = () => current()?.pages[page - 1] ?? A4;

  function clear() {
    here = [];
    view.marks.replaceChildren();
    view.picture.removeAttribute("src");
    view.picture.alt = "";
    view.where.textContent = "";
    view.back.hidden = true;
    fit();
  }

  function turn(by) {
    const pages = current()?.pages ?? [];
    if (pages[page + by - 1]) turnTo(page + by);
  }

  function turnTo(number, note = "") {
    page = number;
    view.scroll.scrollTo(0, 0);
    view.picture.removeAttribute("src");
    tell();
    fit();
    drawMarks();
    draw(note);
    toMark();
  }

  // In words: which page this is, where the quote is, and what the picture shows.
  function tell() {
    const { pages } = current();
    const { label } = shape();
    const called = label === String(page) ? "" : `, numbered ${label}`;
    const on = marked(current());
    view.where.textContent = called ? `Page ${label} (${page} of ${pages.length})` : `Page ${page} of ${pages.length}`;
    const elsewhere = on.filter((one) => one !== page);
    view.back.hidden = !elsewhere.length;
    if (elsewhere.length) {
      const there = `page ${pages[elsewhere[0] - 1].label}`;
      view.back.textContent = on.includes(page) ? `The quote is on ${there} too` : `To the quote on ${there}`;
    }
    view.back.onclick = () => turnTo(elsewhere[0]);
    const has = on.includes(page) ? " The quote is marked in it." : "";
    view.picture.alt = `Page ${page} of ${pages.length}${called} of “${shown.label}”, as it was printed.${has} Its words are in the view “Text”.`;
    view.scroll.setAttribute("aria-label", `Page ${page} of ${pages.length}`);
    const [previous, next] = [view.tools.querySelector('[title="Previous page"]'), view.tools.querySelector('[title="Next page"]')];
    previous.setAttribute("aria-disabled", String(page === 1));
    next.setAttribute("aria-disabled", String(page === pages.length));
  }

  // The place of the picture is kept from the start: nothing moves when it comes.
  function fit() {
    const { width, height } = shape();
    view.sheet.style.aspectRatio = `${width} / ${height}`;
    view.sheet.style.width = `${100 * (zoom || 1)}%`;
    view.percent.textContent = `${100 * (zoom || 1)} %`;
  }

  function drawMarks() {
    const on = here.flatMap((quote, at) => (quote?.marks ?? []).filter((mark) => mark.page === page).map((mark) => [mark, at]));
    view.marks.replaceChildren(...on.map(([mark, at]) => {
      const isCurrent = shown.quotes[at] === shown.details;
      const box = make("i", isCurrent ? { "data-current": "" } : {});
      const part = (size) => `${100 * size}%`;
      Object.assign(box.style, { left: part(mark.left), top: part(mark.top), width: part(mark.right - mark.left), height: part(mark.bottom - mark.top) });
      return box;
    }));
  }

  function draw(note = "") {
    const across = view.sheet.clientWidth * (window.devicePixelRatio || 1);
    const width = WIDTHS.find((one) => one >= across) ?? WIDTHS.at(-1);
    const address = `api/documents/${encodeURIComponent(shown.details.dataset.document)}/pages/${page}?width=${width}`;
    if (view.picture.getAttribute("src") === address) return;
    const loading = new Image();
    const isWanted = () => view.loading === loading;
    view.loading = loading;
    if (!view.picture.hasAttribute("src")) say(LOADING, true);
    loading.onload = () => {
      if (!isWanted()) return;
      view.picture.src = address;
      say(note);
    };
    loading.onerror = () => isWanted() && fail(FAILED, () => draw(note));
    loading.src = address;
  }

  function say(words, isLoading = words === LOADING) {
    view.element.toggleAttribute("data-loading", isLoading);
    view.scroll.setAttribute("aria-busy", String(isLoading));
    view.note.replaceChildren(words);
  }

  function fail(words, again) {
    say("");
    view.note.replaceChildren(words, " ", make("button", { type: "button", class: "qw-tool", click: again }, "Try again"),
      " or ", make("button", { type: "button", class: "qw-tool", click: () => choose(false) }, "read the text"));
  }

  // The quote in the middle, as far as there is room, and its lines from their beginning.
  function toMark() {
    const boxes = [...view.marks.querySelectorAll("[data-current]")].map((mark) => mark.getBoundingClientRect());
    if (!boxes.length) return;
    const { scroll } = view;
    const room = scroll.getBoundingClientRect();
    const column = boxes.filter((box) => box.left < boxes[0].right && box.right > boxes[0].left && box.bottom > boxes[0].top);
    const [top, bottom] = [boxes[0].top, Math.max(...column.map((box) => box.bottom))];
    scroll.scrollTop += top - room.top - Math.max((scroll.clientHeight - (bottom - top)) / 2, 16);
    scroll.scrollLeft += Math.min(...column.map((box) => box.left)) - room.left - 16;
  }

  // By one step up or down, or back to the width that there is. The quote stays in view or, on
  // another page, what is in the middle.
  function enlarge(by) {
    const at = by ? Math.min(Math.max(ZOOMS.indexOf(zoom || 1) + by, 0), ZOOMS.length - 1) : 0;
    const { scroll } = view;
    const middle = [(scroll.scrollLeft + scroll.clientWidth / 2) / scroll.scrollWidth, (scroll.scrollTop + scroll.clientHeight / 2) / scroll.scrollHeight];
    zoom = ZOOMS[at];
    fit();
    scroll.scrollTo(middle[0] * scroll.scrollWidth - scroll.clientWidth / 2, middle[1] * scroll.scrollHeight - scroll.clientHeight / 2);
    toMark();
    if (current()) draw();
  }

  function onKey(event) {
    const { key, ctrlKey, altKey, metaKey } = event;
    const act = { "+": () => enlarge(1), "=": () => enlarge(1), "-": () => enlarge(-1), 0: () => enlarge(0) };
    if (zoom === 1) Object.assign(act, { ArrowLeft: () => turn(-1), ArrowRight: () => turn(1) });
    if (ctrlKey || altKey || metaKey || !Object.hasOwn(act, key)) return;
    event.preventDefault();
    event.stopPropagation();
    act[key]();
  }

  return { open };
})();
