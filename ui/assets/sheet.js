// Runs before Streamlit, and before visit.js. The sheet is in the address of its page, after the "#",
// and in this tab's storage: it outlives a reload, and its link opens it elsewhere.

window.quotewellSheet = (() => {
  const KEPT = "quotewell-sheet";
  const PATIENCE_FRAMES = 60;
  let pressed = "";
  let kept = {};
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    // Storage is blocked: the address still has the sheet.
  }

  const isHere = () => location.pathname.split("/").pop() === "sheet";
  const addressed = () => new URLSearchParams(location.hash.slice(1)).get("sheet") ?? "";

  // Whether somebody has followed a link: this tab's own steps back and forward are marked.
  const isFollowed = () =>
    isHere() && addressed() !== "" && addressed() !== kept.link && !history.state?.isOwnSheet;

  // What a server that is new to the visit is given, or null.
  function remembered() {
    if (isFollowed()) return { link: addressed() };
    return kept.link || kept.left_out ? kept : null;
  }

  // On every run of a page: `sheet` is what the server has, if it knows it.
  function settle(sheet) {
    if (!sheet) return;
    kept = sheet;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // As above.
    }
    if (isHere()) writeAddress();
    giveFocusBack();
  }

  function writeAddress() {
    const parts = kept.link && `#${new URLSearchParams({ sheet: kept.link })}`;
    if (location.hash === parts && history.state?.isOwnSheet) return;
    const address = location.pathname + location.search + parts;
    history.replaceState({ ...history.state, isOwnSheet: true }, "", address);
  }

  addEventListener("click", (event) => {
    const button = event.target.closest?.(".qw-sheet [data-choice]");
    pressed = button?.id ?? "";
  }, { capture: true });

  // The page makes a question anew when it changes: the focus goes back to where it was, or to what
  // the button has opened, or else to the nearest that can take it.
  function giveFocusBack(frames = PATIENCE_FRAMES) {
    if (!pressed || frames === 0) return;
    const [, number, action] = pressed.split("-");
    const field = action === "note" && document.querySelector(".st-key-sheet-note textarea");
    const other = document.getElementById(`sheet-${number}-${action === "up" ? "down" : "up"}`);
    const same = document.getElementById(pressed);
    const title = document.getElementById("sheet-title");
    const wanted = [field, same, other, title].find((one) => one && !one.disabled);
    const isLost = document.activeElement === document.body || document.activeElement === same;
    if (wanted && isLost) wanted.focus({ preventScroll: wanted === title });
    requestAnimationFrame(() => giveFocusBack(frames - 1));
  }

  return { isAddressed: () => addressed() !== "", isFollowed, remembered, settle };
})();
