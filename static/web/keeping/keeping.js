/* Nothing that is typed gets lost: connects the forms of a page.

   data-save="key"   saves without leaving the page, and keeps its text until the server has it
   data-autosave     also while somebody types: everything, or only the fields that it names
   data-keep="key"   posts a whole page, and keeps its text until the next page says that it arrived
   data-kept-on      where that page is asked for, if not at the address at which it is now
   data-entry        saves with Ctrl and Enter, as the others do too */

import * as device from "./device.js";
import { tellOf } from "./elsewhere.js";
import { PageKeeper, user } from "./keeper.js";
import { Saver, savers } from "./saver.js";
import { clearAtSignOut, textElsewhere, watchSession } from "./session.js";

const FORMS = "form[data-save], form[data-keep]";
const keepers = new Map();

async function connect(form) {
  if (keepers.has(form)) return;
  const keeper = form.dataset.save ? new Saver(form) : new PageKeeper(form, form.dataset.keep);
  keepers.set(form, keeper);
  await settled;
  await keeper.restore();
  form.dataset.connected = "yes";
}

function disconnect(form) {
  keepers.get(form)?.close?.();
  keepers.delete(form);
}

function among(nodes) {
  return [...nodes].flatMap((node) =>
    node.nodeType !== Node.ELEMENT_NODE ? [] : [...(node.matches(FORMS) ? [node] : []), ...node.querySelectorAll(FORMS)],
  );
}

function watchForms() {
  new MutationObserver((changes) => {
    for (const change of changes) {
      among(change.addedNodes).forEach(connect);
      among(change.removedNodes).filter((form) => !form.isConnected).forEach(disconnect);
    }
  }).observe(document.body, { childList: true, subtree: true });
}

/* The server says on the next page which operations are done; their text need not be kept. */
async function forgetAcknowledged() {
  const done = document.querySelector("meta[name=acknowledged]")?.content.split(" ") || [];
  if (!done.length) return;
  const records = await device.kept(user);
  await Promise.all(records.filter((one) => done.includes(one.op_id)).map((one) => device.forget(one.id)));
}

function saveByKey(event) {
  const form = event.target.closest?.("form[data-save], form[data-keep], form[data-entry]");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
}

async function forgetWhatIsDone() {
  await device.forgetOld();
  await forgetAcknowledged();
}

const settled = forgetWhatIsDone();

/* What was typed inside an entry is put back there, by `desk/editing.js`. */
function isOpenedInPlace(record) {
  return record.page === location.pathname && document.getElementById(record.key);
}

/* The page that shows two versions of a text goes on with the same operation; another carries what was pasted before. */
function isChosenHere(record) {
  const here = [...document.querySelectorAll("[name=op_id], [name=pasted]")];
  return here.some((control) => control.value === record.op_id);
}

async function start() {
  document.addEventListener("keydown", saveByKey);
  clearAtSignOut();
  watchForms();
  addEventListener("offline", () => savers.forEach((one) => one.wentOffline()));
  addEventListener("online", () => savers.forEach((one) => one.cameBack()));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) savers.forEach((one) => one.autosave());
  });
  const forms = [...document.querySelectorAll(FORMS)];
  await Promise.all(forms.map(connect));
  // Also on a page without forms, what has just been acknowledged is not told of once more.
  await settled;
  if (forms.length) watchSession();
  const keys = new Set([...keepers.values()].map((one) => one.key));
  tellOf((await textElsewhere(keys)).filter((record) => !isOpenedInPlace(record) && !isChosenHere(record)));
}

start();
