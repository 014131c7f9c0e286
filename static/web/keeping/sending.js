/* Sending a form, and telling apart what can become of it. Nothing but a server's own "saved" is taken for one. */

const PATIENCE = 15_000;

/* What the server says of the session: who is signed in, for how long, and a token for forms. Null if unreachable. */
export async function askSession(method = "GET", form = null) {
  try {
    const body = form && new URLSearchParams({ csrfmiddlewaretoken: token() });
    const answer = await request(document.body.dataset.session, { method, body });
    return answer.user || answer.state ? answer : null;
  } catch {
    return null;
  }
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

function renewTokens(fresh) {
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh;
}

async function request(address, options) {
  const response = await fetch(address, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE),
    ...options,
  });
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (!isJson) return { state: "unreadable", status: response.status };
  const answer = await response.json();
  if (answer.state === "saved" && response.status !== 200) return { state: "unreadable", status: response.status };
  return { ...answer, status: response.status };
}

async function post(address, pairs) {
  const body = new URLSearchParams([...pairs, ["csrfmiddlewaretoken", token()]]);
  try {
    return await request(address, { method: "POST", body });
  } catch {
    return { state: "unreachable" };
  }
}

/* Get a fragment of a page; null where there is none to be had. */
export async function get(address) {
  try {
    const answer = await request(address, {});
    return answer.html ? answer : null;
  } catch {
    return null;
  }
}

/* Post `pairs`. A form that expired, because somebody signed in again, is sent once more with a fresh token. */
export async function send(address, pairs) {
  const answer = await post(address, pairs);
  if (answer.state !== "form expired") return answer;
  const session = await askSession();
  if (!session) return { state: "unreachable" };
  if (session.state) return session;
  if (session.user !== document.body.dataset.user) return { state: "somebody else" };
  renewTokens(session.token);
  return post(address, pairs);
}

/* Do what a button's form would do, such as bringing something back; whether it was done. */
export async function press(address) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
  try {
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    return response.ok;
  } catch {
    return false;
  }
}
