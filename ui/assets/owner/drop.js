// Files that are dropped or chosen: sent one after another, then added by one job.

import { at } from "./make.js";
import { post, send } from "./server.js";
import { begun, ended, sending } from "./job.js";

const AT_ONCE = 2;
const place = at("drop");
const newBatch = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const isHidden = (path) => path.split("/").some((part) => part.startsWith("."));

async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.slice(1), file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

async function sendOne(batch, { path, file }) {
  const most = Number(place.dataset.most);
  if (file.size > most * 1024 ** 2) return { how: "refused", file: path, reason: `is larger than ${most} MiB. Drop a smaller file.` };
  try {
    await send(batch, path, file);
    return null;
  } catch (problem) {
    return { how: "refused", file: path, reason: problem.message.replace(`${path}: `, "") };
  }
}

async function sendAll(batch, files) {
  const refused = [];
  let next = 0;
  let done = 0;
  async function work() {
    while (next < files.length) {
      const outcome = await sendOne(batch, files[next++]);
      if (outcome) refused.push(outcome);
      sending(++done, files.length);
    }
  }
  sending(0, files.length);
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}

export async function take(files, wanted = { do: "add" }) {
  const shown = files.filter(({ path }) => !isHidden(path));
  if (!shown.length) return;
  const batch = newBatch();
  const refused = await sendAll(batch, shown);
  if (refused.length === shown.length) return ended(refused);
  try {
    begun(await post("job", { ...wanted, batch }), refused);
  } catch (problem) {
    ended(refused, problem.message);
  }
}

function chosen(event) {
  const files = [...event.target.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  event.target.value = "";
  take(files);
}

place.addEventListener("dragover", (event) => {
  event.preventDefault();
  place.classList.add("over");
});
place.addEventListener("dragleave", (event) => {
  if (!place.contains(event.relatedTarget)) place.classList.remove("over");
});
place.addEventListener("drop", async (event) => {
  event.preventDefault();
  place.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files].map((file) => ({ path: file.name, file }));
  const found = [];
  for (const entry of entries) found.push(...(await filesOf(entry)));
  take(entries.length ? found : plain);
});
at("files").addEventListener("change", chosen);
at("folder").addEventListener("change", chosen);
