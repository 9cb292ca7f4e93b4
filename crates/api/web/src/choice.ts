// Where a person answers, as this browser was told.

/** Here, elsewhere, or here with `others` who use it. */
export type Choice = "here" | "others" | "elsewhere";

/** Under which name the app origin's `localStorage` has it. */
export const CHOICE = "tideline-answers";
