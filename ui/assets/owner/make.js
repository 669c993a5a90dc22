// Elements made of text alone: nothing that a file says can become part of the page's own markup.

export const at = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((one) => one !== "" && one != null));
  return element;
}

export const button = (words, click, named = "") =>
  make("button", { type: "button", click }, words, named && make("span", { class: "hidden" }, `: ${named}`));

export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export function listed(names, most = 5) {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}

export const NAMES = {
  title: "Title", author: "Authors", "container-title": "Journal", publisher: "Publisher", issued: "Published",
  DOI: "DOI", evidence: "Kind of evidence", audience: "Written for", rights: "Rights",
};
