/* Split at the cursor: puts the empty line there that marks the place. */
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
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
})();
