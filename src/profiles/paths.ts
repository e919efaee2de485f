/** Paths as text. */

/** The folder that a file lies in. */
export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, Math.max(1, file.lastIndexOf('/'))) : '.';
}

/** Where one of the AWS tools' files is: where an option or a variable says, else in its usual place. */
export function awsFilePath(file: string, given: string | undefined, home: string): string {
  return given ? expandHome(given, home) : `${home}/.aws/${file}`;
}

/** `~` at the front as the AWS tools and shells mean it. */
export function expandHome(path: string, home: string): string {
  return /^~(?=\/|$)/.test(path) ? home + path.slice(1) : path;
}
