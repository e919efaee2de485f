/** Mutants that nobody can notice, by rule: each says why. They count neither way. */

const RULES = [
  {
    why: 'the text of an error of which only the code is read',
    // `new Error('…')` in rooms whose errors are told by words of their own.
    applies: ({ mutatorName }, text, [from]) =>
      /^(?:StringLiteral)$/.test(mutatorName) && /new Error\(\s*$/.test(text.slice(0, from)),
  },
];

/** The rule that leaves a mutant out; undefined if none does. */
export function ruleFor(mutant, text, span) {
  return RULES.find(({ applies }) => applies(mutant, text, span))?.why;
}
