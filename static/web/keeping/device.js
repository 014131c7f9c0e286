/* What is typed is kept on this device until the server has it.

   IndexedDB holds one record for each form of each open page: `id`, `user`, `key` (which form), `page` and
   `title` (where it stands), `fields`, `at` (when it was typed), and what its sending needs: `op_id`,
   `base_version`, `sent`. Writes follow each other; of several for one record that wait, the newest is written. */

const DATABASE = "assurance";
const STORE = "typed";
const KEPT_FOR = 72 * 60 * 60 * 1000;

const waiting = new Map();
let opened;
let writing = null;
let closed = false;
let works = true;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function inStore(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request && request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    transaction.commit?.();
  });
}

async function writeAll() {
  try {
    while (waiting.size) {
      const [id, record] = waiting.entries().next().value;
      waiting.delete(id);
      await inStore("readwrite", (store) => (record ? store.put(record) : store.delete(id)));
    }
    works = true;
  } catch {
    works = false;
  } finally {
    writing = null;
  }
}

function write(id, record) {
  if (closed) return Promise.resolve();
  waiting.delete(id);
  waiting.set(id, record);
  writing ??= writeAll();
  return writing;
}

/* Keep a record, or its newer state; resolved when it is written. */
export function keep(record) {
  return write(record.id, record);
}

/* The server has it, or its writer does not want it. */
export function forget(id) {
  return write(id, null);
}

/* Everything that this user typed and that is not acknowledged, the newest first. */
export async function kept(user) {
  try {
    const records = await inStore("readonly", (store) => store.getAll());
    return records.filter((record) => record.user === user).sort((one, other) => other.at - one.at);
  } catch {
    works = false;
    return [];
  }
}

/* After three days nobody comes back for it; another person may use the device by then. */
export async function forgetOld() {
  try {
    const records = await inStore("readonly", (store) => store.getAll());
    records.filter((record) => record.at < Date.now() - KEPT_FOR).forEach((record) => forget(record.id));
  } catch {
    works = false;
  }
}

/* At sign-out nothing of this user stays, and nothing is written any more. */
export async function clear(user) {
  const records = await kept(user);
  records.forEach((record) => forget(record.id));
  await writing;
  closed = true;
}

/* Whether what is typed really is kept here: some browsers refuse, and a disk can be full. */
export function isKept() {
  return works;
}
