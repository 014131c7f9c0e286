/* The end of a session: told five minutes before, and at sign-out nothing stays on the device. */

import * as device from "./device.js";
import { user } from "./keeper.js";
import { openPages } from "./pages.js";
import { askSession } from "./sending.js";

const WARN = 5 * 60;
const LATER = 5000;

function notice(role) {
  const box = Object.assign(document.createElement("div"), { className: "inset inset-warning session-notice" });
  box.setAttribute("role", role);
  const main = document.querySelector(".main-column") || document.getElementById("main");
  main.prepend(box);
  return box;
}

function warn(left) {
  const minutes = Math.max(1, Math.round(left / 60));
  const box = notice("status");
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button button-secondary button-small",
    textContent: "Stay signed in",
  });
  const words = document.createElement("p");
  const when = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  words.textContent = `You will be signed out in ${when}. What you type is kept on this device either way.`;
  box.append(words, button);
  button.addEventListener("click", async () => {
    const session = await askSession("POST", true);
    if (!session?.user) return;
    box.remove();
    watch(session.left);
  });
}

function watch(left) {
  if (left <= WARN) warn(left);
  else setTimeout(look, (left - WARN) * 1000);
}

async function look() {
  const session = await askSession();
  if (session?.user) watch(session.left);
  else if (!session) setTimeout(look, 60_000);
}

/* Where text is typed, say in time that the session is about to end. */
export function watchSession() {
  setTimeout(look, LATER);
}

function isSignOut(form) {
  return new URL(form.action, location.href).pathname.endsWith("/sign-out/");
}

async function unsaved() {
  const records = await device.kept(user);
  return records.map((record) => record.title).filter((title, place, all) => all.indexOf(title) === place);
}

async function signOut(form) {
  const titles = await unsaved();
  if (titles.length && !form.dataset.warned) {
    form.dataset.warned = "yes";
    const box = notice("alert");
    box.textContent = `What you typed in “${titles.join("”, “")}” is not saved. Save it first, or press Sign out again to delete it from this device.`;
    box.scrollIntoView({ block: "nearest" });
    return;
  }
  await Promise.race([device.clear(user), new Promise((done) => setTimeout(done, 2000))]);
  form.submit();
}

export function clearAtSignOut() {
  document.addEventListener("submit", (event) => {
    if (!isSignOut(event.target)) return;
    event.preventDefault();
    signOut(event.target);
  });
}

/* What was typed on pages that are no longer open, and that this page has no form for. */
export async function textElsewhere(connected) {
  const open = await openPages();
  const records = await device.kept(user);
  return records.filter((one) => !open.has(one.pageId) && !connected.has(one.key));
}
