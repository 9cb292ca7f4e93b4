// Pick-up without a frame: the app sends the browser here and gets it back at once.

import { fromBase64, toBase64 } from "./bytes.ts";
import { type IssuedParcel, type OutcomeParcel, type Parcel, type PickUpParcel, received, wrap } from "./parcel.ts";
import { setting } from "./page.ts";
import { giveUp, prepare, reasonOf, take } from "./tokens.ts";

const app = setting("appOrigin");
const back = (parcel: Parcel): void => location.replace(`${app}/in${wrap(parcel)}`);

async function pickUp({ waves }: PickUpParcel): Promise<Parcel> {
  const asked = [];
  const ready = [];
  for (const { seq, cohort } of waves) {
    const under = await prepare(app, seq, cohort);
    if (under === undefined) ready.push(seq);
    else asked.push({ seq, cohort, blinded: toBase64(under.pending.blinded) });
  }
  return asked.length === 0 ? { kind: "outcome", ready } : { kind: "blinded", waves: asked };
}

async function receive({ waves }: IssuedParcel): Promise<Parcel> {
  const outcome: OutcomeParcel = { kind: "outcome", ready: [] };
  for (const { seq, cohort, evaluated, proof, status } of waves) {
    const under = await prepare(app, seq, cohort);
    if (status !== undefined) {
      outcome.status = status;
      if (under !== undefined) await giveUp(seq, under.pending, status);
      continue;
    }
    if (under !== undefined) {
      await take(under.pinned, under.pending, () => fromBase64(evaluated, 32), () => fromBase64(proof, 64));
    }
    outcome.ready.push(seq);
  }
  return outcome;
}

const parcel = received();
try {
  if (parcel?.kind === "pick-up") back(await pickUp(parcel));
  else if (parcel?.kind === "issued") back(await receive(parcel));
  else location.replace(`${app}/`);
} catch (error) {
  back({ kind: "outcome", ready: [], failed: reasonOf(error) });
}
