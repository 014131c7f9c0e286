/* How saving stands, in the words that people read. */

const MONTHS = "January February March April May June July August September October November December".split(" ");

/* 10:42am, midday; the server writes times in the same way. */
export function clock(moment) {
  const [hours, minutes] = [moment.getHours(), moment.getMinutes()];
  if (!minutes && hours % 12 === 0) return hours ? "midday" : "midnight";
  const shown = minutes ? `:${String(minutes).padStart(2, "0")}` : "";
  return `${hours % 12 || 12}${shown}${hours < 12 ? "am" : "pm"}`;
}

/* "at 10:41am", with its day where that is not today. */
export function when(time) {
  const moment = new Date(time);
  const day = `${moment.getDate()} ${MONTHS[moment.getMonth()]}`;
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? `at ${clock(moment)}` : `on ${day} at ${clock(moment)}`;
}

const WHY = {
  offline: "You are offline.",
  unreachable: "The server cannot be reached.",
  unreadable: "The server could not take it.",
};

/* Why something is not saved, and what becomes of it. */
export function notSaved(why, isKeptHere, isSentLater) {
  const later = {
    offline: " and will be saved when you reconnect",
    unreachable: " and will be saved when it can be reached",
    unreadable: " and will be sent again",
  };
  if (!isKeptHere) return `Not saved. ${WHY[why]} ${NOT_KEPT}`;
  return `Not saved. ${WHY[why]} Keep typing: your text is kept on this device${isSentLater ? later[why] : ""}.`;
}

/* What is written is saved while somebody types, what is chosen only when they say so. */
export function savedWhatIsWritten(at) {
  return `Saved at ${at}, but for what you chose: that is saved with the button.`;
}

export const NOT_KEPT = "Keep this page open: your text cannot be kept on this device.";
export const SAVING = "Saving…";
export const BACK = "Back online. Everything is saved.";
export const BACK_WITH_TEXT = "Back online. Your text is kept on this device until you save it.";
export const SIGN_IN = "Sign in again to save your last entry. We have kept what you typed.";
export const SOMEBODY_ELSE =
  "Not saved. Somebody else is signed in here now. Your text is kept on this device until you sign in again.";
export const SENT_AS_IT_WAS = "What you sent first is in the record. What stands here is not saved yet.";
export const SAVE_AGAIN = "Not saved. Press Ctrl and Enter to save what you have typed.";
