// The form that corrects what is said of a document.

import { at } from "./make.js";
import { post } from "./server.js";
import { begun } from "./job.js";

const dialog = at("facts");
const form = dialog.querySelector("form");
let id = "";

export function open(one) {
  id = one.id;
  at("facts-of").textContent = one.file;
  at("facts-problem").textContent = "";
  for (const [name, value] of Object.entries(one.facts)) form.elements[name].value = value;
  dialog.showModal();
  dialog.scrollTop = 0;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const told = await post("facts", { document: id, facts: Object.fromEntries(new FormData(form)) });
    dialog.close();
    await begun(told);
  } catch (problem) {
    at("facts-problem").textContent = problem.message;
    at("facts-problem").scrollIntoView({ block: "center" });
  }
});
at("facts-cancel").addEventListener("click", () => dialog.close());
