// The library page: who is let in sees the library, and what is being done to it.

import { at } from "./make.js";
import { enter, isIn, leave, onOut } from "./server.js";
import { showLibrary } from "./documents.js";
import { watch, unwatch } from "./job.js";
import "./drop.js";

function showForm(words = "") {
  unwatch();
  at("library").hidden = true;
  at("enter").hidden = false;
  at("enter-problem").textContent = words;
  at("secret").focus();
}

async function show() {
  at("enter").hidden = true;
  try {
    await showLibrary();
  } catch (problem) {
    if (isIn()) {
      at("problem").textContent = problem.message;
      at("problem").hidden = false;
    }
  }
  if (!isIn()) return;
  at("library").hidden = false;
  watch();
}

async function tryToEnter(secret) {
  try {
    await enter(secret);
  } catch (problem) {
    if (!isIn()) return showForm(problem.message);
  }
  await show();
}

// A link's code is used once: it is taken out of the address, and so of the browser's history.
async function arrive() {
  const code = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  if (code) await tryToEnter(code);
  else if (isIn()) await show();
  else showForm();
}

at("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  const secret = at("secret").value.trim();
  at("secret").value = "";
  at("enter-problem").textContent = "";
  tryToEnter(secret);
});
at("leave").addEventListener("click", async () => {
  await leave();
  showForm();
});
addEventListener("hashchange", () => { if (location.hash) arrive(); });
onOut(showForm);
arrive();
