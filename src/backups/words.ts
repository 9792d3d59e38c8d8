/** What is wrong with a backup, as whoever runs Easel reads it. */
import { en } from '../i18n/en.ts';
import { StartupError, storeSentence } from '../startup.ts';
import { troubleIn } from '../store/trouble.ts';
import { BackupProblem } from './problem.ts';

const { data: say } = en;

/**
 * Undefined for what is neither trouble of the disk nor of the backup. `folder`: the data folder, `backups` in it, `into`:
 * where it was to be written.
 */
export function backupSentence(
  error: unknown,
  { folder, backups, into = folder }: { folder: string; backups: string; into?: string | undefined },
): string | undefined {
  if (error instanceof StartupError) return error.message;
  if (error instanceof BackupProblem) return problemWords(error);
  const trouble = troubleIn(error);
  if (!trouble) return undefined;
  if (trouble.kind === 'full') return say.full(into, trouble.missing);
  if (trouble.kind === 'unwritable') return say.unwritable(into);
  return storeSentence(trouble, folder, backups);
}

function problemWords({ code, path }: BackupProblem): string {
  switch (code) {
    case 'no-backup':
      return say.noBackup(path);
    case 'damaged-backup':
      return say.backupDamaged(path);
    case 'newer-backup':
      return say.backupNewer(path);
    case 'inside-data':
      return say.insideData(path);
    case 'restoring':
      return say.restoring(path);
    case 'records-closed':
      return say.recordsClosed(path);
    case 'nothing-there':
      return say.nothingThere(path);
    case 'being-made':
      return say.beingMade(path);
    case 'disturbed':
      return say.disturbed(path);
  }
}
