/** The code page by which programs of Windows read text that names no encoding, the AWS CLI among them. */

/** Where Windows keeps it; a `chcp` in a window does not change it. */
export const CODE_PAGE_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';

/** @param text what `reg query` prints of `ACP` under {@link CODE_PAGE_KEY} */
export function codePageOfRegistry(text: string): number | undefined {
  const found = /^\s+ACP\s+REG_SZ\s+(\d+)\s*$/m.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
