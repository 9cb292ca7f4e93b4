// The app's half of finding a check-in again: it keeps sealed copies that it cannot open, and sends the browser
// with them to the ballot origin.

import { type RecoveryParcel, type SealedParcel, expectReply, wrap } from "./parcel.ts";

interface Kept {
  root: string | null;
  sealed: string[];
}

/** What is kept of this person; `undefined` if it could not be read. */
async function readKept(): Promise<Kept | undefined> {
  try {
    const response = await fetch("/me/recovery", { credentials: "same-origin", cache: "no-store" });
    return response.ok ? ((await response.json()) as Kept) : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves for the page that opens or seals; `false` if what is kept could not be read, and nobody has left. */
export async function toRecovery(ballot: string, purpose: RecoveryParcel["purpose"]): Promise<boolean> {
  const kept = await readKept();
  if (kept === undefined) return false;
  const parcel: RecoveryParcel = { kind: "recovery", to: "", reply: expectReply(), purpose, ...kept };
  location.assign(`${ballot}/recovery?lang=${document.documentElement.lang}${wrap(parcel)}`);
  return true;
}

/** Hands a sealed copy to the server; whether it is kept now. */
export async function keepSealed(parcel: SealedParcel): Promise<boolean> {
  if (await hand(parcel)) return true;
  // The answer may have been lost on its way, and what somebody wrote down be good.
  return (await readKept())?.sealed.includes(parcel.sealed) === true;
}

async function hand({ root, sealed, anew }: SealedParcel): Promise<boolean> {
  try {
    const me = await fetch("/api/v1/me", { credentials: "same-origin", cache: "no-store" });
    if (!me.ok) return false;
    const { csrf } = (await me.json()) as { csrf: string };
    const response = await fetch("/me/recovery", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", "x-csrf-token": csrf },
      body: JSON.stringify({ root, sealed, anew }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
