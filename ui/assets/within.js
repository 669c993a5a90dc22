// What is searched: fills in the choice that the page has beside the ask box, and sends what is chosen.

(() => {
  const CHOICE = ".qw-within";
  const { settle } = window.quotewell;
  let send = null;
  let text = null; // what is chosen, as an address has it

  // On every run of the page: `within` is what the server searches, and what to say of it.
  window.quotewell.settle = (data, trigger, say) => {
    settle(data, trigger, say);
    send = trigger;
    if (!data.within) return;
    if (text !== null && text !== data.within.text) say(`Searched from now on: ${data.within.said}`);
    text = data.within.text;
    window.quotewell.whenThere(CHOICE, (choice) => fill(choice, data.within));
  };

  function fill(choice, { text, said }) {
    choice.querySelector(".qw-within-said").textContent = said;
    const chosen = new URLSearchParams(text);
    for (const field of choice.querySelectorAll("[data-within]")) {
      const values = chosen.getAll(field.dataset.within);
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }

  // Whoever goes on elsewhere has chosen.
  function leave(target) {
    const open = document.querySelector(`${CHOICE}[open]`);
    if (open && !open.contains(target)) open.open = false;
  }

  function chosen(choice) {
    const fields = [...choice.querySelectorAll("[data-within]")];
    const filled = fields.filter((one) => (one.type === "checkbox" ? one.checked : one.value));
    return `${new URLSearchParams(filled.map((one) => [one.dataset.within, one.value]))}`;
  }

  addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-within]")) send?.("within", chosen(target.closest(CHOICE)));
  });
  addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-within-all]")) send?.("within", "");
    leave(target);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") leave(event.target);
    const choice = event.key === "Escape" && event.target.closest?.(`${CHOICE}[open]`);
    if (!choice) return;
    event.stopPropagation(); // what is open behind it stays open
    choice.open = false;
    choice.querySelector("summary").focus();
  }, { capture: true });
})();
