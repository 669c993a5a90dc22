// Requests to the server, each with the token of the session, which this tab alone keeps.

const KEPT = "quotewell-owner";
const UNREACHED = "The server does not answer. Check that it still runs.";

let whenOut = () => {};
export const onOut = (call) => { whenOut = call; };
export const isIn = () => sessionStorage.getItem(KEPT) !== null;

export class Problem extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`owner/${path}`, { credentials: "omit", cache: "no-store", ...options });
  } catch {
    throw new Problem(0, UNREACHED);
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, told.problem ?? UNREACHED);
  return told;
}

const json = (wanted) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) });

export async function enter(secret) {
  const { session } = await ask("session", json({ secret }));
  sessionStorage.setItem(KEPT, session);
}

async function askIn(path, options = {}) {
  const headers = { ...options.headers, Authorization: `Bearer ${sessionStorage.getItem(KEPT) ?? ""}` };
  try {
    return await ask(path, { ...options, headers });
  } catch (problem) {
    if (problem.status === 401) {
      sessionStorage.removeItem(KEPT);
      whenOut(problem.message);
    }
    throw problem;
  }
}

export const get = (path) => askIn(path);
export const post = (path, wanted = {}) => askIn(path, json(wanted));
export const send = (batch, name, file) =>
  askIn(`files?${new URLSearchParams({ batch, name })}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });

export async function leave() {
  await post("session/end").catch(() => {});
  sessionStorage.removeItem(KEPT);
}
