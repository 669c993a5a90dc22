// In a frame: tell the page outside how high this one is, so that the frame need not scroll.

const element = document.querySelector("quotewell-ask");

function tell(message) {
  // A height is not a secret, and the page outside may belong to any site.
  if (parent !== window) parent.postMessage(message, "*");
}

let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (!height || height === told) return;
  told = height;
  tell({ type: "quotewell:height", height });
  tell({ subject: "lti.frameResize", height });
  tell({ subject: "org.imsglobal.lti.frameResize", height });
}).observe(document.body);

// Only once the page outside knows the new height: before, it could not scroll that far.
element.addEventListener("quotewell-answered", (event) => {
  requestAnimationFrame(() => setTimeout(() => tell({ type: "quotewell:answered", top: event.detail.top })));
});
