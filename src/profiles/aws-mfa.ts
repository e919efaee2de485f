/** What aws-mfa leaves: sections named x-long-term, whose sessions are kept in x. */
import { readSection } from '../document/index.ts';
import type { Document } from '../document/index.ts';

/** A pair of sections as aws-mfa keeps them. */
export interface LongTermSection {
  readonly serialNumber: string;
  /** `x-long-term`, which holds the keys. */
  readonly source: string;
  /** `x`, which holds the session. */
  readonly session: string;
}

const LONG_TERM_SUFFIX = '-long-term';

/** The sections `[x-long-term]` that name their device, as aws-mfa wants them. */
export function longTermSections(credentials: Document): LongTermSection[] {
  const names = new Set(credentials.sections.map(({ name }) => name));
  return [...names].flatMap((source) => {
    const session = source.endsWith(LONG_TERM_SUFFIX)
      ? source.slice(0, -LONG_TERM_SUFFIX.length)
      : '';
    const serialNumber = readSection(credentials, source)?.get('aws_mfa_device');
    if (session === '' || !serialNumber) return [];
    return [{ source, session, serialNumber }];
  });
}

/** Whether `init --from aws-mfa` would take a profile over. */
export function isAdoptable(credentials: Document, name: string): boolean {
  return longTermSections(credentials).some(({ session }) => session === name);
}
