/* Fresh markup for parts of a page. What somebody is typing in is never swapped: its turn comes when they have done. */

const later = new Map();

function parse(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return [...template.content.children];
}

function isTypedIn(element, isOwn) {
  if (element.querySelector("form[data-save]")) return true;
  if (isOwn && !element.querySelector("textarea")) return false;
  const active = document.activeElement;
  return element.contains(active) && active.matches("input, select, textarea");
}

/* What the focus was on, to be found again in fresh markup: a link by its address, a button by its words. */
function findAgain(focused, fresh) {
  const alike = [...fresh.querySelectorAll(focused.tagName)];
  return (
    alike.find((one) => focused.id && one.id === focused.id) ||
    alike.find((one) => one.href && one.href === focused.href) ||
    alike.find((one) => one.textContent === focused.textContent)
  );
}

function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const opened = [...old.querySelectorAll("details")].map((details) => details.open);
  old.replaceWith(fresh);
  fresh.querySelectorAll("details").forEach((details, place) => {
    details.open ||= Boolean(opened[place]);
  });
  if (focused) findAgain(focused, fresh)?.focus({ preventScroll: true });
}

function takeAway(old) {
  if (old?.closest("#entries")) old.remove();
  else old?.replaceChildren();
}

function showOne(id, markup, isOwn) {
  const old = document.getElementById(id);
  if (old && isTypedIn(old, isOwn)) {
    later.set(id, markup);
    return;
  }
  const [first, ...others] = parse(markup);
  if (!first) {
    takeAway(old);
  } else if (first.id !== id) {
    const chosen = old?.value;
    old?.replaceChildren(first, ...others);
    // A list of choices that is drawn anew keeps what was chosen in it.
    if (chosen) old.value = chosen;
  } else {
    if (old) swap(old, first);
    else document.getElementById("entries")?.append(first);
    showBehind(first, others);
  }
}

/* What follows an entry, such as its actions, comes with it. */
function showBehind(element, others) {
  let place = element;
  for (const other of others) {
    const old = other.id && document.getElementById(other.id);
    if (old) swap(old, other);
    else place.after(other);
    place = other;
  }
}

/* Show fresh markup: `html` maps ids to it. The answer to one's own form may change what was chosen in it. */
export function show(html, { isOwn = false } = {}) {
  for (const [id, markup] of Object.entries(html || {})) showOne(id, markup, isOwn);
}

/* Show what had to wait while somebody was typing. */
export function showWhatWaited() {
  const waited = Object.fromEntries(later);
  later.clear();
  show(waited);
}

/* Put the entries into the order of `ids`, unless that would move what somebody is typing in. */
export function putInOrder(ids) {
  const entries = document.getElementById("entries");
  if (!entries || isTypedIn(entries)) return;
  const wanted = ids.map((id) => document.getElementById(id)).filter((one) => one?.parentNode === entries);
  const shown = [...entries.children].filter((one) => wanted.includes(one));
  if (shown.every((one, place) => one === wanted[place])) return;
  const focused = document.activeElement;
  wanted.forEach((one) => entries.append(one));
  if (entries.contains(focused)) focused.focus({ preventScroll: true });
}

/* Say something once to those who cannot see the page change. */
export function announce(sentence) {
  let said = document.getElementById("announced");
  if (!said) {
    said = Object.assign(document.createElement("p"), { id: "announced", className: "visually-hidden" });
    said.setAttribute("role", "status");
    document.getElementById("main")?.append(said);
  }
  said.textContent = sentence;
}
