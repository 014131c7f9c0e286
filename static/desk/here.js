/* Who else is here: asked every ten seconds while the page is looked at. What others changed shows by itself. */

import { putInOrder, show } from "../web/keeping/fragments.js";
import { savers } from "../web/keeping/saver.js";
import { send } from "../web/keeping/sending.js";

const EVERY = 10_000;
const SOON = 500;

/* The key of the form that changes something and has the focus; without one, of a form that holds something unsaved. */
function whatIEdit() {
  const open = document.activeElement?.closest("form[data-autosave]");
  return open?.dataset.save || [...savers].find((one) => one.isDirty)?.key || "";
}

function asOne(others, { stamp, marks }, isLeaving) {
  return [
    ["item", others.dataset.item],
    ["editing", whatIEdit()],
    ["stamp", stamp],
    ["marks", marks],
    ...(isLeaving ? [["leaving", "1"]] : []),
  ];
}

export function tellWhoIsHere(others) {
  let known = { stamp: "", marks: others.dataset.marks };
  let told = "";
  let timer;
  let isAsking = false;
  let isSoon = false;

  function askAfter(pause) {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || isAsking) return;
    isAsking = true;
    isSoon = false;
    told = whatIEdit();
    take(await send(others.dataset.now, asOne(others, known, false)));
    isAsking = false;
    // Who began to write while this was on its way has not been told of.
    askAfter(whatIEdit() === told ? EVERY : SOON);
  }

  function take(answer) {
    if (answer.state !== "now") return;
    if (others.textContent !== answer.sentence) others.textContent = answer.sentence;
    if (!answer.stamp) return;
    show(answer.html);
    putInOrder(answer.order);
    known = { stamp: answer.stamp, marks: answer.marks };
  }

  // Who begins to write somewhere is told of at once; the others ask soon enough.
  for (const name of ["focusin", "input"]) {
    document.addEventListener(name, () => {
      if (isSoon || whatIEdit() === told) return;
      isSoon = true;
      askAfter(SOON);
    });
  }
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const body = new URLSearchParams([...asOne(others, { stamp: "", marks: "" }, true), ["csrfmiddlewaretoken", token || ""]]);
    navigator.sendBeacon(others.dataset.now, body);
  });
  ask();
}
