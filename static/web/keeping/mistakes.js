/* What is wrong with a form that was sent: a summary that takes the focus, and each sentence beside its field. */

const TITLE = "Error: ";

export function takeMistakesAway(form) {
  form.querySelector(":scope > .error-summary")?.remove();
  for (const message of form.querySelectorAll("[data-mistake]")) message.remove();
  for (const field of form.querySelectorAll(".field-error")) field.classList.remove("field-error");
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    if (control.dataset.describedBy != null) control.setAttribute("aria-describedby", control.dataset.describedBy);
  }
  if (document.title.startsWith(TITLE)) document.title = document.title.slice(TITLE.length);
}

function showBeside(form, name, sentences) {
  const named = form.elements[name];
  const control = named && named.length && !named.options ? named[0] : named;
  const field = control?.closest?.(".field");
  if (!field) return;
  const messages = document.createElement("div");
  messages.dataset.mistake = name;
  messages.id = `${control.id || name}_mistake`;
  for (const sentence of sentences) {
    const message = Object.assign(document.createElement("p"), { className: "error-message" });
    message.textContent = sentence;
    messages.append(message);
  }
  field.classList.add("field-error");
  const before = control.closest("fieldset")?.querySelector(".choices") || control;
  before.before(messages);
  control.setAttribute("aria-invalid", "true");
  control.dataset.describedBy ??= control.getAttribute("aria-describedby") || "";
  control.setAttribute("aria-describedby", `${messages.id} ${control.dataset.describedBy}`.trim());
}

export function showMistakes(form, errors, summary) {
  takeMistakesAway(form);
  for (const [name, sentences] of Object.entries(errors || {})) showBeside(form, name, sentences);
  const template = document.createElement("template");
  template.innerHTML = summary || "";
  const shown = template.content.querySelector(".error-summary");
  if (!shown) return;
  form.prepend(shown);
  document.title = TITLE + document.title;
  shown.focus();
}
