// The questions, one at a time, and the check before sending. Everything happens in this document and
// in memory: answers are the state of radio buttons, and no request leaves while it is filled in.

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
/** Repeats the error summary where the choice is made. */
const inlineError = make("p", { class: "inline-error" });
/** Steps before the first question. */
const PROMISE = -1;

/** Shows one screen, hides the others, and moves focus to its heading. */
export function show(id: string, title?: string): void {
  for (const screen of document.querySelectorAll<HTMLElement>("[data-screen]")) screen.hidden = screen.id !== id;
  hideError();
  const heading = element(id).querySelector<HTMLElement>("h1");
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
  inlineError.remove();
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
  private position = PROMISE;
  /** Whether the check screen was reached: from then on Continue leads back to it. */
  private reviewing = false;
  /** From the first try to send on, answers stay as they are: it may have arrived. */
  private locked = false;
  /** The screen that stays when all is over. */
  private over: string | undefined;

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
    if (!shared) history.replaceState({ step: PROMISE }, "");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    for (const back of document.querySelectorAll("[data-back]")) {
      back.addEventListener("click", () => (shared ? this.arrive(this.position - 1) : history.back()));
    }
    if (shared) return;
    window.addEventListener("popstate", (event) => this.arrive(stepOf(event.state)));
    window.addEventListener("beforeunload", (event) => {
      if (this.over === undefined && this.answered >= 3) event.preventDefault();
    });
  }

  /** Whether the page asks what this manifest is about. */
  fits({ questionnaire, items, scale }: Manifest): boolean {
    const options = this.drawn[0]?.fieldset.querySelectorAll("input").length;
    return this.form.dataset["digest"] === questionnaire && this.itemCount === items && options === scale + 1;
  }

  /** From the promise to the first question. */
  start(): void {
    this.go(0);
  }

  /** One number for each item of the questionnaire: 0 if not asked or skipped, else the option, 1 first. */
  answers(): number[] {
    const all = new Array<number>(this.itemCount).fill(0);
    for (const { item, fieldset } of this.drawn) all[item] = Number(chosen(fieldset)?.value ?? 0);
    return all;
  }

  /** No more changes: what is sent again must be what was sent before. */
  lock(): void {
    this.locked = true;
    for (const it of element("check").querySelectorAll<HTMLElement>("[data-back], .change")) it.hidden = true;
  }

  /** Forgets the answers and shows `screen`; from now on the browser's Back shows `later`. */
  end(screen: string, later = screen): void {
    this.over = later;
    this.form.reset();
    this.form.replaceChildren();
    element("kept").replaceChildren();
    show(screen);
  }

  private get answered(): number {
    return this.drawn.filter((it) => chosen(it.fieldset) !== null).length;
  }

  private next(): void {
    const here = this.drawn[this.position];
    if (here === undefined) return;
    if (chosen(here.fieldset) === null) return this.complain(here.fieldset);
    this.go(this.reviewing ? this.drawn.length : this.position + 1);
  }

  private complain(fieldset: HTMLFieldSetElement): void {
    const words = text("booth-choose");
    inlineError.textContent = words;
    fieldset.querySelector("label")?.before(inlineError);
    showError(text("booth-problem"), words, fieldset.querySelector("input") ?? fieldset);
  }

  private go(step: number): void {
    if (!this.shared) history.pushState({ step }, "");
    this.arrive(step);
  }

  /** Shows `step`, or the nearest one that may be shown. */
  private arrive(step: number): void {
    if (this.over !== undefined) return show(this.over);
    const firstOpen = this.drawn.findIndex((it) => chosen(it.fieldset) === null);
    const last = firstOpen < 0 ? this.drawn.length : firstOpen;
    this.position = this.locked ? this.drawn.length : Math.min(step, last);
    if (this.position <= PROMISE) return show("promise");
    if (this.position === this.drawn.length) return this.check();
    this.ask(this.position);
  }

  private ask(position: number): void {
    this.drawn.forEach(({ fieldset }, at) => (fieldset.hidden = at !== position));
    const heading = text("booth-step", { position: position + 1, count: this.drawn.length });
    element("step").textContent = heading;
    show("questions", heading);
    this.drawn[position]?.fieldset.querySelector("legend")?.focus();
  }

  private check(): void {
    this.reviewing = true;
    const rows = this.drawn.map(({ fieldset }, at) => {
      const short = fieldset.dataset["short"] ?? "";
      const answer = chosen(fieldset)?.parentElement?.textContent?.trim() ?? "";
      const change = make("button", { type: "button", class: "change" }, text("booth-change"));
      change.append(make("span", { class: "unseen" }, `: ${short}`));
      change.addEventListener("click", () => this.go(at));
      return make("div", {}, make("dt", {}, short), make("dd", {}, answer), make("dd", {}, change));
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

const chosen = (fieldset: HTMLFieldSetElement): HTMLInputElement | null => fieldset.querySelector("input:checked");

function stepOf(state: unknown): number {
  const step = (state as { step?: unknown } | null)?.step;
  return typeof step === "number" ? step : PROMISE;
}
