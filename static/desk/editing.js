/* Editing what somebody said where it stands: the form opens inside the entry, and nothing else moves. */

import { kept } from "../web/keeping/device.js";
import { announce, show, showWhatWaited } from "../web/keeping/fragments.js";
import { user } from "../web/keeping/keeper.js";
import { openPages } from "../web/keeping/pages.js";
import { get } from "../web/keeping/sending.js";

const OFFLINE = "You are offline. What is in the record can be edited when you reconnect; type what is new in the box.";
const WORDS = /\/words\/(\d+)\/$/;

function editLink(pk) {
  return [...document.querySelectorAll(`#words-${pk} a[href]`)].find((link) => WORDS.exec(link.pathname)?.[1] === pk);
}

function sayOffline(said) {
  const note = Object.assign(document.createElement("p"), { className: "kept-note", textContent: OFFLINE });
  note.setAttribute("role", "alert");
  said.append(note);
  addEventListener("online", () => note.remove(), { once: true });
}

async function open(link, { focus, at = Infinity }) {
  const { id } = link.closest("[id^=words-]");
  const answer = await get(link.href);
  // The entry may have been drawn anew meanwhile, with what somebody else added.
  const said = document.getElementById(id);
  if (said?.hidden) return;
  if (!answer?.html.form || !said) return navigator.onLine || !said ? location.assign(link.href) : sayOffline(said);
  const editor = document.createElement("div");
  editor.className = "editing";
  editor.innerHTML = answer.html.form;
  said.hidden = true;
  said.after(editor);
  if (focus) {
    const box = editor.querySelector("textarea");
    box.focus();
    const place = Math.min(at, box.value.length);
    box.setSelectionRange(place, place);
  }
}

/* Where in the words the selection begins, without what is printed before them. */
function placeIn(words) {
  const selection = getSelection();
  if (!selection.rangeCount || !words.contains(selection.anchorNode)) return Infinity;
  const before = document.createRange();
  before.setStart(words.querySelector(".speaker")?.nextSibling || words.firstChild, 0);
  before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
  return before.toString().trimStart().length;
}

/* Close the form that opened inside an entry; the focus goes back to where it came from. */
function close(editor, html = {}) {
  const said = editor.previousElementSibling;
  const pk = said.id.replace("words-", "");
  editor.remove();
  said.hidden = false;
  show(html);
  showWhatWaited();
  editLink(pk)?.focus({ preventScroll: true });
}

function editorOf(event) {
  return event.target.closest(".editing");
}

/* What was typed here before the page was left opens again, with its text. */
async function openWhatWasKept() {
  const pages = await openPages();
  const records = (await kept(user)).filter((one) => one.page === location.pathname && !pages.has(one.pageId));
  for (const record of records) {
    const link = record.key.startsWith("words-") && editLink(record.key.slice("words-".length));
    if (link) await open(link, { focus: false });
  }
}

export function editInPlace(entries) {
  entries.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !WORDS.test(link.pathname) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link.closest("[id^=words-]")) return;
    event.preventDefault();
    open(link, { focus: true });
  });
  // As in a word processor: who points at a word twice goes on there.
  entries.addEventListener("dblclick", (event) => {
    const words = event.target.closest(".words");
    const link = words && editLink(words.closest("[id^=words-]").id.replace("words-", ""));
    if (link) open(link, { focus: true, at: placeIn(words) });
  });
  document.addEventListener("acknowledged", (event) => {
    const editor = editorOf(event);
    if (!editor || !event.detail.isDone) return;
    event.preventDefault();
    close(editor, event.detail.answer.html);
    announce(event.detail.answer.sentence);
  });
  document.addEventListener("given-up", (event) => {
    const editor = editorOf(event);
    if (!editor) return;
    event.preventDefault();
    close(editor);
  });
  openWhatWasKept();
}
