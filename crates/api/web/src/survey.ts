// The statements, one at a time, and the check before sending. Everything happens in this document and
// in memory, and no request leaves while it is filled in.
//
// A press on an answer goes on to the next statement: nine statements, nine presses.

import { type Blocks, drawForm } from "./form.ts";
import type { Manifest } from "./manifest.ts";
import { element, make, text } from "./page.ts";

/** What the check screen shows beside the answers. */
export interface About {
  team: string;
  month: string;
  /** Of the manifest; they take a moment to compute. */
  words: Promise<string[]>;
}

const TITLE = "Tideline";
/** Steps before the first statement. */
const PROMISE = -1;
/** A second press that comes so soon after a step was meant for the step before. Unit: milliseconds. */
const SLIP = 350;
/** How long a chosen answer is seen as chosen before the next step. Unit: milliseconds. */
const SEEN = 160;
/** One of the progress line's waves. Unit: user units of the drawing. */
const WAVE = 30;

/** What the browser's history, or on a shared device the page itself, remembers of a step. */
interface Step {
  step: number;
  /** Where Back leads to. */
  before: number;
}

/** Shows one screen, hides the others, and moves focus to its heading. */
export function show(id: string, title?: string): void {
  for (const screen of document.querySelectorAll<HTMLElement>("[data-screen]")) screen.hidden = screen.id !== id;
  hideError();
  const headings = [...element(id).querySelectorAll<HTMLElement>("h1")];
  const heading = headings.find((it) => it.closest("[hidden]") === null);
  document.title = `${title ?? heading?.textContent ?? text("booth-title-check-in")} – ${TITLE}`;
  heading?.focus();
}

/** The error summary: a heading, and a line that may lead to the field. */
export function showError(heading: string, words: string, field?: HTMLElement): void {
  const line = field === undefined ? words : make("a", { href: `#${field.id}` }, words);
  // Following the link would add to the history that the steps live in.
  if (line instanceof HTMLElement) {
    line.addEventListener("click", (event) => {
      event.preventDefault();
      field?.focus();
    });
  }
  const box = element("error");
  box.replaceChildren(make("h2", {}, heading), make("p", {}, line));
  box.hidden = false;
  const mark = `${text("booth-error")} `;
  if (!document.title.startsWith(mark)) document.title = mark + document.title;
  box.focus();
}

function hideError(): void {
  element("error").hidden = true;
}

/**
 * Where the questions of a wave are, if this page came with those of another that is open as well;
 * undefined if it did not, or has been asked for them already.
 */
export function elsewhere({ questionnaire, seq }: Manifest): string | undefined {
  const here = new URL(location.href);
  const asked = element("questions").dataset["digest"];
  if (asked === questionnaire || here.searchParams.get("wave") === String(seq)) return undefined;
  here.searchParams.set("wave", String(seq));
  return here.pathname + here.search;
}

export class Survey {
  private readonly form = element<HTMLFormElement>("questions");
  /** The drawn items: their place in the questionnaire, and the fieldset that asks. */
  private readonly drawn: { item: number; fieldset: HTMLFieldSetElement }[];
  private readonly itemCount: number;
  /** By place on the form: 0 if skipped, else the option, 1 first. */
  private readonly given = new Map<number, number>();
  private position = PROMISE;
  /** Whether the check screen was reached: from then on an answer leads back to it. */
  private reviewing = false;
  /** From the first try to send on, answers stay as they are: it may have arrived. */
  private locked = false;
  /** The screen that stays when all is over. */
  private over: string | undefined;
  /** On a shared device: the steps that Back goes through. */
  private readonly path: Step[] = [];
  /** When the last step or answer was, as events tell time. Unit: milliseconds. */
  private stepped = -SLIP;
  private leaving: ReturnType<typeof setTimeout> | undefined;

  /**
   * Draws a form from the questionnaire in the page; `about` is for the check screen. On a `shared`
   * device the browser's history gets no step of it.
   */
  constructor(
    private readonly about: About,
    private readonly shared = false,
  ) {
    const fieldsets = [...this.form.querySelectorAll("fieldset")];
    this.itemCount = fieldsets.length;
    const blocks = JSON.parse(this.form.dataset["blocks"] ?? "[]") as Blocks;
    this.drawn = drawForm(blocks).map((item) => ({ item, fieldset: element<HTMLFieldSetElement>(`item-${item}`) }));
    const asked = new Set(this.drawn.map((it) => it.fieldset));
    for (const fieldset of fieldsets) if (!asked.has(fieldset)) fieldset.remove();

    // A reload starts again; a step of the earlier document must not come back.
    if (!shared) history.replaceState({ step: PROMISE, before: PROMISE } satisfies Step, "");
    for (const [at, { fieldset }] of this.drawn.entries()) {
      for (const it of options(fieldset)) it.addEventListener("click", () => this.choose(at, it));
    }
    this.form.addEventListener("keydown", (event) => this.key(event));
    for (const back of document.querySelectorAll("[data-back]")) {
      back.addEventListener("click", () => (shared ? this.backOnShared() : history.back()));
    }
    for (const id of ["questions", "check"]) {
      element(id).addEventListener("click", (event) => this.ignoreSlip(event), { capture: true });
    }
    if (shared) return;
    window.addEventListener("popstate", (event) => {
      // A way within the page, to its content, is no step.
      if (event.state !== null) this.arrive(stepOf(event.state));
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.over === undefined && this.given.size >= 3) event.preventDefault();
    });
  }

  /** Whether the page asks what this manifest is about. */
  fits({ questionnaire, items, scale }: Manifest): boolean {
    const first = this.drawn[0];
    // One more: to skip.
    const offered = first === undefined ? 0 : options(first.fieldset).length;
    return this.form.dataset["digest"] === questionnaire && this.itemCount === items && offered === scale + 1;
  }

  /** From the promise to the first statement. */
  start(): void {
    this.go(0);
  }

  /** One number for each item of the questionnaire: 0 if not asked or skipped, else the option, 1 first. */
  answers(): number[] {
    const all = new Array<number>(this.itemCount).fill(0);
    for (const [at, { item }] of this.drawn.entries()) all[item] = this.given.get(at) ?? 0;
    return all;
  }

  /** No more changes: what is sent again must be what was sent before. */
  lock(): void {
    this.locked = true;
    for (const it of element("check").querySelectorAll<HTMLElement>("[data-back], .change")) it.hidden = true;
  }

  /** Forgets the answers and shows `screen`; from now on the browser's Back shows `later`. */
  end(screen: string, later = screen): void {
    clearTimeout(this.leaving);
    this.over = later;
    this.given.clear();
    this.form.replaceChildren();
    element("kept").replaceChildren();
    show(screen);
  }

  /** Takes an answer, lets it be seen, and goes on. */
  private choose(at: number, option: HTMLButtonElement): void {
    if (this.locked) return;
    this.stepped = performance.now();
    this.given.set(at, Number(option.value));
    this.mark(at);
    const next = this.reviewing ? this.drawn.length : at + 1;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.go(next), still ? 0 : SEEN);
  }

  /** Shows which answer was chosen. */
  private mark(at: number): void {
    const given = this.given.get(at);
    for (const it of this.drawn[at] === undefined ? [] : options(this.drawn[at].fieldset)) {
      if (Number(it.value) === given) it.setAttribute("aria-current", "true");
      else it.removeAttribute("aria-current");
    }
  }

  /** 1 to 5 choose, 0 skips, while the focus is on the statement or on an answer. */
  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[0-9]$/.test(event.key)) return;
    const fieldset = (event.target as HTMLElement).closest("fieldset");
    if (fieldset === null) return;
    options(fieldset).find((it) => it.value === event.key)?.click();
  }

  private ignoreSlip(event: Event): void {
    if (performance.now() - this.stepped >= SLIP) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private go(step: number): void {
    const next: Step = { step, before: this.position };
    if (this.shared) this.path.push(next);
    else history.pushState(next, "");
    this.arrive(next);
  }

  private backOnShared(): void {
    this.path.pop();
    this.arrive(this.path.at(-1) ?? { step: PROMISE, before: PROMISE });
  }

  /** Shows the step, or the nearest one that may be shown. */
  private arrive({ step, before }: Step): void {
    clearTimeout(this.leaving);
    this.stepped = performance.now();
    if (this.over !== undefined) return show(this.over);
    const firstOpen = this.drawn.findIndex((_, at) => !this.given.has(at));
    const last = firstOpen < 0 ? this.drawn.length : firstOpen;
    this.position = this.locked ? this.drawn.length : Math.min(step, last);
    if (this.position <= PROMISE) return show("promise");
    if (this.position === this.drawn.length) return this.check();
    this.ask(this.position, before);
  }

  private ask(position: number, before: number): void {
    this.drawn.forEach(({ fieldset }, at) => (fieldset.hidden = at !== position));
    this.mark(position);
    const heading = text("booth-step", { position: position + 1, count: this.drawn.length });
    element("step").textContent = heading;
    const answer = this.said(before);
    element("before").textContent = answer === undefined ? text("booth-back") : text("booth-back-to", { answer });
    this.progress(position);
    show("questions", heading);
  }

  /** Small waves, one for each statement: those done, the one that is shown, and those to come. */
  private progress(position: number): void {
    const line = element("progress");
    line.setAttribute("viewBox", `0 0 ${WAVE * this.drawn.length} 14`);
    const waves = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => `M${WAVE * (from + at) + 3} 9q6-7.5 12 0t12 0`).join("");
    const parts = [waves(0, position), waves(position, position + 1), waves(position + 1, this.drawn.length)];
    for (const [at, path] of [...line.querySelectorAll("path")].entries()) path.setAttribute("d", parts[at] ?? "");
  }

  /** What was answered at this place of the form, in words. */
  private said(at: number): string | undefined {
    const [there, given] = [this.drawn[at], this.given.get(at)];
    if (there === undefined || given === undefined) return undefined;
    if (given === 0) return text("booth-skipped");
    return options(there.fieldset).find((it) => Number(it.value) === given)?.textContent?.trim();
  }

  private check(): void {
    this.reviewing = true;
    const rows = this.drawn.map(({ fieldset }, at) => {
      const short = fieldset.dataset["short"] ?? "";
      const change = make("button", { type: "button", class: "change" }, text("booth-change"));
      change.append(make("span", { class: "unseen" }, `: ${short}`));
      change.addEventListener("click", () => this.go(at));
      return make("div", {}, make("dt", {}, short), make("dd", {}, this.said(at) ?? ""), make("dd", {}, change));
    });
    const { team, month, words } = this.about;
    for (const [name, value] of [[text("booth-team"), team], [text("booth-title-check-in"), month]] as const) {
      rows.push(make("div", {}, make("dt", {}, name), make("dd", {}, value)));
    }
    element("kept").replaceChildren(...rows);
    element("words").textContent = "…";
    void words.then((it) => (element("words").textContent = it.join(", ")));
    show("check");
    if (this.locked) this.lock();
  }
}

const options = (fieldset: HTMLFieldSetElement): HTMLButtonElement[] => [...fieldset.querySelectorAll("button")];

function stepOf(state: unknown): Step {
  const { step, before } = (state ?? {}) as Partial<Step>;
  if (typeof step !== "number") return { step: PROMISE, before: PROMISE };
  return { step, before: typeof before === "number" ? before : PROMISE };
}
