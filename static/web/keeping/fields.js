/* What a form holds, as pairs of names and values, and putting it back. What the server put into a field with
   `data-carried` is not typed by anybody: it is neither kept nor put back. */

const CARRIED = new Set(["csrfmiddlewaretoken", "op_id", "base_version"]);

function controls(form) {
  return [...form.elements].filter(
    (control) =>
      control.name &&
      !CARRIED.has(control.name) &&
      !("carried" in control.dataset) &&
      !["password", "file", "submit", "button", "image", "fieldset"].includes(control.type),
  );
}

function isSent(control) {
  return !["checkbox", "radio"].includes(control.type) || control.checked;
}

function values(control) {
  if (control.type !== "select-multiple") return [control.value];
  return [...control.selectedOptions].map((option) => option.value);
}

/* What would be sent, without what the form carries itself, secrets and files. */
export function fieldsOf(form) {
  return controls(form)
    .filter((control) => isSent(control) && !control.disabled)
    .flatMap((control) => values(control).map((value) => [control.name, value]));
}

function standard(control) {
  if (["checkbox", "radio"].includes(control.type)) return control.defaultChecked ? [control.value] : [];
  if (!control.options) return [control.defaultValue];
  const chosen = [...control.options].filter((option) => option.defaultSelected);
  const first = control.multiple || chosen.length ? [] : [...control.options].slice(0, 1);
  return [...chosen, ...first].map((option) => option.value);
}

/* What the server put into the form, also where somebody typed before this script ran. */
export function servedIn(form) {
  return controls(form)
    .filter((control) => !control.disabled)
    .flatMap((control) => standard(control).map((value) => [control.name, value]));
}

/* By name; several values of one name stay in their order. */
function inOrder(fields) {
  return [...fields].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

export function same(some, others) {
  return JSON.stringify(inOrder(some)) === JSON.stringify(inOrder(others));
}

export function onlyNamed(fields, names) {
  return fields.filter(([name]) => names.includes(name));
}

function named(fields, name) {
  return onlyNamed(fields, [name]);
}

/* `fields` where only those that are named became what they are in `sent`. */
export function withTaken(fields, sent, names) {
  return [...fields.filter(([name]) => !names.includes(name)), ...onlyNamed(sent, names)];
}

/* `fields` with what the server stores under some names: `stored` maps each of them to its values. */
export function withStored(fields, stored) {
  const others = fields.filter(([name]) => !(name in stored));
  return [...others, ...Object.entries(stored).flatMap(([name, values]) => values.map((value) => [name, value]))];
}

/* Show what the server stores, but where its writer has gone on since `sent`. */
export function takeStored(form, sent, stored) {
  const now = fieldsOf(form);
  for (const control of controls(form)) {
    const { name } = control;
    if (name in stored && same(named(now, name), named(sent, name))) put(control, [...stored[name]]);
  }
}

/* What somebody wrote, and neither chose nor found in the form when it was `served` first. */
export function wordsIn(form, fields, served) {
  const written = new Set(
    controls(form)
      .filter((control) => control.type === "textarea" || control.type === "text")
      .map((control) => control.name),
  );
  const isServed = (name, value) => served.some(([one, given]) => one === name && given === value);
  return fields
    .filter(([name, value]) => written.has(name) && value.trim() && !isServed(name, value))
    .map(([, value]) => value);
}

function put(control, given) {
  if (["checkbox", "radio"].includes(control.type)) {
    control.checked = given.includes(control.value);
  } else if (control.type === "select-multiple") {
    for (const option of control.options) option.selected = given.includes(option.value);
  } else if (given.length) {
    control.value = given.shift();
  }
}

/* Put `fields` into the form; what is focused stays so. */
export function fill(form, fields) {
  const given = new Map();
  for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
  for (const control of controls(form)) put(control, given.get(control.name) || []);
}

/* A hidden field that the form carries: its operation's id, the version that it started from. */
export function carried(form, name) {
  return form.elements[name]?.value;
}

export function carry(form, name, value) {
  let control = form.elements[name];
  if (!control) {
    control = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.prepend(control);
  }
  control.value = value;
}
