/** How often a property is tried: as the test says, or PROPERTY_RUNS times if that is less. */
export function runs(usual: number): number {
  return Math.min(usual, Number(process.env['PROPERTY_RUNS'] ?? usual));
}
