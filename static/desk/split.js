/* Split at the cursor: puts the empty line there that marks the place. Ctrl and Enter sends the form. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-split]");
  const button = form && form.querySelector("[data-split-here]");
  if (!button) return;
  const box = form.elements.text;
  button.parentElement.hidden = false;

  button.addEventListener("click", () => {
    const at = box.selectionStart;
    box.setRangeText("\n\n", at, at, "end");
    box.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();
