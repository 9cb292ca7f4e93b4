// Signing in with a passkey, and adding one to an account: asks the browser what the server wants asked, and
// sends its answer as a form. Where scripts or passkeys are missing the forms stay hidden, and links work.
import { type Bytes, toBase64 } from "./bytes.ts";
import { element, text } from "./page.ts";

/** What the server wants asked: bytes are base64url (WebAuthn Level 3, 5.1.8 and 5.1.9). */
interface Question {
  options: { publicKey: Record<string, unknown> & { challenge: string; user?: { id: string }; excludeCredentials?: { id: string }[] } };
  asked: string;
}

/** A question is good for ten minutes; one that waits in a field is asked anew before that. Unit: milliseconds. */
const ANEW = 9 * 60_000;
const RENEWED = "asked anew";

function bytes(base64: string): Bytes {
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
}

const base64 = (buffer: ArrayBuffer): string => toBase64(new Uint8Array(buffer));

/** The server does not ask: nobody is signed in any more, or has been for too long. */
class NotAsked extends Error {}

async function question(path: string, csrf: string): Promise<Question> {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ csrf }), cache: "no-store" });
  if (answer.redirected || answer.status === 401 || answer.status === 403) throw new NotAsked(`${path}: ${answer.status}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Question;
}

const field = (form: HTMLFormElement, name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;

function send(form: HTMLFormElement, asked: string, { id, rawId, type }: PublicKeyCredential, response: object): void {
  field(form, "asked").value = asked;
  field(form, "answer").value = JSON.stringify({ id, rawId: base64(rawId), type, response, extensions: {} });
  form.submit();
}

// ---- signing in

let waiting: AbortController | undefined;

/** Asks for a passkey: in a window of the browser's, or, quietly, among what it offers for the field of the address. */
async function signIn(form: HTMLFormElement, quietly: boolean): Promise<void> {
  waiting?.abort();
  const mine = (waiting = new AbortController());
  const { options, asked } = await question("/sign-in/passkey/ask", "");
  if (mine.signal.aborted) return;
  const renew = quietly ? setTimeout(() => mine.abort(RENEWED), ANEW) : undefined;
  try {
    const publicKey = { ...options.publicKey, challenge: bytes(options.publicKey.challenge), allowCredentials: [] };
    const found = (await navigator.credentials.get({ publicKey, signal: mine.signal, ...(quietly ? { mediation: "conditional" } : {}) })) as PublicKeyCredential;
    const { clientDataJSON, authenticatorData, signature, userHandle } = found.response as AuthenticatorAssertionResponse;
    send(form, asked, found, {
      clientDataJSON: base64(clientDataJSON),
      authenticatorData: base64(authenticatorData),
      signature: base64(signature),
      userHandle: userHandle === null ? null : base64(userHandle),
    });
  } finally {
    clearTimeout(renew);
    if (mine.signal.reason === RENEWED) void offer(form);
  }
}

async function offer(form: HTMLFormElement): Promise<void> {
  if ((await PublicKeyCredential.isConditionalMediationAvailable?.()) !== true) return;
  // Said no, or nothing to offer: the button is there still.
  await signIn(form, true).catch(() => undefined);
}

function prepareSignIn(form: HTMLFormElement): void {
  form.inert = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    element("passkey-state").textContent = "";
    void signIn(form, false).catch(() => {
      element("passkey-state").textContent = text("sign-in-passkey-stopped");
      void offer(form);
    });
  });
  // One that has just been refused is not taken by itself again; the button is there for another.
  if (!new URLSearchParams(location.search).has("passkey")) void offer(form);
}

// ---- adding one

async function add(form: HTMLFormElement): Promise<void> {
  const { options, asked } = await question("/account/passkeys/ask", field(form, "csrf").value);
  const { challenge, user, excludeCredentials, ...rest } = options.publicKey;
  const publicKey = {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user?.id ?? "") },
    excludeCredentials: (excludeCredentials ?? []).map((it) => ({ ...it, id: bytes(it.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  send(form, asked, made, {
    clientDataJSON: base64(response.clientDataJSON),
    attestationObject: base64(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

function prepareAdd(form: HTMLFormElement): void {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    element("passkey-state").textContent = "";
    void add(form).catch((error: unknown) => {
      // The page says what to do first.
      if (error instanceof NotAsked) return location.assign("/account?failed=stale");
      // The device says so if it has one of those that are known.
      const known = error instanceof DOMException && error.name === "InvalidStateError";
      element("passkey-state").textContent = text(known ? "passkeys-known" : "passkeys-stopped");
    });
  });
}

const [signing, adding] = ["passkey", "add-passkey"].map((it) => document.getElementById(it) as HTMLFormElement | null);
if (window.PublicKeyCredential) {
  if (signing) prepareSignIn(signing);
  if (adding) prepareAdd(adding);
} else if (signing || adding) {
  element("passkey-state").textContent = text(signing ? "sign-in-passkey-not-here" : "passkeys-not-here");
}
