// Runs before Streamlit. A visit outlives its page and its server: the questions are in the address,
// after the "#" that no server is sent, and in this tab's storage. live.js gives them back.

window.quotewell = (() => {
  const KEPT = "quotewell-visit";
  const LONGEST_ADDRESS = 2000; // characters: some programs cut off what is longer
  const PATIENCE_MS = 30_000;
  const LOOKING = "Looking for the answer in the documents …";
  const SLOW = "This takes longer than it should. Your question is kept: wait, or reload the page.";
  const ASKING = "[data-ask], [data-asked], [data-testid=stChatInputSubmitButton]";
  const root = document.documentElement;
  const sheets = window.quotewellSheet;

  let session = null; // the server's: a new one knows none of the questions
  let send = null;
  let say = null;
  let restoring = null; // what it was sent to restore and has not confirmed, and its questions
  let isConversation = false; // this page shows the questions and can ask them
  let isBack = false; // the connection was lost and is there again
  let hasTravelled = false; // by back or forward, or to a link to this page
  let isSlow = false;
  let within = ""; // what is searched, as an address has it, if not everything
  let timer = 0;
  const kept = { questions: [], waiting: [], draft: "" };
  try {
    Object.assign(kept, JSON.parse(sessionStorage.getItem(KEPT)));
  } catch {
    // Storage is blocked: the address still has the questions.
  }

  function keep(changes) {
    Object.assign(kept, changes);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // As above.
    }
  }

  const page = () => location.pathname.split("/").pop() || "ask";

  // A question is kept as it stands in an address: "q=…", or "alone=…" if it was asked on its own;
  // "q in …=…" if not everything was searched.
  const HOW = /^(q|alone)( in .*)?$/;
  const part = (kind, question) => `${new URLSearchParams({ [kind]: question })}`;
  const read = (question) => [...new URLSearchParams(question)][0];

  function addressed() {
    const parts = [...new URLSearchParams(location.hash.slice(1))];
    return parts.filter(([how]) => HOW.test(how)).map((each) => part(...each));
  }

  // The newest questions that fit into an address, as its part after the "#".
  function fragment(questions) {
    let parts = "";
    for (const question of [...questions].reverse()) {
      const longer = `${question}${parts && `&${parts}`}`;
      if (longer.length > LONGEST_ADDRESS) break;
      parts = longer;
    }
    return parts;
  }

  const isPart = (some, all) =>
    ["", ...all].some((_, at) => some.every((question, i) => question === all[at + i]));

  const goOn = (questions) => kept.questions.every((question, at) => question === questions[at]);

  // On every run of the page: `questions` are those that the server has, null if it is new to this
  // visit, undefined if the page shows none. A new server that was asked something before it could
  // be told the others has that alone. `confirmed` names what it restored last: what is sent while
  // it is at work can be lost. `trigger` sends the server something.
  function settle(state, trigger, announce) {
    const { session: present, confirmed, questions: asked, within: searched } = state;
    [send, say, within] = [trigger, announce, searched?.text ?? ""];
    sheets.settle(state.sheet);
    const questions = asked?.map((each) => part(...each)) ?? asked;
    isConversation = questions !== undefined;
    if (!isConversation) show([]);
    else if (present !== session && !(questions && goOn(questions))) restore(remembered(), true);
    else if (questions && hasTravelled && !isPart(addressed(), questions)) restore(addressed());
    else if (restoring && restoring.message.id !== confirmed) send("restore", restoring.message);
    else if (questions) accept(questions);
    if (isConversation) {
      session = present;
      isBack = hasTravelled = false;
      if (page() === "ask") whenThere(".stChatInput textarea", fillDraft);
    }
  }

  function remembered() {
    if (sheets.isFollowed()) return [];
    const linked = addressed();
    const isOther = linked.length > 0 && fragment(linked) !== fragment(kept.questions);
    return isOther ? linked : [...kept.questions, ...kept.waiting];
  }

  // `isFirst`: what the server was asked before it was told comes after these questions.
  function restore(questions, isFirst = false) {
    show(questions);
    const sheet = sheets.remembered();
    const message = { id: Date.now(), questions: questions.map(read), sheet, is_first: isFirst };
    restoring = questions.length || sheet ? { message, questions } : null;
    if (restoring) send("restore", message);
  }

  function accept(questions) {
    const before = kept.questions;
    restoring = null;
    root.toggleAttribute("data-qw-begun", questions.length > 0); // before the answers are shown
    const answered = goOn(questions) ? questions.length - before.length : Infinity;
    keep({ questions, waiting: kept.waiting.slice(answered) });
    writeAddress(before);
    if (isBack && kept.waiting.length) restore(remembered());
    else show(kept.waiting);
  }

  // A new conversation is a new step of the browser's history: "back" leads to the one before.
  function writeAddress(before) {
    const parts = fragment(kept.questions);
    if (page() !== "ask" || location.hash.slice(1) === parts) return;
    const way = before.length && !kept.questions.length ? "pushState" : "replaceState";
    history[way](history.state, "", location.pathname + location.search + (parts && `#${parts}`));
  }

  // While a question is looked for, a click on another asks nothing: a double click asks once.
  function ask(question, how) {
    if (kept.waiting.length && !isSlow) return;
    if (how) send?.("asked", [how, question]);
    else send?.("question", question); // if not now, it is asked as soon as the page can
    echo(question, how);
    document.querySelector("#qw-echo h2")?.focus({ preventScroll: true });
  }

  function echo(question, how = within ? `q in ${within}` : "q") {
    keep({ waiting: [...kept.waiting, part(how, question)], draft: "" });
    show(kept.waiting);
    say?.(LOOKING);
    document.getElementById("qw-echo")?.scrollIntoView({ block: "start" });
  }

  // While something is looked for, the page's style hides what is not of this moment.
  function show(questions) {
    clearTimeout(timer);
    isSlow = false;
    root.toggleAttribute("data-qw-waiting", questions.length > 0);
    if (!questions.length) return document.getElementById("qw-echo")?.replaceChildren();
    timer = setTimeout(() => {
      isSlow = true;
      say?.(SLOW);
      const shown = document.querySelector("#qw-echo p");
      if (shown) shown.textContent = SLOW;
    }, PATIENCE_MS);
    whenThere("#qw-echo", (place) => fillEcho(place, questions));
  }

  function fillEcho(place, questions) {
    const heading = document.createElement("h2");
    heading.tabIndex = -1;
    heading.textContent = read(questions.at(-1))[1];
    const state = document.createElement("p");
    const all = `Looking for the answers to your ${questions.length} questions …`;
    state.textContent = questions.length > 1 ? all : LOOKING;
    place.replaceChildren(heading, state);
    place.setAttribute("aria-busy", "true");
    // The answer takes the echo's place in the page: from that moment on nothing is waited for.
    const watch = new MutationObserver(() => {
      if (heading.isConnected) return;
      watch.disconnect();
      root.removeAttribute("data-qw-waiting");
    });
    watch.observe(place.closest("main") ?? document.body, { childList: true, subtree: true });
  }

  function whenThere(selector, then, frames = 300) {
    const element = document.querySelector(selector);
    if (element) then(element);
    else if (frames > 0) requestAnimationFrame(() => whenThere(selector, then, frames - 1));
  }

  function fillDraft(field) {
    if (!kept.draft || field.value) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, kept.draft);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What is clicked, what is typed, and when it is sent: Streamlit's own box asks it.
  const boxOf = (element) => element.closest?.(".stChatInput")?.querySelector("textarea");

  addEventListener("input", ({ target }) => {
    if (target === boxOf(target)) keep({ draft: target.value });
  });
  addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, metaKey, isComposing, target } = event;
    if (key !== "Enter" || shiftKey || ctrlKey || metaKey || isComposing) return;
    if (target === boxOf(target)) onSubmit(event, target);
  }, { capture: true });
  addEventListener("click", (event) => {
    const button = event.target.closest?.(ASKING);
    const [how, question] = JSON.parse(button?.dataset.asked ?? "[]");
    if (question) ask(question, how);
    else if (button?.dataset.ask) ask(button.dataset.ask);
    else if (button) onSubmit(event, boxOf(button));
  }, { capture: true });

  const isBlank = (text) => !/[^\p{C}\p{Z}]/u.test(text);

  // What has no character to be seen is not a question: the server would refuse it too.
  function onSubmit(event, { value }) {
    if (!isBlank(value)) return echo(value);
    event.preventDefault();
    event.stopPropagation();
  }

  addEventListener("popstate", () => {
    const linked = addressed();
    const isOther = linked.length > 0 && !isPart(linked, restoring?.questions ?? kept.questions);
    if (sheets.isFollowed() && isConversation) restore([]);
    else if (isOther && isConversation) restore(linked);
    else if (isOther) hasTravelled = true;
    else writeAddress([]);
  });
  // Streamlit tells whoever frames this page what comes after the "#": not our questions.
  addEventListener("hashchange", (event) => {
    if (addressed().length || sheets.isAddressed()) event.stopImmediatePropagation();
  }, { capture: true });

  // Whoever comes back does not see the page's beginning first.
  const isExpected = ["ask", "sheet"].includes(page()) && remembered().length > 0;
  root.toggleAttribute("data-qw-waiting", isExpected);

  return {
    settle,
    whenThere,
    // After a lost connection the server is asked for a run of the page: it may be a new one.
    comeBack() {
      isBack = true;
      send?.("hello", Date.now());
    },
  };
})();
