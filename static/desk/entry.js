/* In the forms of the record, Ctrl and Enter saves. Nothing else is taken over. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-entry]")) {
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  }
})();
