// In a frame: as light or dark as the page outside says, and that page learns how high this one is.

const root = document.documentElement;
const isNamed = "theme" in root.dataset; // in the address

// A page outside that says nothing is taken for a light one. Nothing is outside a tab of its own.
if (parent !== window && !isNamed) root.dataset.theme = "light";

function tell(message) {
  // A height is not a secret, and the page outside may belong to any site.
  if (parent !== window) parent.postMessage(message, "*");
}

let told = 0;
function tellHeight() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (!height || height === told) return;
  told = height;
  tell({ type: "quotewell:height", height });
  tell({ subject: "lti.frameResize", height });
  tell({ subject: "org.imsglobal.lti.frameResize", height });
}

addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  if (data?.type === "quotewell:hello") greet();
  if (data?.type === "quotewell:theme" && !isNamed && ["light", "dark"].includes(data.theme)) {
    root.dataset.theme = data.theme;
  }
});

// Either side may be the first to be there.
function greet() {
  told = 0;
  tell({ type: "quotewell:hello" });
  tellHeight();
}

// The ask box stays in view if the answer is in view with it.
function show(event) {
  const { top, turn } = event.detail;
  event.preventDefault();
  scrollTo({ top: turn < innerHeight * 0.6 ? 0 : top, behavior: "instant" });
  // Only once the page outside knows the new height: before, it could not scroll that far.
  requestAnimationFrame(() => setTimeout(() => tell({ type: "quotewell:answered", top })));
}

addEventListener("DOMContentLoaded", () => {
  new ResizeObserver(tellHeight).observe(document.body);
  document.querySelector("quotewell-ask").addEventListener("quotewell-answered", show);
  greet();
});
