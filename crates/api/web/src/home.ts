// The signed-in home page: asks once where this person will answer, sends the browser to the ballot origin to
// pick up the tokens, and says how that went. It carries the sign-in; pages of the ballot origin the secrets.

import { isInsideApp } from "./browser.ts";
import { CHOICE, type Choice } from "./choice.ts";
import { type Offer, offers } from "./offers.ts";
import { type Outcome, keep, kept, leave, left } from "./outcome.ts";
import { naming } from "./own.ts";
import { type Failure, type State, expectReply, wrap } from "./parcel.ts";
import { element, locale, make, text } from "./page.ts";
import { toRecovery } from "./recoveries.ts";

const HERE_ANYWAY = "tideline-inside-app";
const state = element("check-in-state");
const ballot = state.dataset["ballot"] ?? "";
const language = document.documentElement.lang;
/** Something that only this session's pages have. */
const mark = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value.slice(0, 12) ?? "";
/** The name of the secret with which this person's check-ins are found again, if there is one. */
let recovery: string | null = null;

type Line = string | Node | Node[];

/** Says how it stands; what the page shows to browsers in which nothing happens goes. */
function say(...lines: Line[]): void {
  state.removeAttribute("aria-busy");
  state.replaceChildren(...lines.map((it) => (Array.isArray(it) ? make("p", { class: "actions" }, ...it) : make("p", {}, it))));
}

function button(label: string, press: () => void, kind = "quiet"): HTMLElement {
  const made = make("button", { type: "button", class: kind }, text(label));
  made.addEventListener("click", press);
  return made;
}

const again = (): HTMLElement =>
  button("check-in-again", () => {
    keep(undefined);
    void start();
  });

/** Asks once more where this person answers. */
const change = (): HTMLElement =>
  button("check-in-change", () => {
    localStorage.removeItem(CHOICE);
    keep(undefined);
    void start(true);
  });

async function start(asked = false): Promise<void> {
  const offered = await offers();
  if (offered === 401) return say(...failure("signed-out"));
  if (typeof offered === "number") return say(text("check-in-lookup-failed"), [again()]);
  const { waves } = offered;
  recovery = offered.recovery;
  if (waves.length === 0) return say(text("check-in-none"));
  const outcome = kept();
  if (outcome?.of === mark && waves.every((it) => isSettled(outcome, it))) return tell(outcome, waves);
  // Somebody came back by the Back button from a page that did not answer: not once more unasked.
  if (left() === mark) return say(text("check-in-not-ready"), [again()]);
  const choice = localStorage.getItem(CHOICE) as Choice | null;
  if (isInsideApp(navigator.userAgent) && sessionStorage.getItem(HERE_ANYWAY) === null) return leaveApp(waves);
  if (choice === null) {
    // What was picked up before may be here: that needs no question.
    return waves.some((it) => it.issued === null) || asked ? ask(waves) : handOver(waves, false);
  }
  if (choice === "elsewhere") return say(text("check-in-other-device"), [button("check-in-here-after-all", () => choose("here", waves))]);
  if (choice === "others" && !waves.some((it) => it.open)) return sayLater(waves, "check-in-later-shared");
  await handOver(waves, choice === "others");
}

/** Whether nothing more is to be found out about this wave in this tab. */
const isSettled = ({ failed, states }: Outcome, { seq, open }: Offer): boolean =>
  failed !== undefined || (seq in states && !(open && states[seq] === "later"));

// ---- where this person answers

function ask(waves: Offer[]): void {
  say(
    make("strong", {}, text("check-in-where")),
    text("check-in-where-text"),
    [
      button("check-in-where-here", () => choose("here", waves), "primary"),
      button("check-in-where-elsewhere", () => choose("elsewhere", waves)),
      button("check-in-where-others", () => choose("others", waves)),
    ],
    ...(recovery === null ? [text("check-in-code-first"), [toAccount("check-in-code-first-go")]] : []),
  );
}

const toAccount = (label: string): HTMLElement => make("a", { href: "/account#recovery-heading", class: "button quiet" }, text(label));

/** To what opens what this person keeps. It stays in this browser, so whose that is comes first. */
const giveCode = (waves: Offer[]): HTMLElement =>
  button("check-in-code", () => (localStorage.getItem(CHOICE) === "here" ? openHere() : askBeforeCode(waves)), "primary");

function askBeforeCode(waves: Offer[]): void {
  const here = (): void => {
    localStorage.setItem(CHOICE, "here");
    openHere();
  };
  say(make("strong", {}, text("check-in-where")), text("check-in-where-text"), [
    button("check-in-where-here", here, "primary"),
    button("check-in-where-others", () => choose("others", waves)),
  ]);
}

/** To the page of the ballot origin that opens it, by a code or a passkey. */
function openHere(): void {
  void toRecovery(ballot, "open").then((left) => (left ? undefined : say(text("check-in-not-ready"), [again()])));
}

function choose(choice: Choice, waves: Offer[]): void {
  localStorage.setItem(CHOICE, choice);
  keep(undefined);
  // Pressing is asking again, too, for whoever came back from a page that did not answer.
  if (choice === "here") void handOver(waves, false);
  else void start();
}

/** In a window inside of a mail app what is picked up would be lost with the window. */
function leaveApp(waves: Offer[]): void {
  const address = `${location.origin}/`;
  const field = make("input", { type: "text", readonly: "", value: address, "aria-label": text("check-in-app-address") });
  const copy = button("check-in-app-copy", () => {
    field.select();
    void navigator.clipboard.writeText(address).then(() => (copy.textContent = text("check-in-app-copied")), () => undefined);
  }, "primary");
  const anyway = button("check-in-app-anyway", () => {
    sessionStorage.setItem(HERE_ANYWAY, "yes");
    localStorage.setItem(CHOICE, "here");
    void start();
  });
  say(text("check-in-app"), text("check-in-app-text"), field, waves.some((it) => it.open) ? [copy, anyway] : [copy]);
}

// ---- there and back

async function handOver(waves: Offer[], shared: boolean, without = false): Promise<void> {
  say(text("check-in-getting"));
  state.setAttribute("aria-busy", "true");
  if (!(await isThere())) return say(text("check-in-not-ready"), [again()]);
  leave(mark);
  const asked = waves
    .filter((it) => it.open || !shared)
    .map(({ seq, cohort, issued, open, share }) => ({ seq, cohort, issued, open, share }));
  const parcel = wrap({ kind: "pick-up", to: "", reply: expectReply(), waves: asked, shared, recovery, without });
  location.replace(`${ballot}/hand-over?lang=${language}${parcel}`);
}

/** Whether the other origin answers at all: whoever is sent to one that does not is lost. */
async function isThere(): Promise<boolean> {
  try {
    await fetch(`${ballot}${state.dataset["probe"]}`, {
      mode: "no-cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(8_000),
    });
    return true;
  } catch {
    return false;
  }
}

// ---- how it went

function tell(outcome: Outcome, waves: Offer[]): void {
  keep({ ...outcome, fresh: [] });
  const states = waves.map(({ seq }) => outcome.states[seq]);
  if (states.includes("ready")) return sayReady(outcome, waves);
  if (outcome.failed !== undefined) return say(...failure(outcome.failed));
  const first = states.findIndex((it) => it !== "closed");
  sayState(states[first] ?? "closed", waves[first], outcome, waves);
}

function sayReady({ keeps, states, fresh }: Outcome, waves: Offer[]): void {
  const mine = waves.filter(({ seq }) => states[seq] === "ready");
  const link = make("a", { href: `${ballot}/check-in?lang=${language}${naming(mine.map((it) => it.issued))}`, rel: "noopener noreferrer", class: "button" }, text("check-in-go"));
  const isFresh = mine.some(({ seq }) => fresh.includes(seq));
  const timing = keeps === "visit" ? "check-in-now" : isFresh ? "check-in-fresh" : "check-in-sent";
  const shared = localStorage.getItem(CHOICE) === "others";
  // The way on first; what is good to know stands quietly below it.
  const known = [text(timing), text(shared ? "check-in-keeps-shared" : `check-in-keeps-${keeps}`)];
  say(text("check-in-ready"), shared ? [link, change()] : [link], ...known.map((it) => make("span", { class: "meta" }, it)));
}

function sayState(it: State, wave: Offer | undefined, { keeps }: Outcome, waves: Offer[]): void {
  const where = (): string => (wave?.device == null ? text("check-in-elsewhere") : text("check-in-elsewhere-device", { device: wave.device }));
  switch (it) {
    case "elsewhere":
    case "unmatched":
      if (wave?.paper === true) {
        return say(text("check-in-paper"), [make("a", { class: "button", href: `${ballot}/paper?lang=${language}`, rel: "noreferrer" }, text("check-in-paper-go"))]);
      }
      if (it === "unmatched") return say(where(), text("check-in-unmatched"), text("check-in-elsewhere-move"), text("check-in-lost"), [again()]);
      return mayRecover()
        ? say(where(), text("check-in-code-text"), [giveCode(waves)], text("check-in-elsewhere-move"), [again()])
        : say(where(), text("check-in-elsewhere-move"), text("check-in-lost"), [again()]);
    case "locked":
      return say(text("check-in-locked"), text("check-in-locked-text"), [giveCode(waves), button("check-in-locked-without", () => void handOver(waves, false, true))]);
    case "later":
      return sayLater(waves, keeps === "days" ? "check-in-later-days" : "check-in-later");
    case "closed":
      return say(text("check-in-closed"));
    default:
      return say(text("check-in-not-ready"), [again()]);
  }
}

/** Whether there is something to be opened, in a browser that nobody else uses. */
const mayRecover = (): boolean => recovery !== null && localStorage.getItem(CHOICE) !== "others";

function sayLater(waves: Offer[], why: string): void {
  const opens = Math.min(...waves.filter((it) => !it.open).map((it) => Date.parse(it.opens)));
  const moment = new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "short" }).format(opens);
  say(text("check-in-opens", { moment }), text(why), [change()]);
}

function failure(reason: Failure): Line[] {
  switch (reason) {
    case "unsafe":
      return [text("check-in-unsafe"), text("check-in-show-this"), [again()]];
    case "storage":
      return [text("check-in-storage"), [again()]];
    case "signed-out":
      return [text("check-in-signed-out"), [make("a", { class: "button", href: "/sign-in" }, text("check-in-sign-in"))]];
    case "unreachable":
      return [text("check-in-not-ready"), [again()]];
  }
}

void start().catch(() => say(text("check-in-storage"), [button("check-in-again", () => location.reload())]));
