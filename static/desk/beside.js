/* What was just done is said beside the entry or passage to which one returns, with its Undo, and not far above it. */
(() => {
  "use strict";
  const banner = document.querySelector("main > .banner[data-focus]");
  const there = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const entry = there?.closest("article[id^=entry-]");
  const passage = there?.closest("li[id^=passage-]");
  if (!banner || !(entry || passage)) return;
  if (entry) entry.before(banner);
  else passage.prepend(banner);

  // The browser goes to the entry when everything is loaded, and takes the focus away with that.
  window.addEventListener("load", () => {
    setTimeout(() => {
      // Whoever moves an entry goes on with the same button; what was done is read to them anyway.
      (there.matches("button") ? there : banner).focus({ preventScroll: true });
      banner.scrollIntoView();
    });
  });
})();
