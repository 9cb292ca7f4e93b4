// Small helpers for pages.

/** The element with this id; the templates have it. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** A `data-` attribute of the body, which the server fills in. */
export function setting(name: string): string {
  const value = document.body.dataset[name];
  if (value === undefined) throw new Error(`the page has no data-${name}`);
  return value;
}

/** The language of the page, a BCP 47 tag. Dates are written in British English where it is English. */
export const locale = (): string => (document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);

/** A text in the reader's language, with its arguments: `<template id="texts">` has it. */
export function text(id: string, named: Readonly<Record<string, string | number>> = {}): string {
  const found = element<HTMLTemplateElement>("texts").content.querySelector(`[data-text="${id}"]`)?.textContent ?? id;
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(named[name] ?? whole));
}

/** An element with children. Text goes in as text: nothing here ever parses markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
