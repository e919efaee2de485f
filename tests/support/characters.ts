/** Any character there is, for properties: fast-check's own unit of that kind takes seconds to build. */
import fc from './fast-check.ts';

const SURROGATES = { first: 0xd800, count: 0x800 };

/** One code point of Unicode, half of the time of Latin-1; never half a surrogate pair. */
export const anyCharacter = fc
  .oneof(fc.nat(0xff), fc.nat(0x10ffff - SURROGATES.count))
  .map((at) => String.fromCodePoint(at < SURROGATES.first ? at : at + SURROGATES.count));
