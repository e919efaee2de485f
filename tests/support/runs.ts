/** How often a property is tried: as often as the test says, or PROPERTY_RUNS times if that is fewer. */
export function runs(usual: number): number {
  return Math.min(usual, Number(process.env['PROPERTY_RUNS'] ?? usual));
}

/** The same for what `npm run fuzz` tries many times more often: it sets FUZZ_RUNS. */
export function fuzzRuns(usual: number): number {
  return runs(Number(process.env['FUZZ_RUNS'] ?? usual));
}
