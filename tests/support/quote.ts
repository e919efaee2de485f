/** The text as one word for a POSIX shell: a path may hold blanks and apostrophes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
