// The self-sort: what drains more, the work or the suffering met there. The same rule as
// `tideline_domain::self_sort`. Nothing of it leaves the page.

export type Pull = "W" | "E" | "B" | "N";
export type Drain = "burnout_leaning" | "compassion_fatigue_leaning" | "both" | "no_clear_drain";

/** Where answers lean: a lead of one or more decides, in halves so that it stays exact. */
export function sort(answers: readonly Pull[]): Drain {
  const halves = (mine: Pull): number =>
    answers.reduce((sum, it) => sum + (it === mine ? 2 : it === "B" ? 1 : 0), 0);
  const work = halves("W");
  const exposure = halves("E");
  if (work + exposure === 0) return "no_clear_drain";
  if (work - exposure >= 2) return "burnout_leaning";
  if (exposure - work >= 2) return "compassion_fatigue_leaning";
  return "both";
}
