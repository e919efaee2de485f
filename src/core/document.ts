/** The lossless reader and editor of AWS's credentials and config files; its parts are in `document-*.ts`. */
export { parseDocument, sectionsNamed } from './document-sections.ts';
export { encodeText } from './document-text.ts';
export { readProperties, readSection, readValues } from './document-read.ts';
export { putSection, removeSection } from './document-edit.ts';
export { inspectDocument } from './document-findings.ts';
export { canWriteName, configProfileHeader, configProfileName } from './document-names.ts';
export type { Document, Section } from './document-sections.ts';
export type { Property } from './document-read.ts';
export type { Edit } from './document-edit.ts';
export type { Finding, FindingKind } from './document-findings.ts';
export type { NameVerdict } from './document-names.ts';
