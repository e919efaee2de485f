/** A guess at the name that was meant. */
import { distance } from '../profiles/names.ts';

/** Up to three of `known` that `name` was probably meant to be, nearest first. */
export function similarNames(name: string, known: readonly string[]): string[] {
  const lower = name.toLowerCase();
  const reach = Math.max(1, Math.floor(name.length / 3));
  return known
    .map((other) => ({ other, far: distance(lower, other.toLowerCase()) }))
    .filter(({ other, far }) => far <= reach || other.toLowerCase().startsWith(lower))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ other }) => other);
}
