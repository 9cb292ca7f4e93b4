// The signed-in home page: picks up this person's tokens in the background, through the frame on the
// ballot origin, and says how that went. It carries the sign-in; the frame carries the secrets.

import { type Failure, type IssueRefused, type Issued, type ToApp, type ToFrame, listen } from "./messages.ts";
import { type Parcel, received, wrap } from "./parcel.ts";
import { element, make, text } from "./page.ts";

/** What `/me/pickup` says: the waves this person may take part in, each with a token for the issuer alone. */
interface Offered {
  seq: number;
  cohort: string;
  token: string;
}

const state = element("check-in-state");
const frame = element<HTMLIFrameElement>("pickup");
const address = new URL(frame.dataset["src"] ?? "", location.href);
const offered = new Map<number, Offered>();
/** Waves picked up just now, by this page. */
const fresh = new Set<number>();
/** Says that this tab has been to the other origin and back: once is enough. */
const BEEN = "tideline-handed-over";

const tell = (message: ToFrame): void => frame.contentWindow?.postMessage(message, address.origin);

function say(...lines: (string | Node)[]): void {
  state.replaceChildren(...lines.map((it) => make("p", {}, it)));
}

async function start(): Promise<void> {
  let waves: Offered[];
  try {
    const response = await fetch("/me/pickup", { credentials: "same-origin", cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    ({ waves } = (await response.json()) as { waves: Offered[] });
  } catch {
    return say(text("check-in-lookup-failed"));
  }
  if (waves.length === 0) return say(text("check-in-none"));
  for (const wave of waves) offered.set(wave.seq, wave);
  say(text("check-in-getting"));
  const parcel = received();
  if (parcel !== undefined) return unpack(parcel);
  listen<ToApp>(address.origin, () => frame.contentWindow, hear);
  frame.addEventListener("load", () =>
    tell({ type: "tideline-pickup", waves: waves.map(({ seq, cohort }) => ({ seq, cohort })) }),
  );
  frame.src = address.href;
}

function hear(message: ToApp): void {
  switch (message.type) {
    case "tideline-blinded": {
      const wave = offered.get(message.seq);
      if (wave !== undefined) void issue(wave, message.blinded);
      break;
    }
    case "tideline-ready":
      sayReady(message.ready);
      break;
    case "tideline-failed":
      if (message.reason === "apart") handOver();
      else say(...failure(message.reason));
      break;
  }
}

// ---- where the two origins are different sites, and a frame could not keep anything

const send = (parcel: Parcel): void => location.replace(`${address.origin}/hand-over${wrap(parcel)}`);

function handOver(): void {
  const been = sessionStorage.getItem(BEEN);
  if (been !== null) return sayReady(JSON.parse(been) as number[]);
  send({ kind: "pick-up", waves: [...offered.values()].map(({ seq, cohort }) => ({ seq, cohort })) });
}

async function unpack(parcel: Parcel): Promise<void> {
  if (parcel.kind === "blinded") {
    const waves = [];
    for (const { seq, cohort, blinded } of parcel.waves) {
      const wave = offered.get(seq);
      // Only what this person was offered: an address from elsewhere must not spend the one request.
      if (wave === undefined || wave.cohort !== cohort) continue;
      const answer = await ask(seq, cohort, wave.token, blinded);
      waves.push(
        answer.type === "tideline-issued"
          ? { seq, cohort, evaluated: answer.evaluated, proof: answer.proof }
          : { seq, cohort, status: answer.status },
      );
    }
    return send({ kind: "issued", waves });
  }
  if (parcel.kind !== "outcome") return;
  if (parcel.failed !== undefined) return say(...failure(parcel.failed));
  if (parcel.ready.length === 0) return say(...refusal(parcel.status ?? 0));
  sessionStorage.setItem(BEEN, JSON.stringify(parcel.ready));
  for (const seq of parcel.ready) fresh.add(seq);
  sayReady(parcel.ready);
}

async function issue({ seq, cohort, token }: Offered, blinded: string): Promise<void> {
  const answer = await ask(seq, cohort, token, blinded);
  if (answer.type === "tideline-issued") fresh.add(seq);
  else say(...refusal(answer.status));
  tell(answer);
}

async function ask(seq: number, cohort: string, token: string, blinded: string): Promise<Issued | IssueRefused> {
  let status = 0;
  try {
    const response = await fetch("/pulse/issue", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ cohort, blinded }),
    });
    status = response.status;
    if (response.ok) {
      const { evaluated, proof } = (await response.json()) as { evaluated: string; proof: string };
      return { type: "tideline-issued", seq, evaluated, proof };
    }
  } catch {
    status = 0;
  }
  return { type: "tideline-refused", seq, status };
}

function sayReady(ready: number[]): void {
  const link = make("a", { href: `${address.origin}/check-in?lang=${document.documentElement.lang}`, rel: "noopener noreferrer", class: "button" }, text("check-in-go"));
  const timing = ready.some((it) => fresh.has(it))
    ? text("check-in-fresh")
    : text("check-in-sent");
  say(text("check-in-ready"), timing, link);
}

function refusal(status: number): string[] {
  switch (status) {
    case 409:
      return [
        text("check-in-elsewhere"),
        text("check-in-lost"),
      ];
    case 410:
      return [text("check-in-closed")];
    case 401:
      return [text("check-in-signed-out")];
    default:
      return [text("check-in-not-ready")];
  }
}

function failure(reason: Failure): string[] {
  switch (reason) {
    case "unsafe":
      return [
        text("check-in-unsafe"),
        text("check-in-show-this"),
      ];
    case "other-person":
      return [
        text("check-in-other-person"),
      ];
    case "storage":
      return [
        text("check-in-storage"),
      ];
    case "unreachable":
    case "apart":
      return refusal(0);
  }
}

void start();
