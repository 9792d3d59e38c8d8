/** What is wrong with a backup, as whoever runs Easel reads it. */
import { english } from '../i18n/index.ts';
import { StartupError, storeSentence } from '../startup.ts';
import { troubleIn } from '../store/trouble.ts';
import { BackupProblem } from './problem.ts';

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
  if (trouble.kind === 'full') return english().data.full(into, trouble.missing);
  if (trouble.kind === 'unwritable') return english().data.unwritable(into);
  return storeSentence(trouble, folder, backups);
}

function problemWords({ code, path }: BackupProblem): string {
  switch (code) {
    case 'no-backup':
      return english().data.noBackup(path);
    case 'damaged-backup':
      return english().data.backupDamaged(path);
    case 'newer-backup':
      return english().data.backupNewer(path);
    case 'inside-data':
      return english().data.insideData(path);
    case 'restoring':
      return english().data.restoring(path);
    case 'records-closed':
      return english().data.recordsClosed(path);
    case 'nothing-there':
      return english().data.nothingThere(path);
    case 'being-made':
      return english().data.beingMade(path);
    case 'disturbed':
      return english().data.disturbed(path);
  }
}
