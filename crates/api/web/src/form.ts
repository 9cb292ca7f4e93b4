// Which items this person is asked: drawn here, in the browser, so that no server knows the form.

/** For each block, the sets of item numbers one of which is drawn. */
export type Blocks = readonly (readonly (readonly number[])[])[];

/** Uniform whole number below `bound` (1 to 2^32); draws again where a remainder would favour small numbers. */
export function below(bound: number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while ((draw[0] as number) >= limit);
  return (draw[0] as number) % bound;
}

/** One set of each block, in the blocks' order. */
export const drawForm = (blocks: Blocks): number[] => blocks.flatMap((sets) => sets[below(sets.length)] ?? []);
