/* What makes pages kinder; every page works without it. */
(() => {
  "use strict";

  // People who cannot see the top of the page have to hear that something is wrong, or done.
  const summary = document.querySelector("main > .error-summary, .main-column > .error-summary");
  const banner = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
  } else if (banner && !location.hash) {
    banner.focus({ preventScroll: true });
  }

  // A link to a control moves to it with its question in view, not the bare box at the top edge.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!control) return;
    event.preventDefault();
    (control.closest("fieldset") || control.closest(".field") || control).scrollIntoView();
    control.focus({ preventScroll: true });
  });

  // Buttons that only a script can serve are hidden until there is one.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      button.textContent = "Copied";
    });
  }
})();
