// What is being done to the library, by this tab or another, and what became of each file.

import { at, button, counted, listed, make, NAMES } from "./make.js";
import { get, post } from "./server.js";
import { correct, leftOut, showLibrary } from "./documents.js";

const QUICK_MS = 1000;
const SLOW_MS = 5000;
const SAID_MS = 15000; // between two announcements of how far it is
const MOST = 200; // results that are shown

const WHAT = {
  add: ["Adding documents", "Documents added"], replace: ["Replacing a document", "Document replaced"],
  withdraw: ["Withdrawing a document", "Document withdrawn"], build: ["Indexing", "Indexed"],
  describe: ["Saving the facts", "Facts saved"],
};
const NOTHING = "Nothing was added";
const STEPS = { reading: "Reading", encoding: "Indexing", Loading: "Getting ready to answer" };
const HOW = { added: "Added", replaced: "Replaced", "text of": "Text of", "pages of": "Pages of" };

let timer = 0;
let last = null; // the job as it was shown last
let own = []; // files that this tab could not send
let shown = 0; // results that are in the list
let said = 0;

const isGoing = (job) => job && (job.state === "running" || job.state === "stopping");

export function watch() {
  clearTimeout(timer);
  look();
}

export function unwatch() {
  clearTimeout(timer);
}

async function look() {
  try {
    if (document.visibilityState === "visible" || isGoing(last)) await show((await get("job")).job);
  } catch (problem) {
    if (problem.status === 401) return;
  }
  clearTimeout(timer);
  timer = setTimeout(look, isGoing(last) ? QUICK_MS : SLOW_MS);
}

export function sending(done, total) {
  if (!done) clear("Sending files");
  progress(done, total, `${counted(done, "file")} of ${total.toLocaleString("en")} sent`);
  at("stop").hidden = true;
}

export async function begun({ job }, refused = []) {
  clear("");
  own = refused;
  last = null;
  await show(job);
  watch();
}

export function ended(refused, problem = "") {
  clear(NOTHING);
  at("going").classList.add("over");
  at("stop").hidden = true;
  at("job-problem").textContent = problem;
  at("pace").textContent = totals(refused);
  results(refused);
  say(`${at("job-title").textContent}. ${problem || at("pace").textContent}`);
}

function clear(title) {
  at("job").hidden = false;
  at("job").classList.remove("plain");
  at("going").classList.remove("over");
  at("job-title").textContent = title;
  at("pace").textContent = "";
  at("job-problem").textContent = "";
  at("results").replaceChildren();
  shown = 0;
  own = [];
}

function progress(done, total, words) {
  const bar = at("bar");
  if (total) {
    bar.max = total;
    bar.value = done;
  } else bar.removeAttribute("value");
  at("pace").textContent = words;
}

function left(seconds) {
  if (seconds === null) return "";
  if (seconds < 10) return ", a few seconds left";
  if (seconds < 90) return `, about ${Math.ceil(seconds / 10) * 10} seconds left`;
  return `, about ${counted(Math.round(seconds / 60), "minute")} left`;
}

async function show(job) {
  if (!job) return;
  const wasGoing = isGoing(last);
  if (!last && !isGoing(job) && at("job").hidden) { // before this page was opened
    last = job;
    return;
  }
  if (!last || (!wasGoing && isGoing(job))) {
    const mine = own;
    clear(WHAT[job.what][0]);
    own = mine;
    at("job").classList.toggle("plain", !["add", "replace"].includes(job.what));
    results(own);
  }
  last = job;
  results(job.results.slice(shown - own.length));
  if (isGoing(job)) return showGoing(job);
  if (wasGoing || !at("going").classList.contains("over")) await showEnd(job);
}

function showGoing(job) {
  const step = STEPS[job.step] ?? job.step;
  const words = job.total > 1 ? `${step}: ${job.done} of ${job.total}${left(job.seconds_left)}` : step;
  at("job-title").textContent = WHAT[job.what][0];
  at("stop").hidden = job.state === "stopping" || job.step === "Loading";
  progress(job.done, job.total > 1 ? job.total : 0, job.state === "stopping" ? "Stopping" : words);
  if (Date.now() - said > SAID_MS) say(words);
}

async function showEnd(job) {
  const isEmpty = ["add", "replace"].includes(job.what) && job.results.every(({ how }) => ["known", "refused"].includes(how));
  const done = isEmpty ? NOTHING : WHAT[job.what][1];
  const title = { done, stopped: "Stopped", failed: "This did not work" }[job.state];
  at("going").classList.add("over");
  at("stop").hidden = true;
  at("job-title").textContent = title;
  at("job-problem").textContent = job.problem;
  at("pace").textContent = totals([...own, ...job.results]);
  say(`${title}. ${job.problem || at("pace").textContent}`);
  await showLibrary();
}

function totals(all) {
  const of = (...hows) => all.filter(({ how }) => hows.includes(how)).length;
  const parts = [
    [of("added"), "added"], [of("text of", "pages of"), "put beside the same paper"], [of("replaced"), "replaced"],
    [of("known"), "in the library already"], [of("refused"), "not added"],
  ];
  return parts.filter(([count]) => count).map(([count, words]) => `${count} ${words}`).join(", ");
}

export function say(words) {
  said = Date.now();
  at("status").textContent = words;
}

function results(all) {
  const list = at("results");
  for (const one of all) {
    shown += 1;
    if (shown <= MOST) list.append(card(one));
    else if (shown === MOST + 1) list.append(make("li", {}, "More are not shown here. All documents are in the list below."));
  }
}

function card(one) {
  if (one.how === "refused") return make("li", { class: "problem" }, one.file && make("b", {}, `${one.file}: `), one.reason);
  if (one.how === "known") return make("li", {}, make("b", {}, `${one.file}: `), `is in the library already, as ${one.id}.`);
  if (one.how === "withdrawn") return make("li", {}, `${one.id} was withdrawn.`);
  const buttons = one.how === "pages of" ? "" : make("p", { class: "row" }, button("Correct the facts", () => correct(one.id), one.label));
  return make("li", {},
    make("h3", {}, `${HOW[one.how]}: ${one.label}`), make("p", { class: "hint" }, one.file), factsOf(one),
    one.missing.length ? make("p", {}, `Not given: ${listed(one.missing.map((key) => NAMES[key]), 9)}.`) : "",
    ...one.differences.map(({ key, used, file }) => make("p", { class: "warn" }, `${NAMES[key]}: the export says “${used}”, which is used; the file says “${file}”.`)),
    make("p", {}, textOf(one)), ...one.notes.map((note) => make("p", { class: "warn" }, note)), leftOut(one), buttons);
}

function factsOf({ facts }) {
  const rows = facts.map(({ key, value, origin }) =>
    make("div", {}, make("dt", {}, NAMES[key]), make("dd", {}, value, origin ? make("span", { class: "hint" }, ` (${origin})`) : "")));
  return rows.length ? make("dl", {}, ...rows) : "";
}

function textOf({ sentences, pages, dropped, doubtful }) {
  const on = pages ? ` on ${counted(pages, "page")}` : "";
  const out = [dropped ? counted(dropped, "stretch", "stretches") : "", doubtful ? `${counted(doubtful, "sentence")} with doubtful characters` : ""].filter(Boolean);
  return `${counted(sentences, "sentence")}${on}${out.length ? `; left out: ${out.join(" and ")}` : ""}.`;
}

at("stop").addEventListener("click", async () => {
  at("stop").hidden = true;
  at("bar").focus();
  await show((await post("job/stop")).job).catch(() => {});
});
