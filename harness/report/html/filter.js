// In the browser: filters over the results, kept in the address; a button that copies a command.
// @ts-check
{
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("filters"));
  if (form) startFilters(form);
  for (const button of document.querySelectorAll("button[data-copy]")) startCopying(button);
  // What is folded on the screen is read on paper.
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("article details")) one.setAttribute("open", "");
  });

  /** @param {HTMLFormElement} form */
  function startFilters(form) {
    const rows = [
      .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".results tbody tr")),
    ];
    const texts = rows.map((row) => (row.textContent ?? "").toLowerCase());
    const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
    form.hidden = false;
    read(form, new URLSearchParams(location.search));
    apply();
    form.addEventListener("input", () => {
      keep(form);
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link to a case shows it, whatever the filters say.
    addEventListener("hashchange", showTarget);
    showTarget();

    function apply() {
      const wanted = new FormData(form);
      const words = String(wanted.get("text")).toLowerCase().split(/\s+/).filter(Boolean);
      const suite = wanted.get("suite");
      const outcomes = wanted.getAll("outcome");
      let shown = 0;
      rows.forEach((row, index) => {
        const fits =
          (!suite || row.dataset.suite === suite) &&
          (outcomes.length === 0 || outcomes.includes(row.dataset.outcome ?? "")) &&
          words.every((word) => texts[index]?.includes(word));
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) shown++;
      });
      output.textContent = `${shown} of ${rows.length}`;
    }

    function showTarget() {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      target?.closest("details")?.setAttribute("open", "");
      if (target?.hidden) {
        form.reset();
        keep(form);
        apply();
      }
      target?.scrollIntoView();
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {URLSearchParams} kept
   */
  function read(form, kept) {
    for (const field of form.querySelectorAll("input, select")) {
      const { name } = /** @type {HTMLInputElement} */ (field);
      if (field instanceof HTMLInputElement && field.type === "checkbox") {
        field.checked = kept.getAll(name).includes(field.value);
      } else if (kept.has(name)) {
        /** @type {HTMLInputElement} */ (field).value = kept.get(name) ?? "";
      }
    }
  }

  /** @param {HTMLFormElement} form */
  function keep(form) {
    const kept = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) kept.append(name, String(value));
    const query = kept.size > 0 ? `?${kept}` : location.pathname;
    history.replaceState(null, "", `${query}${location.hash}`);
  }

  /** @param {Element} button */
  function startCopying(button) {
    // Absent where a page comes from another machine without encryption.
    if (!navigator.clipboard) return;
    /** @type {HTMLElement} */ (button).hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.getAttribute("data-copy") ?? "");
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
      }, 2000);
    });
  }
}
