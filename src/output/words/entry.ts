/**
 * What the words of a problem are, in the language that decides the exit code and in the others.
 */
import type { Problem, ProblemKind } from '../../problems/problem.ts';
import type { Spoken } from '../../problems/text.ts';

/** Lower case and without a full stop; the hint says what to do next. */
export type Words = readonly [message: string, hint?: string | undefined];

/** A problem of one kind, whose own sentences are spoken. */
export type Of<Kind extends ProblemKind> = Spoken<Extract<Problem, { kind: Kind }>>;

export interface Entry<Kind extends ProblemKind> {
  readonly exit: number;
  readonly words: (problem: Of<Kind>) => Words;
}

/** The entries of some kinds; explain.ts joins all of them under {@link AllEntries}. */
export type SomeEntries = { readonly [Kind in ProblemKind]?: Entry<Kind> };
export type AllEntries = { readonly [Kind in ProblemKind]: Entry<Kind> };

/** The same kinds in another language. */
export type Translated<Entries extends SomeEntries> = {
  readonly [Kind in keyof Entries & ProblemKind]: (problem: Of<Kind>) => Words;
};
