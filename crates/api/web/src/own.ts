// Which record is whose, where several people use one browser.

import type { Held } from "./store.ts";

const SEPARATOR = ".";

/** What the app adds to an address of the survey, so that it opens the check-ins of whoever is signed in. */
export const naming = (elements: readonly (string | null)[]): string => {
  const named = elements.filter((it) => it !== null);
  return named.length === 0 ? "" : `#${named.join(SEPARATOR)}`;
};

/** The blinded elements that this page's address names. */
const named = (): string[] => location.hash.slice(1).split(SEPARATOR).filter((it) => /^[\w-]{43}$/.test(it));

/**
 * The record of whoever is here: the one the app named; or, if it named none, the only one. Never a guess
 * between people.
 */
export function ownOf(records: Held[], elements: readonly string[]): Held | "several" | undefined {
  if (elements.length > 0) {
    // A record of the first version does not know its element: it is of whoever was named and has no other.
    return records.find((it) => elements.includes(it.element)) ?? records.find((it) => it.element === "");
  }
  const [only, ...more] = records.filter((it) => it.state !== "pending");
  return more.length > 0 || only?.shared === true ? "several" : only;
}

/** Loads this page again, for whoever it was opened for: the address names them no more. */
export function loadAgain(elements: readonly string[]): void {
  history.replaceState(null, "", location.pathname + location.search + naming(elements));
  location.reload();
}

/** Takes what the address names out of it, so that it stays in no history; links on the page that need it keep it. */
export function takeNamed(): string[] {
  const elements = named();
  if (elements.length === 0) return elements;
  for (const it of document.querySelectorAll<HTMLAnchorElement>("[data-keeps]")) it.hash = location.hash;
  for (const it of document.querySelectorAll("[data-again]")) {
    it.addEventListener("click", (event) => {
      event.preventDefault();
      loadAgain(elements);
    });
  }
  history.replaceState(history.state, "", location.pathname + location.search);
  return elements;
}
