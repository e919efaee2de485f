/** What the system's error codes mean. */

/** Of a file. */
const FILE: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EBUSY: 'another program has it open',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  NOT_PEM: 'it holds no certificate in PEM form',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'its name is too long',
  EFTYPE: 'it is not a regular file',
  EFBIG: 'it would be larger than this process may write (ulimit -f)',
  EIO: 'input/output error',
  ENOSYS: 'this file system cannot do what a safe write needs',
  EMLINK: 'its folder can hold no more folders',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 64 MB',
  ETIMEDOUT: 'the program at the other end of the pipe did not finish',
  EDEADLK: 'a cloud drive has moved its content away',
  LINK_OF_ANOTHER: 'a link that another user made leads to it',
  LINK_TO_NOWHERE: 'it is a link into a folder that does not exist',
};

/** Of a program that is to be started. */
const START: Readonly<Record<string, string>> = {
  EACCES: 'permission denied (is it executable?)',
  ENOENT: 'the interpreter that its first line names is missing',
  ENOEXEC: 'the system does not know its format',
  E2BIG: 'its arguments and environment are too long',
  EINVAL: 'a batch file takes no argument with a line break in it',
};

/** Of a connection. */
const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'there is no network',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ETIMEDOUT: 'it did not answer',
};

export const ofFile = (code: string): string => FILE[code] ?? code;
export const ofStart = (code: string): string => START[code] ?? ofFile(code);
export const ofNetwork = (code: string): string => NETWORK[code] ?? code;
