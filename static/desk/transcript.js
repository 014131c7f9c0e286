/* A transcript beside an item is searched and turned over without leaving the page; the record and the box stay as they are. */

import { announce, show } from "../web/keeping/fragments.js";
import { get } from "../web/keeping/sending.js";

const here = () => document.getElementById("transcript");

async function draw(address) {
  const answer = await get(`${address.pathname}${address.search}`);
  if (!answer?.html.transcript) return location.assign(address);
  show(answer.html, { isOwn: true });
  history.replaceState(null, "", address);
  if (address.hash.startsWith("#passage-")) document.getElementById(address.hash.slice(1))?.scrollIntoView({ block: "nearest" });
  if (!here().contains(document.activeElement)) here().querySelector(".beside-passages").focus({ preventScroll: true });
  announce(document.getElementById("transcript-found")?.textContent || "The whole transcript is shown");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".beside-find")) return;
  event.preventDefault();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  draw(address);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#transcript a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const address = new URL(link.href);
  if (address.pathname !== location.pathname || !address.searchParams.has("page")) return;
  event.preventDefault();
  draw(address);
});

/* Where it stands beside the box, whoever opens it goes on typing. */
if (location.hash === "#transcript" && matchMedia("(min-width: 60rem)").matches) {
  addEventListener("load", () => setTimeout(() => document.getElementById("box")?.focus()));
}
