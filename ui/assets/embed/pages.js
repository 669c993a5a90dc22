// The page of the PDF with the quote marked in it, fetched when it is opened.
function onPage(quote, source) {
  if (!quote.marks) return null;
  const inside = make("div", { class: "inside" });
  const details = make("details", { class: "page" }, make("summary", {}, "Show on the page"), inside);
  details.addEventListener("toggle", () => details.open && !inside.hasChildNodes() && fillPage(inside, quote, source));
  return details;
}

async function fillPage(inside, quote, source) {
  const note = make("p", { class: "small", role: "status" }, "Loading the page …");
  inside.append(note);
  try {
    const response = await fetch(new URL(quote.marks.slice(1), HOME));
    if (!response.ok) throw new Error(response.statusText);
    const { marks, pages, detail } = await response.json();
    note.textContent = detail;
    if (marks.length) inside.replaceChildren(...pagePicture(quote, source, pages[marks[0].page - 1], pages.length));
  } catch {
    inside.replaceChildren(make("p", { class: "small" }, "The page could not be loaded. The quote itself is word for word above."));
  }
}

function pagePicture(quote, source, page, count) {
  const place = quote.marks.replace(/\/marks\?/, `/pages/${page.number}?width=1440&`);
  const called = page.label === String(page.number) ? "" : `, numbered ${page.label}`;
  const named = `Page ${page.number} of ${count}${called}`;
  const address = new URL(place.slice(1), HOME).href;
  const picture = make("img", { src: address, width: Math.round(page.width), height: Math.round(page.height),
    alt: `${named} of “${source.label}”, as it was printed. The quote is marked in it; its words are above.` });
  const link = make("a", { class: "sheet", href: address, target: "_blank", rel: "noopener noreferrer" }, picture,
    make("span", { class: "hidden" }, " (opens a new tab)"));
  return [make("p", { class: "small" }, named), link];
}
