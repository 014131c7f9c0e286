/* What is done at one press is done without leaving the page: forms with data-in-place.

   Where anything but a plain "saved" comes back, the browser sends the form itself, and its page says what happened. */

import { announce, show } from "../web/keeping/fragments.js";
import { send } from "../web/keeping/sending.js";

async function sendInPlace(form, button) {
  const pressed = button?.name ? [[button.name, button.value]] : [];
  const answer = await send(form.action, [...new FormData(form), ...pressed]);
  if (answer.state !== "saved") return goThere(form, button);
  show(answer.html);
  announce(answer.sentence);
}

/* As it would have gone without a script; form.submit() leaves out the button, so its answer goes along by itself. */
function goThere(form, button) {
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

/* After saving, the focus is where the next thing is typed: data-begins names that control. */
document.addEventListener("acknowledged", (event) => {
  const form = event.target;
  if (event.detail.isDone && form.dataset.begins) form.elements[form.dataset.begins]?.focus();
});
