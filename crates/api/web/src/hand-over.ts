// Picking up tokens: the app sends the browser here and gets it back at once. Everything secret happens on
// this origin, in a page of its own: what a frame kept, WebKit would not show to the survey page.

import { type Keeps, keeps } from "./browser.ts";
import { fromBase64, toBase64 } from "./bytes.ts";
import { type IssuedParcel, type Parcel, type PickUpParcel, type State, expectReply, isExpected, received, wrap } from "./parcel.ts";
import { setting } from "./page.ts";
import { giveUp, holds, prepare, reasonOf, store, take } from "./tokens.ts";

const app = setting("appOrigin");
const back = (parcel: Parcel): void => location.replace(`${app}/pick-up${wrap(parcel)}`);

async function pickUp(asking: PickUpParcel): Promise<Parcel> {
  const { waves, shared, reply } = asking;
  const asked = [];
  const states: Record<number, State> = {};
  const lasts = (await howLong(shared)) === "long";
  for (const wave of waves) {
    const { seq, cohort, issued, open } = wave;
    // Ahead of time only where it will be there when it is needed; otherwise in the visit in which it is open.
    if (issued === null && !open && !lasts) {
      states[seq] = "later";
      continue;
    }
    const found = await prepare(app, wave, asking);
    if (typeof found === "string") states[seq] = found;
    else if (found.state === "pending") asked.push({ seq, cohort, blinded: toBase64(found.blinded) });
    else states[seq] = "ready";
  }
  if (asked.length === 0) return { kind: "outcome", to: reply, reply: "", states, keeps: await howLong(shared) };
  return { kind: "blinded", to: reply, reply: expectReply(), waves: asked, states, shared };
}

async function receive({ waves, states, shared, reply }: IssuedParcel): Promise<Parcel> {
  for (const { seq, blinded, evaluated, proof, gone, issued } of waves) {
    if (evaluated !== undefined) {
      await take(app, seq, blinded, () => fromBase64(evaluated, 32), () => fromBase64(proof, 64));
      states[seq] = "ready";
      continue;
    }
    if (gone === true) await giveUp(seq, blinded);
    // Another tab may have been faster.
    if (typeof issued === "string" && (await holds(app, seq, issued))) states[seq] = "ready";
  }
  return { kind: "outcome", to: reply, reply: "", states, keeps: await howLong(shared) };
}

const howLong = async (shared: boolean): Promise<Keeps> => (shared ? "visit" : await keeps(await store()));

const parcel = received();
try {
  // Only what begins here may come unasked: all it does is to blind a fresh nonce.
  if (parcel?.kind === "pick-up") back(await pickUp(parcel));
  else if (parcel?.kind === "issued" && isExpected(parcel)) back(await receive(parcel));
  else location.replace(`${app}/`);
} catch (error) {
  back({ kind: "outcome", to: parcel?.reply ?? "", reply: "", states: {}, failed: reasonOf(error) });
}
