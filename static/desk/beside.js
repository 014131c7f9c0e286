/* What was just done is said beside the entry to which one returns, with its Undo, and not far above it. */
(() => {
  "use strict";
  const banner = document.querySelector("main > .banner[data-focus]");
  const entry = location.hash.startsWith("#entry-") && document.getElementById(location.hash.slice(1));
  if (!banner || !entry) return;
  entry.before(banner);

  // The browser goes to the entry when everything is loaded, and takes the focus away with that.
  window.addEventListener("load", () => {
    setTimeout(() => {
      banner.focus({ preventScroll: true });
      banner.scrollIntoView();
    });
  });
})();
