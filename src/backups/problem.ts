/** What is wrong with a backup, or with where it is to be. */
export class BackupProblem extends Error {
  readonly code:
    | 'no-backup'
    | 'damaged-backup'
    | 'newer-backup'
    | 'inside-data'
    | 'restoring'
    | 'nothing-there'
    | 'records-closed'
    | 'being-made'
    | 'disturbed';
  /** The file or folder that it is about. */
  readonly path: string;

  constructor(code: BackupProblem['code'], path: string, options?: { cause?: unknown }) {
    super(`${code}: ${path}`, options);
    this.code = code;
    this.path = path;
  }
}
