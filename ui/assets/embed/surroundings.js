// The page around: whether it is dark, which nothing tells us but its colours, and its own bars.

const SYSTEM = matchMedia("(prefers-color-scheme: dark)");
const NUMBER = /-?[\d.]+(?:e-?\d+)?/g;

// Whether white text is easier to read on a computed colour than black; null if it lets through what is behind.
function isDark(colour) {
  const [space] = colour.match(/^[a-z]+/);
  const [opaque, opacity] = colour.replace(/^color\(\S+/, "").split("/");
  const [first, second, third, fourth = 1] = opaque.match(NUMBER).map(Number);
  if ((opacity ? Number.parseFloat(opacity) : fourth) < 0.5) return null;
  if (["lab", "lch"].includes(space)) return first < 50;
  if (["oklab", "oklch"].includes(space)) return first < 0.57;
  const [red, green, blue] = [first, second, third].map((one) => (one / (space === "color" ? 1 : 255)) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18;
}

// An element and everything that it is in, out of shadow roots too.
function* outwards(element) {
  for (let node = element; node; node = node.assignedSlot ?? node.parentNode ?? node.host) {
    if (node instanceof Element) yield node;
  }
}

// "dark" or "light": the nearest background decides; over a picture, the text does.
function hostTheme(element) {
  for (const one of outwards(element)) {
    const { backgroundColor, backgroundImage, color } = getComputedStyle(one);
    const dark = backgroundImage === "none" ? isDark(backgroundColor) : isDark(color) === false;
    if (dark !== null) return dark ? "dark" : "light";
  }
  return canvasIsDark() ? "dark" : "light";
}

// A page without a background is as its color-scheme says, and light if that says nothing.
function canvasIsDark() {
  const stated = getComputedStyle(document.documentElement).colorScheme;
  const schemes = stated === "normal" ? document.querySelector("meta[name=color-scheme]")?.content ?? "" : stated;
  return schemes.includes("dark") && (!schemes.includes("light") || SYSTEM.matches);
}

// Call `look` now and whenever the page around an element may look different; returns what ends that.
function watchSurroundings(element, look) {
  const changes = new MutationObserver(look), end = new AbortController();
  const { signal } = end;
  for (const one of outwards(element.parentNode)) changes.observe(one, { attributes: true });
  changes.observe(document.head, { attributes: true, childList: true, subtree: true });
  SYSTEM.addEventListener("change", look, { signal });
  document.addEventListener("load", look, { capture: true, signal }); // of a style sheet
  document.addEventListener("transitionend", ({ target }) => { if (target.contains(element)) look(); }, { signal });
  look();
  return () => { changes.disconnect(); end.abort(); };
}

// How far the page's own bars, which stay while it scrolls, reach over an element from `top` on.
function barsOver(element, top) {
  const { left, width } = element.getBoundingClientRect();
  let bottom = top;
  for (const one of document.elementsFromPoint(left + width / 2, top + 1)) {
    if (one === element) break;
    const bar = [...outwards(one)].find((outer) => ["fixed", "sticky"].includes(getComputedStyle(outer).position));
    if (bar && !bar.contains(element)) bottom = Math.max(bottom, bar.getBoundingClientRect().bottom);
  }
  return bottom - top;
}
