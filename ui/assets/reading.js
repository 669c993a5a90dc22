// Runs before Streamlit. A document in the page: fetched once, then marked and searched by offsets.
// An offset counts code points from the start of the document's text, as it does on the server.

window.quotewellReading = (() => {
  const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
  const MOST_HITS = 1000;
  const fetched = new Map();

  // A document is its contents (nav), its text, what to know before reading it, and its blocks that have an offset.
  function fetchOnce(id) {
    if (!fetched.has(id)) {
      const made = make(id);
      made.catch(() => fetched.delete(id)); // it is tried again when it is opened again
      fetched.set(id, made);
    }
    return fetched.get(id);
  }

  async function make(id) {
    const response = await fetch(`documents/${encodeURIComponent(id)}`);
    if (!response.ok) throw new Error(response.statusText);
    const template = document.createElement("template");
    template.innerHTML = await response.text(); // from our own server: ui/html/document.py escapes it
    const [contents, text, ...cautions] = template.content.children;
    const blocks = [...text.querySelectorAll("[data-start]")];
    return { contents, text, cautions, blocks, starts: blocks.map((block) => Number(block.dataset.start)) };
  }

  const points = (text) => text.length - (text.match(PAIR)?.length ?? 0);

  // The index in UTF-16 of a code point.
  function unit(text, point) {
    return points(text) === text.length ? point : [...text].slice(0, point).join("").length;
  }

  function textNodes(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  // The pieces of text nodes between two offsets: what is between blocks is white space.
  function pieces({ blocks, starts }, start, end) {
    const found = [];
    const first = Math.max(starts.findLastIndex((one) => one <= start), 0);
    for (let i = first; i < blocks.length && starts[i] < end; i += 1) {
      let at = starts[i];
      for (const node of textNodes(blocks[i])) {
        const length = points(node.data);
        const [from, to] = [Math.max(start - at, 0), Math.min(end - at, length)];
        if (from < to) found.push({ node, from: unit(node.data, from), to: unit(node.data, to) });
        at += length;
      }
    }
    return found;
  }

  function textBetween(whole, start, end) {
    return pieces(whole, start, end).map(({ node, from, to }) => node.data.slice(from, to)).join("");
  }

  function mark(whole, start, end, isCurrent) {
    return pieces(whole, start, end).map(({ node, from, to }) => {
      const marked = document.createElement("mark");
      marked.toggleAttribute("data-current", isCurrent);
      const text = node.splitText(from);
      text.splitText(to - from);
      text.replaceWith(marked);
      marked.append(text);
      return marked;
    });
  }

  function unmark({ text }) {
    for (const marked of text.querySelectorAll("mark")) {
      const around = marked.parentNode;
      marked.replaceWith(...marked.childNodes);
      around.normalize();
    }
  }

  // Where words occur, in any case and however they are broken into lines: their offset and range.
  function find({ blocks, starts }, words) {
    const escaped = words.trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    const pattern = new RegExp(escaped.join("\\s+"), "giu");
    const hits = [];
    for (const [i, block] of blocks.entries()) {
      for (const match of block.textContent.matchAll(pattern)) {
        if (hits.length === MOST_HITS) return hits;
        const start = starts[i] + points(match.input.slice(0, match.index));
        hits.push({ start, range: rangeOf(block, match.index, match[0].length) });
      }
    }
    return hits;
  }

  function rangeOf(block, from, length) {
    const range = document.createRange();
    let at = 0;
    for (const node of textNodes(block)) {
      const end = at + node.length;
      if (at <= from && from < end) range.setStart(node, from - at);
      if (at < from + length && from + length <= end) range.setEnd(node, from + length - at);
      at = end;
    }
    return range;
  }

  return { fetchOnce, textBetween, mark, unmark, find, MOST_HITS };
})();
