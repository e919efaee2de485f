/**
 * The lossless reader and editor of AWS's credentials and config files; what other rooms use of it.
 */
export { parseDocument, sectionsNamed } from './sections.ts';
export { grouped } from './grouped.ts';
export { encodeText, isAscii, looksCut } from './text.ts';
export { readProperties, readSection, readTogether, readValues } from './read.ts';
export { putSection, removeSection } from './edit.ts';
export { inspectDocument } from './findings.ts';
export { refuseSectionless } from './refusals.ts';
export { canWriteName, configProfileHeader, configProfileName } from './names.ts';
export type { Document, Section } from './sections.ts';
export type { Property } from './read.ts';
export type { Edit } from './edit.ts';
export type { Finding, FindingKind } from './findings.ts';
export type { NameVerdict } from './names.ts';
