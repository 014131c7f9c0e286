/* What every form that keeps its text on the device has in common: the record, putting it back, discarding it. */

import * as device from "./device.js";
import { carried, carry, fieldsOf, fill, same, servedIn, wordsIn } from "./fields.js";
import { newId, openPages, thisPage } from "./pages.js";
import { NOT_KEPT, when } from "./words.js";

export const user = document.body.dataset.user;

/* The page's heading, whose number and words are parts of their own, after what it is about. */
function titleOfPage() {
  const parts = [...(document.querySelector("h1")?.childNodes || [])].map((one) => one.textContent.trim());
  const heading = parts.filter(Boolean).join(" ") || document.title;
  const caption = document.querySelector(".caption:has(+ h1)")?.textContent.trim();
  return caption ? `${caption}: ${heading}` : heading;
}

/* Keeps what is typed into `form` under `key`. `sent` are the texts that went out under the form's `op_id`
   and of which nobody knows yet whether they arrived. */
export class Keeper {
  constructor(form, key) {
    this.form = form;
    this.key = key;
    this.id = `${user} ${key} ${thisPage}`;
    this.served = servedIn(form);
    // Before it came back with mistakes.
    this.first = this.served;
    this.servedBase = carried(form, "base_version");
    this.sent = [];
    if (!carried(form, "op_id")) this.startAnew();
    for (const name of ["input", "change"]) form.addEventListener(name, () => this.typed());
    if (this.isDirty) this.keep();
  }

  /* Give the form the id of a new operation. */
  startAnew(opId = newId()) {
    carry(this.form, "op_id", opId);
    this.sent = [];
  }

  get isDirty() {
    return this.sent.length > 0 || !same(fieldsOf(this.form), this.served);
  }

  typed() {
    this.keep();
  }

  /* Write what the form holds to the device, or nothing where it holds nothing of its own. */
  keep(at = Date.now()) {
    return this.isDirty ? device.keep(this.record(at)) : device.forget(this.id);
  }

  record(at) {
    const fields = fieldsOf(this.form);
    return {
      id: this.id,
      user,
      key: this.key,
      pageId: thisPage,
      page: this.form.dataset.keptOn || location.pathname,
      title: titleOfPage(),
      fields,
      words: wordsIn(this.form, fields, this.first),
      first: this.first,
      op_id: carried(this.form, "op_id"),
      base_version: carried(this.form, "base_version"),
      sent: this.sent,
      at,
    };
  }

  /* Put back what was typed into this form on a page that is no longer open. */
  async restore() {
    const open = await openPages();
    const records = (await device.kept(user)).filter((one) => one.key === this.key && !open.has(one.pageId));
    for (const record of records) {
      if (this.isSettled(record)) device.forget(record.id);
      else if (!this.isDirty) this.putBack(record);
    }
  }

  /* Whether the server has what the record holds: the page shows it, and says upon which version. Of a form
     without versions, what was only chosen is settled too, unless nobody knows whether it arrived. */
  isSettled(record) {
    const hasMistakes = document.querySelector(".error-summary");
    if (record.base_version) return !hasMistakes && same(record.fields, this.served);
    return !record.words.length && (!record.sent.length || hasMistakes);
  }

  putBack(record) {
    fill(this.form, record.fields);
    if (record.base_version) carry(this.form, "base_version", record.base_version);
    carry(this.form, "op_id", record.op_id);
    this.sent = record.sent;
    this.first = record.first;
    this.keep(record.at).then(() => device.forget(record.id));
    this.sayKept(record);
    this.form.closest("details")?.setAttribute("open", "");
    this.form.dispatchEvent(new CustomEvent("put-back", { bubbles: true }));
  }

  sayKept(record) {
    if (same(record.fields, this.served)) return;
    const note = document.createElement("p");
    note.className = "kept-note";
    note.setAttribute("role", "status");
    const discard = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button-link",
      textContent: "Discard it",
    });
    note.append(`We kept what you typed ${when(record.at)}. It is not saved yet. `, discard);
    discard.addEventListener("click", () => this.discard(record, note));
    this.takeNoteAway();
    this.note = note;
    this.form.prepend(note);
  }

  takeNoteAway() {
    this.note?.remove();
    this.note = null;
  }

  /* Show the form as the server gave it; one press takes that back. */
  discard(record, note) {
    const typed = this.record(record.at);
    fill(this.form, this.served);
    if (this.servedBase) carry(this.form, "base_version", this.servedBase);
    this.startAnew();
    this.keep();
    const back = note.querySelector("button").cloneNode();
    back.textContent = "Put it back";
    note.replaceChildren("Discarded. ", back);
    back.addEventListener("click", () => this.putBack({ ...typed, id: `${this.id} discarded` }));
    back.focus();
  }
}

/* How long a form waits for a device that does not write. */
const PATIENCE = 1000;

/* A form that posts a whole page: its text is kept until the next page says that it arrived. */
export class PageKeeper extends Keeper {
  constructor(form, key) {
    super(form, key);
    form.addEventListener("submit", (event) => {
      if (this.isGoing || event.defaultPrevented) return;
      event.preventDefault();
      this.sendWhenKept(event.submitter);
    });
    form.addEventListener("arrived", () => this.forget());
  }

  /* What the device has not written when the next page comes would be gone, and that page may be a sign-in. */
  async sendWhenKept(button) {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.sent = [{ fields: fieldsOf(this.form) }];
    await Promise.race([this.keep(), new Promise((done) => setTimeout(done, PATIENCE))]);
    this.isWaiting = false;
    this.isGoing = true;
    this.form.requestSubmit(button);
    this.isGoing = false;
  }

  /* A script of the page has sent it, and the server has it. */
  forget() {
    this.served = fieldsOf(this.form);
    this.startAnew();
    this.keep();
  }

  typed() {
    // Other words than those that were sent are another operation.
    if (this.sent.length && !same(this.sent.at(-1).fields, fieldsOf(this.form))) this.startAnew();
    this.keep().then(() => this.sayWhetherKept());
  }

  /* A page of notes can be more than a device has room for. */
  sayWhetherKept() {
    if (device.isKept()) {
      this.warning?.remove();
      this.warning = null;
    } else if (!this.warning) {
      this.warning = Object.assign(document.createElement("p"), { className: "kept-note" });
      this.warning.setAttribute("role", "status");
      // Where somebody is typing: a page of notes is longer than the screen.
      const field = document.activeElement.closest(".field");
      (this.form.contains(field) ? field : this.form).append(this.warning);
      this.warning.textContent = NOT_KEPT;
    }
  }
}
