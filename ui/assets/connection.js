// Runs before Streamlit: what it fetches, where from, and what is said when it cannot.

(() => {
  const LOST = "The connection is lost. Your questions are kept. Trying again …";
  const UNREACHED = "This page cannot reach its server. Trying again …";
  const ENDED = "The connection has ended. Your questions are kept: reload the page to go on.";
  const LOST_AFTER_MS = 700; // a shorter break is over before it is read
  const UNREACHED_AFTER_MS = 10_000;
  const STATE = "data-test-connection-state";

  // The icon font (375 kB) is fetched as soon as the page opens, used or not; nothing here uses it.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, ...text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...text);

  // No dialogs for developers. The addresses are complete so that nothing is guessed.
  window.__streamlit = {
    BACKEND_BASE_URL: new URL(".", location.href).href,
    HOST_CONFIG: {
      allowedOrigins: [location.origin],
      useExternalAuthToken: false,
      blockErrorDialogs: true,
    },
  };

  let timer = setTimeout(tell, UNREACHED_AFTER_MS, UNREACHED);
  let wasThere = false;
  let isLost = false;

  function tell(words) {
    const place = document.getElementById("qw-lost");
    place.textContent = words;
    document.documentElement.style.setProperty("--qw-lost", `${place.offsetHeight}px`);
  }

  new MutationObserver(() => {
    const state = document.querySelector(`[${STATE}]`)?.getAttribute(STATE);
    if (state === "CONNECTED") {
      clearTimeout(timer);
      tell("");
      if (isLost) window.quotewell.comeBack();
      [wasThere, isLost] = [true, false];
    } else if (state === "DISCONNECTED_FOREVER") tell(ENDED);
    else if (wasThere && !isLost) {
      isLost = true;
      timer = setTimeout(tell, LOST_AFTER_MS, LOST);
    }
  }).observe(document, { attributes: true, attributeFilter: [STATE], subtree: true });
})();
