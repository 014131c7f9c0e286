/* The page on which an item is minuted. */

import { editInPlace } from "./editing.js";
import { tellWhoIsHere } from "./here.js";

const entries = document.getElementById("entries");
const others = document.getElementById("others");
if (entries) editInPlace(entries);
if (others?.dataset.now) tellWhoIsHere(others);
