// The list of time zones: the browser's own comes first, and is chosen where nothing else was.

import { element } from "./page.ts";

const list = element<HTMLSelectElement>("time_zone");
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...list.options].find((it) => it.value === own);
if (option !== undefined) {
  const chosen = list.value;
  list.prepend(option);
  list.value = chosen === "" ? own : chosen;
}
