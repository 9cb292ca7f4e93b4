// How long this browser keeps what a page of ours stores. Never sent to a server.

import type { Store } from "./store.ts";

/**
 * - `long`: it has kept something since an earlier day, or promised to.
 * - `days`: WebKit, so every browser on an iPhone, deletes it after seven days without a visit.
 * - `visit`: a private window, or one inside of another program: gone after this visit.
 * - `unknown`: nothing is known yet.
 */
export type Keeps = "long" | "days" | "visit" | "unknown";

// Windows inside of other programs, which keep things apart and for a short time: by what they call themselves.
const INSIDE = /; wv\)|\bFB(AN|AV|_IAB)|Instagram|\bLine\/|GSA\/|MicroMessenger|Snapchat|Teams\/|Outlook|Thunderbird|LinkedInApp/;

/** Whether the page is shown inside of another program, such as a mail app, by what that calls itself. */
export const isInsideApp = (agent: string): boolean =>
  INSIDE.test(agent) || (/iPhone|iPad|iPod/.test(agent) && /AppleWebKit/.test(agent) && !/Safari\//.test(agent));

/** The day by this device's clock: all that is kept of when something was here first. */
const today = (now: Date): string => [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-");

/** What is to be expected, on the ballot origin. Notes the day of the first visit, so that later ones know more. */
export async function keeps(store: Store, now = new Date()): Promise<Keeps> {
  const since = await store.since(today(now));
  if (isInsideApp(navigator.userAgent)) return "visit";
  if (navigator.vendor.startsWith("Apple")) return (await isPrivate()) ? "visit" : "days";
  if (await isPrivate()) return "visit";
  if (since !== today(now)) return "long";
  return (await isPromised()) ? "long" : "unknown";
}

/** Private windows of Firefox and Safari have no file system; those of Chromium cannot be told. */
async function isPrivate(): Promise<boolean> {
  if (typeof navigator.storage?.getDirectory !== "function") return false;
  return await navigator.storage.getDirectory().then(() => false, () => true);
}

/** Whether the browser promises to keep it. Firefox would ask the person, in words that are not ours. */
async function isPromised(): Promise<boolean> {
  if (typeof navigator.storage?.persist !== "function") return false;
  const asks = CSS.supports("-moz-appearance", "none");
  return await (asks ? navigator.storage.persisted() : navigator.storage.persist()).catch(() => false);
}
