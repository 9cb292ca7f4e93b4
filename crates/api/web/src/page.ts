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
