/* Text that was typed on another page and is not saved: where it is, and a way to copy or discard it. */

import * as device from "./device.js";
import { when } from "./words.js";

const WORDS = 20;

function longest(record) {
  return record.words.reduce((one, other) => (other.length > one.length ? other : one), "");
}

function wordsOf(record, text) {
  const details = document.createElement("details");
  const words = text.split(/\s+/);
  const beginning = `${words.slice(0, WORDS).join(" ")}${words.length > WORDS ? " …" : ""}`;
  const whole = Object.assign(document.createElement("textarea"), { readOnly: true, rows: 4, value: text });
  whole.setAttribute("aria-label", `What you typed in ${record.title}`);
  details.append(Object.assign(document.createElement("summary"), { textContent: beginning }), whole);
  return details;
}

function line(record, box) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: record.page, textContent: record.title });
  const text = longest(record);
  const discard = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button-link",
    textContent: "Discard it",
  });
  discard.append(Object.assign(document.createElement("span"), {
    className: "visually-hidden",
    textContent: `: ${record.title}`,
  }));
  discard.addEventListener("click", () => {
    device.forget(record.id);
    item.remove();
    if (!box.querySelector("li")) box.remove();
  });
  item.append(link, ` ${when(record.at)}`, text ? wordsOf(record, text) : " ", discard);
  return item;
}

/* Tell of these records at the top of the page. */
export function tellOf(records) {
  if (!records.length) return;
  const box = Object.assign(document.createElement("section"), { className: "inset kept-elsewhere" });
  box.setAttribute("aria-label", "Text that is not saved");
  const words = Object.assign(document.createElement("p"), { textContent: "We kept what you typed and did not save:" });
  const list = document.createElement("ul");
  box.append(words, list);
  for (const record of records) list.append(line(record, box));
  (document.querySelector(".main-column") || document.getElementById("main")).prepend(box);
}
