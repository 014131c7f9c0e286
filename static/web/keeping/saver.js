/* Saving a form without leaving the page.

   One request at a time. What goes out is written to the device first, with its operation's id; a retry has the same
   id, so it has one effect however often it arrives. Where the answer was lost and more was typed since, the newer
   text goes out under the same id: it is either taken, because the older never arrived, or refused with 422, and then
   the older one is sent again for its answer. "Saved" is said only upon the server's own word. */

import * as device from "./device.js";
import { carried, carry, fieldsOf, fill, onlyNamed, same, takeStored, withStored, withTaken } from "./fields.js";
import { announce, show } from "./fragments.js";
import { Keeper } from "./keeper.js";
import { showMistakes, takeMistakesAway } from "./mistakes.js";
import { press, send } from "./sending.js";
import * as words from "./words.js";

const PAUSE = 1500;
const LONGEST_TYPING = 8000;
const RETRIES = [2000, 4000, 8000, 15_000, 30_000];
// The answers upon which sending the same again makes no sense; whatever else comes is no answer.
const DECIDED = new Set(["mistakes", "damaged", "refused", "changed", "gone", "no base", "somebody else"]);

export const savers = new Set();

export class Saver extends Keeper {
  constructor(form) {
    super(form, form.dataset.save);
    this.changes = Boolean(carried(form, "base_version"));
    this.autosaves = form.hasAttribute("data-autosave");
    this.whileTyping = (form.dataset.autosave || "").split(" ").filter(Boolean);
    this.stateLine = form.querySelector("[data-save-state]") || this.addStateLine();
    this.state = "";
    this.failures = 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.button = event.submitter;
      this.save({ asked: true });
    });
    form.addEventListener("click", (event) => this.choose(event));
    if (this.whileTyping.length > 1) form.addEventListener("input", (event) => this.sayBelow(event.target));
    this.original = this.served;
    savers.add(this);
  }

  addStateLine() {
    const line = Object.assign(document.createElement("p"), { className: "save-state" });
    line.setAttribute("role", "status");
    this.form.append(line);
    return line;
  }

  /* In a long form, how saving stands is said where somebody types. */
  sayBelow(control) {
    const field = this.whileTyping.includes(control.name) && !this.waitsForChoice && control.closest(".field");
    if (field && !field.contains(this.stateLine)) field.append(this.stateLine);
  }

  /* The form is off the page: nothing is sent any more. */
  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    savers.delete(this);
  }

  /* --- Typing ------------------------------------------------------------------------------------- */

  typed() {
    this.keep();
    if (this.state === "saved" || this.state === "mistakes") this.say("", "");
    if (!this.autosaves || this.waitsForChoice) return;
    this.firstTyped ??= Date.now();
    clearTimeout(this.timer);
    const left = this.firstTyped + LONGEST_TYPING - Date.now();
    this.timer = setTimeout(() => this.autosave(), Math.max(0, Math.min(PAUSE, left)));
  }

  autosave() {
    this.firstTyped = null;
    if (this.hasMore && !this.retry && !this.waitsForChoice) this.save({ asked: false });
  }

  /* Whether there is something that is saved while somebody types; what is chosen may have to wait for the button. */
  get hasMore() {
    const names = this.whileTyping;
    if (!this.autosaves || !names.length) return this.autosaves && this.isDirty;
    return !same(onlyNamed(fieldsOf(this.form), names), onlyNamed(this.served, names));
  }

  /* Somebody else changed or deleted it, and its writer has not said what is to become of both. */
  get waitsForChoice() {
    return this.state === "changed" || this.state === "gone";
  }

  /* --- Sending ------------------------------------------------------------------------------------ */

  /* Send what the form holds. `asked`: somebody pressed Save; else it is an autosave or a retry. */
  async save({ asked }) {
    if (this.isClosed) return;
    if (this.isSending) {
      this.wasPressedMeanwhile ||= asked && !this.isOnItsWay();
      return;
    }
    this.isAsked ||= asked;
    this.isSending = true;
    this.wasPressedMeanwhile = false;
    clearTimeout(this.timer);
    this.firstTyped = null;
    this.stopRetrying();
    try {
      await this.attempt(asked);
    } finally {
      this.isSending = false;
    }
    this.goOn();
  }

  /* Whether a box for new text holds what is being sent: pressed twice, it is not pressed for what is typed next. */
  isOnItsWay() {
    const last = this.sent.at(-1);
    return !this.changes && Boolean(last) && same(last.fields, fieldsOf(this.form));
  }

  /* What was typed or pressed while a request was on its way has its turn now. */
  goOn() {
    if (this.isClosed || !["saved", ""].includes(this.state)) return;
    const pressed = this.wasPressedMeanwhile && (this.isDirty || this.changes);
    if (this.isAsked || pressed) this.save({ asked: true });
    else if (this.hasMore) this.typed();
  }

  async attempt(isPressed) {
    const text = this.textToSend(isPressed);
    if (this.isAsked || this.state !== "saved") this.say("saving", words.SAVING);
    // A crash between here and the answer must find the id under which this went out.
    await Promise.race([this.keep(), new Promise((done) => setTimeout(done, 500))]);
    await this.take(await this.send(text), text);
  }

  /* What goes out now: the very same again where nothing changed, and where a box for new text only retries. */
  textToSend(isPressed) {
    const last = this.sent.at(-1);
    const fields = fieldsOf(this.form);
    if (last && (same(last.fields, fields) || (!this.changes && !isPressed))) return last;
    const text = { fields, button: isPressed ? this.buttonPair() : [], autosave: !this.isAsked };
    this.sent = [...this.sent, text].slice(-20);
    return text;
  }

  buttonPair() {
    return this.button?.name ? [[this.button.name, this.button.value]] : [];
  }

  send(text) {
    const pairs = [...text.fields, ...text.button, ["op_id", carried(this.form, "op_id")]];
    if (this.changes) pairs.push(["base_version", carried(this.form, "base_version")]);
    if (this.autosaves && text.autosave) pairs.push(["autosave", "1"]);
    return send(this.form.action, pairs);
  }

  /* --- Answers ------------------------------------------------------------------------------------ */

  async take(answer, text) {
    if (answer.state === "saved") return this.acknowledge(answer, text);
    if (answer.state === "used before") return this.findOutWhatArrived(answer);
    if (!DECIDED.has(answer.state)) return this.comeBackLater(answer);
    const wasAsked = this.isAsked;
    this.failures = 0;
    this.isAsked = false;
    if (answer.state === "somebody else") return this.say("failed", words.SOMEBODY_ELSE, { loud: true });
    // The server has looked at this very text and did not take it.
    this.sent = this.sent.filter((one) => one !== text);
    this.keep();
    if (answer.state === "mistakes") return this.takeMistakes(answer, wasAsked);
    if (answer.state === "changed" || answer.state === "gone") return this.takeChoice(answer, wasAsked);
    return this.say("failed", `Not saved. ${answer.sentence || ""}`.trim(), { loud: true });
  }

  acknowledge(answer, text) {
    const isDone = this.isAsked && !text.autosave;
    this.failures = 0;
    this.startAnew(answer.op_id);
    if (this.changes || answer.go) this.stand(answer, text);
    else this.empty(text);
    if (isDone) this.isAsked = false;
    if (!this.isDirty) this.takeNoteAway();
    takeMistakesAway(this.form);
    this.keep();
    this.sayAcknowledged(answer, text);
    this.showAnswer(answer, isDone && !((this.changes || answer.go) && this.isDirty));
    this.wasOffline = false;
  }

  /* A form that changes something goes on from the version that was just saved. */
  stand(answer, text) {
    takeStored(this.form, text.fields, answer.fields || {});
    const saved = answer.took ? withTaken(this.served, text.fields, answer.took) : text.fields;
    this.served = withStored(saved, answer.fields || {});
    this.isChanged = true;
    if (answer.version != null && this.changes) carry(this.form, "base_version", answer.version);
    this.servedBase = carried(this.form, "base_version");
  }

  sayAcknowledged(answer, text) {
    if (answer.took && this.isDirty && !this.hasMore) this.say("saved", words.savedWhatIsWritten(answer.at), { quiet: true });
    else if (this.changes && this.isDirty) this.say("saved", "");
    else if (!this.changes && this.isDirty && !this.tookAll) this.say("", words.SENT_AS_IT_WAS);
    else if (this.wasOffline && ![...savers].some((one) => one.isDirty)) this.say("saved", words.BACK);
    else this.say("saved", `Saved at ${answer.at}`, { quiet: Boolean(text.autosave) });
  }

  showAnswer(answer, isDone) {
    const event = new CustomEvent("acknowledged", { bubbles: true, cancelable: true, detail: { answer, isDone } });
    if (!this.form.dispatchEvent(event)) return;
    show(answer.html, { isOwn: true });
    if (!isDone) return;
    if (answer.go) location.assign(answer.go);
    else if (answer.sentence && !document.getElementById("read-as")) announce(answer.sentence);
    if (!this.changes && !this.isDirty) this.beginNext();
  }

  /* Whoever saved new text goes on with the next: the cursor stands where it begins. */
  beginNext() {
    const isHere = this.form.contains(document.activeElement) || document.activeElement === document.body;
    const first = this.form.elements[this.form.dataset.begins] || this.form.querySelector("select, textarea");
    if (isHere) first?.focus({ preventScroll: true });
  }

  /* A box for new text: what was sent goes, what was typed since stays, with the cursor where it was. */
  empty(text) {
    this.tookAll = true;
    const typedSince = fieldsOf(this.form);
    if (same(typedSince, text.fields)) return this.emptyAll();
    const sent = new Map(text.fields);
    for (const control of this.form.querySelectorAll("textarea")) {
      const was = sent.get(control.name) || "";
      if (!was || !control.value.startsWith(was)) {
        this.tookAll &&= control.value === was || !was;
        continue;
      }
      control.setRangeText("", 0, was.length, "preserve");
      const gap = control.value.match(/^\s*\n/)?.[0].length || 0;
      if (gap) control.setRangeText("", 0, gap, "preserve");
    }
  }

  /* What is chosen once for all that follows, by data-stays, stays as it was chosen. */
  emptyAll() {
    const staying = [...this.form.querySelectorAll("[data-stays]")].map((control) => [control, control.checked]);
    fill(this.form, this.served);
    for (const [control, isChecked] of staying) control.checked = isChecked;
    if (staying.length) this.served = fieldsOf(this.form);
  }

  /* 422: an earlier text of this operation arrived. Ask for its answer, and go on from there. */
  async findOutWhatArrived(refusal) {
    for (const earlier of this.sent.slice(0, -1).reverse()) {
      const answer = await this.send(earlier);
      if (answer.state === "saved") {
        const wasAsked = this.isAsked;
        this.isAsked = false;
        this.acknowledge(answer, earlier);
        // What a box holds beyond the text that arrived is looked at first; a change of words simply goes on.
        this.isAsked = wasAsked && this.changes;
        return;
      }
      if (answer.state !== "used before") return this.take(answer, earlier);
    }
    this.isAsked = false;
    this.startAnew();
    this.keep();
    this.say("failed", `Not saved. ${refusal.sentence}`, { loud: true });
  }

  comeBackLater(answer) {
    if (answer.state === "signed out") this.saySignIn(answer.sign_in);
    else this.sayNotSaved(answer.state);
    const pause = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    this.retry = setTimeout(() => this.tryAgain(), pause);
  }

  tryAgain() {
    if (!this.retry) return;
    this.stopRetrying();
    if (this.changes || this.goesOnFromSent()) {
      this.save({ asked: false });
    } else {
      // New text that was changed since it was sent is half a sentence, perhaps: its writer says when it is done.
      this.isAsked = false;
      this.say("failed", words.SAVE_AGAIN, { loud: true });
    }
  }

  /* Whether a box holds what was sent, and perhaps more lines below it. */
  goesOnFromSent() {
    const sent = new Map(this.sent.at(-1)?.fields || []);
    return [...this.form.querySelectorAll("textarea")].every((control) => {
      const was = sent.get(control.name) || "";
      return control.value.startsWith(was) && /^($|\s*\n)/.test(control.value.slice(was.length));
    });
  }

  stopRetrying() {
    clearTimeout(this.retry);
    this.retry = null;
  }

  takeMistakes(answer, asked) {
    const { "error-summary": summary, ...html } = answer.html || {};
    const isToldAbove = asked && summary?.trim();
    this.say("mistakes", isToldAbove ? "" : `Not saved yet. ${answer.sentence}`);
    if (!asked) return;
    show(html, { isOwn: true });
    showMistakes(this.form, answer.errors, summary);
  }

  /* --- Two texts, or none ------------------------------------------------------------------------- */

  takeChoice(answer, wasAsked) {
    const { conflict, ...html } = answer.html || {};
    this.theirs = answer.version;
    this.say(answer.state, answer.sentence, { loud: true });
    this.choice?.remove();
    this.choice = document.createElement("div");
    this.choice.innerHTML = conflict || "";
    this.stateLine.after(this.choice);
    show(html);
    // Whoever pressed Save goes straight to where several answers are chosen; nobody is led away while typing.
    if (wasAsked && answer.state === "changed" && this.choice.querySelector("[data-as-page]")) this.form.submit();
  }

  choose(event) {
    const button = event.target.closest?.("[data-choose], [data-bring-back], [data-put-in-box], [data-as-page], [data-cancel]");
    if (!button) return;
    if (button.matches("[data-cancel]")) {
      event.preventDefault();
      return this.cancel();
    }
    if (button.dataset.bringBack) return this.bringBack(button.dataset.bringBack);
    if (button.dataset.putInBox) return this.putInBox(button.dataset.putInBox);
    if (button.matches("[data-as-page]")) return this.form.submit();
    const chosen = button.dataset.choose;
    if (chosen === "theirs") return this.giveUp();
    if (chosen === "both") this.putTogether();
    this.choice.remove();
    carry(this.form, "base_version", this.theirs);
    this.startAnew();
    this.say("", "");
    if (chosen === "mine") this.save({ asked: true });
    else this.keep();
  }

  putTogether() {
    const box = this.form.querySelector("textarea");
    box.value = this.choice.querySelector("[data-both]").content.textContent;
    box.focus();
  }

  /* The text stands as the server has it, and the form closes. */
  giveUp() {
    fill(this.form, this.served);
    this.startAnew();
    device.forget(this.id);
    const event = new CustomEvent("given-up", { bubbles: true, cancelable: true });
    const back = this.form.querySelector("[data-cancel]")?.href;
    if (this.form.dispatchEvent(event) && back) location.assign(back);
  }

  /* As it was before the form opened; what was autosaved since stays in the history. */
  cancel() {
    if (!this.isChanged || this.waitsForChoice) return this.giveUp();
    fill(this.form, this.original);
    return this.save({ asked: true });
  }

  async bringBack(address) {
    if (!(await press(address))) return this.say("failed", "It could not be brought back. Your text is still here.");
    this.choice.remove();
    this.say("", "");
    this.save({ asked: true });
  }

  putInBox(key) {
    const box = document.querySelector(`form[data-save="${CSS.escape(key)}"] textarea`);
    const text = this.form.querySelector("textarea").value;
    if (!box) return this.say("failed", "There is no box on this page. Your text is still here, to copy.");
    box.value = [box.value.trim(), text].filter(Boolean).join("\n\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    this.giveUp();
    box.focus();
  }

  /* --- What is said ------------------------------------------------------------------------------- */

  /* Say how saving stands. Loud: read at once, where somebody has to do something. Quiet: seen and not read. */
  say(state, sentence, { loud = false, quiet = false } = {}) {
    this.state = state;
    this.form.dataset.state = state;
    if (this.stateLine.textContent === sentence) return;
    this.stateLine.setAttribute("role", loud ? "alert" : "status");
    const shown = document.createElement("span");
    shown.textContent = sentence;
    if (quiet) shown.setAttribute("aria-hidden", "true");
    this.stateLine.replaceChildren(shown);
  }

  sayNotSaved(state) {
    const why = state === "unreachable" ? state : "unreadable";
    const reason = navigator.onLine ? why : "offline";
    this.wasOffline ||= reason === "offline";
    this.say("failed", words.notSaved(reason, device.isKept(), true), { loud: true });
  }

  saySignIn(address) {
    this.say("failed", words.SIGN_IN, { loud: true });
    if (this.stateLine.querySelector("a")) return;
    const link = Object.assign(document.createElement("a"), { href: address, textContent: "Sign in" });
    this.stateLine.append(" ", link);
  }

  wentOffline() {
    if (!this.isDirty) return;
    this.wasOffline = true;
    const isSentLater = this.autosaves || Boolean(this.isAsked);
    this.say("failed", words.notSaved("offline", device.isKept(), isSentLater), { loud: true });
  }

  cameBack() {
    this.failures = 0;
    if (this.retry) this.tryAgain();
    else if (this.autosaves && this.isDirty && this.state === "failed") this.save({ asked: false });
    else if (this.isDirty && this.state === "failed") this.say("", words.BACK_WITH_TEXT);
  }
}
