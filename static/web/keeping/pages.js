/* Which of the pages that typed something are still open, in this window or another. */

/* Random, and good enough for an id, also where a browser has no crypto.randomUUID (plain HTTP). */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const thisPage = newId();

// A page holds a lock with its name for as long as it lives; the browser lets go of it, even when it is killed.
navigator.locks?.request(`typing ${thisPage}`, () => new Promise(() => {}));

/* The ids of the pages that are open now. Without locks none is known, and text may be offered twice: never lost. */
export async function openPages() {
  if (!navigator.locks) return new Set([thisPage]);
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace(/^typing /, "")).concat(thisPage));
}
