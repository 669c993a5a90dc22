// The documents of the library and its versions, and what can be done with each.

import { at, button, counted, listed, make, NAMES } from "./make.js";
import { get, post } from "./server.js";
import { begun, say } from "./job.js";
import { take } from "./drop.js";
import { open as openFacts } from "./facts.js";

const MOST = 50; // documents that are shown until all are asked for
let library = { documents: [], versions: [] };
let isWhole = false;

export async function showLibrary() {
  library = await get("library");
  at("where").textContent = `${counted(library.documents.length, "document")} in ${library.folder}`;
  at("problem").textContent = library.problem;
  at("problem").hidden = !library.problem;
  at("add").hidden = Boolean(library.problem);
  const waiting = library.documents.filter(({ state, reason }) => state !== "in use" && !reason).length;
  at("pending").hidden = !waiting || Boolean(library.problem);
  at("pending").firstElementChild.textContent = `${counted(waiting, "document is", "documents are")} not in the index yet.`;
  fill();
  at("versions").replaceChildren(...library.versions.map(version));
}

function fill() {
  const words = at("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = (one) => [one.id, one.label, one.file, ...Object.values(one.facts)].join(" ").toLowerCase();
  const found = words.length ? library.documents.filter((one) => words.every((word) => texts(one).includes(word))) : library.documents;
  const shown = isWhole ? found : found.slice(0, MOST);
  const more = found.length - shown.length;
  const all = () => { isWhole = true; fill(); };
  at("documents").replaceChildren(...shown.map(card), ...(more ? [make("li", {}, button(`Show ${more} more`, all))] : []), ...(found.length ? [] : [make("li", {}, "No document has these words.")]));
}

function card(one) {
  const state = one.state === "in use" ? counted(one.sentences, "sentence") : `Not answered from. ${one.reason}`;
  const actions = library.problem ? [] : [
    button("Facts", () => correct(one.id), one.label),
    button("Replace", () => replace(one.id), one.label),
    button("Withdraw", () => withdraw(one), one.label),
  ];
  return make("li", { "data-document": one.id },
    make("h3", {}, one.label), make("p", { class: one.state === "in use" ? "hint" : "problem" }, `${one.file} · ${state}`),
    one.missing.length ? make("p", { class: "hint" }, `Not given: ${listed(one.missing.map((key) => NAMES[key]), 9)}.`) : "",
    one.dropped || one.joined ? leftOut(one) : "", make("p", { class: "row" }, ...actions));
}

// What of a file is not content, asked for when it is opened.
export function leftOut({ id, label }) {
  const inside = make("div", {});
  const details = make("details", {}, make("summary", {}, "What was left out or joined", make("span", { class: "hidden" }, `: ${label}`)), inside);
  details.addEventListener("toggle", () => { if (details.open && !inside.firstChild) fillLeftOut(inside, id, ""); });
  return details;
}

async function fillLeftOut(inside, id, query) {
  try {
    const told = await get(`documents/${encodeURIComponent(id)}${query}`);
    const count = [...told.groups, told.joined].reduce((sum, one) => sum + one.count, 0);
    const shown = [...told.groups, told.joined].reduce((sum, one) => sum + one.texts.reduce((n, text) => n + (text.times ?? 1), 0), 0);
    inside.replaceChildren(...told.groups.map(group), ...(told.joined.count ? [joined(told.joined)] : []),
      ...(shown < count ? [button("Show all", () => fillLeftOut(inside, id, "?all=1"))] : []));
    if (!count) inside.replaceChildren(make("p", {}, "Nothing."));
  } catch (problem) {
    inside.replaceChildren(make("p", {}, problem.status === 404 ? "This is shown once the document is answered from." : problem.message));
    inside.closest("details").addEventListener("toggle", () => inside.replaceChildren(), { once: true });
  }
}

const group = ({ reason, count, texts }) => make("div", {}, make("h4", {}, `${reason} (${count})`),
  make("ul", { class: "texts" }, ...texts.map(({ text, times }) => make("li", {}, text, times > 1 ? make("i", {}, ` ${times} times`) : ""))));

const joined = ({ count, texts }) => make("div", {}, make("h4", {}, `joined (${count})`),
  make("ul", { class: "texts" }, ...texts.map(({ before, after, kind }) => make("li", {}, `…${before}`, make("b", {}, " | "), `${after}… `, make("i", {}, kind)))));

export function correct(id) {
  const one = library.documents.find((known) => known.id === id);
  if (one) openFacts(one);
  else say("This is possible once the library has been read again.");
}

function replace(id) {
  const field = at("replacement");
  field.onchange = () => {
    const files = [...field.files].map((file) => ({ path: file.name, file }));
    field.value = "";
    take(files, { do: "replace", document: id });
  };
  field.click();
}

function withdraw(one) {
  const dialog = at("sure");
  at("sure-of").textContent = one.label;
  dialog.returnValue = "";
  dialog.onclose = async () => {
    if (dialog.returnValue === "withdraw") await begin({ do: "withdraw", document: one.id });
  };
  dialog.showModal();
}

async function begin(wanted) {
  try {
    await begun(await post("job", wanted));
  } catch (problem) {
    at("pending").hidden = true;
    at("problem").textContent = problem.message;
    at("problem").hidden = false;
    say(problem.message);
  }
}

function version({ name, at: when, added, replaced, described, withdrawn, is_now: isNow, command }) {
  const parts = [["Added", added], ["Replaced", replaced], ["Facts of", described], ["Withdrawn", withdrawn]];
  const said = parts.filter(([, names]) => names.length).map(([what, names]) => `${what} ${listed(names)}`).join(". ");
  const day = new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  return make("li", {}, make("p", {}, make("b", {}, name), isNow ? " (now)" : "", make("span", { class: "hint" }, ` ${day}`)),
    said ? make("p", {}, `${said}.`) : "", make("pre", { tabindex: "0" }, make("code", {}, command)));
}

at("find").addEventListener("input", fill);
at("build").addEventListener("click", () => begin({ do: "build" }));
