/* What is done at one press is done without leaving the page: forms with data-in-place, and what More opens.

   Where anything but a plain "saved" comes back, the browser sends the form itself, and its page says what happened. */

import { announce, show } from "../web/keeping/fragments.js";
import { get, send } from "../web/keeping/sending.js";

async function sendInPlace(form, button) {
  const pressed = button?.name ? [[button.name, button.value]] : [];
  const answer = await send(button?.getAttribute("formaction") || form.action, [...new FormData(form), ...pressed]);
  if (answer.state !== "saved") return goThere(form, button);
  form.dispatchEvent(new CustomEvent("arrived"));
  show(answer.html, { isOwn: true });
  announce(answer.sentence);
}

/* As it would have gone without a script; form.submit() leaves out the button, so its answer goes along by itself. */
function goThere(form, button) {
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  if (button?.name) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  }
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-in-place]")) return;
  event.preventDefault();
  if (form.dataset.isSending) return;
  form.dataset.isSending = "yes";
  sendInPlace(form, event.submitter).finally(() => delete form.dataset.isSending);
});

/* Open or close what can be done with an entry, in its place on the page. */
async function drawEntry(link) {
  const entry = link.closest("article[id^=entry-]");
  const isOpening = link.matches(".more-link");
  const pk = entry.id.replace("entry-", "");
  const answer = await get(`${location.pathname}?entry=${pk}${isOpening ? `&more=${pk}` : ""}`);
  if (!answer?.html[entry.id]) return location.assign(link.href);
  show(answer.html);
  const drawn = document.getElementById(entry.id);
  (drawn.querySelector(".more-panel a, .more-panel button") || drawn.querySelector(".more-link"))?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".more-link, .more-close");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // While words of this entry are being changed it is not drawn anew.
  if (link.closest("article").querySelector("form[data-save]")) return;
  event.preventDefault();
  drawEntry(link);
});

/* What is added in passing, such as a person, leads back to where one types: data-then names that control. */
document.addEventListener("acknowledged", (event) => {
  const { answer, isDone } = event.detail;
  const next = isDone && document.getElementById(event.target.dataset.then || "");
  if (!next) return;
  event.target.closest("details.join")?.removeAttribute("open");
  next.focus();
  announce(answer.sentence);
});

/* After saving, the focus is where the next thing is typed: data-begins names that control. It stays where the eye is,
   and the record moves up behind it. */
document.addEventListener("acknowledged", (event) => {
  const form = event.target;
  if (!form.dataset.begins) return;
  const control = form.elements[form.dataset.begins];
  const before = control.getBoundingClientRect().top;
  if (event.detail.isDone) control.focus({ preventScroll: true });
  // What came back is on the page once this event is over.
  queueMicrotask(() => {
    const moved = control.getBoundingClientRect().top - before;
    if (before > 0 && before < innerHeight) scrollBy({ top: moved, behavior: "instant" });
  });
});
