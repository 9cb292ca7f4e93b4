// The page for the person alone: shows the part that fits the three answers. Sends nothing, keeps
// nothing: there is no form, and leaving the page forgets the answers.
import { type Pull, sort } from "./sort.ts";

const questions = [...document.querySelectorAll<HTMLFieldSetElement>("fieldset[data-question]")];
const parts = [...document.querySelectorAll<HTMLElement>("[data-drain]")];
const waiting = document.querySelector<HTMLElement>("[data-waiting]");

function answers(): Pull[] {
  return questions.flatMap((it) => {
    const chosen = it.querySelector<HTMLInputElement>("input:checked");
    return chosen ? [chosen.value as Pull] : [];
  });
}

function show(): void {
  const given = answers();
  const done = given.length === questions.length;
  const drain = done ? sort(given) : undefined;
  for (const part of parts) part.hidden = part.dataset["drain"] !== drain;
  if (waiting) waiting.hidden = done;
}

function forget(): void {
  for (const it of document.querySelectorAll<HTMLInputElement>("fieldset[data-question] input")) it.checked = false;
  show();
}

document.addEventListener("change", show);
document.querySelector("[data-forget]")?.addEventListener("click", forget);
// A browser that brings the page back must not bring the answers back.
addEventListener("pageshow", forget);
addEventListener("pagehide", forget);
