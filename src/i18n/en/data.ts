/** What is said of the data folder: to whoever runs Easel, on a terminal. */
import { bytes, count } from './phrases.ts';

export const data = {
  newer: (store: string, backups: string) =>
    `the records in ${store} are those of a newer Easel. Nothing was changed. Start that one, or go back to a backup: npm run restore -- FILE. Backups are in ${backups}.`,
  damaged: (store: string, backups: string) =>
    `the records in ${store} are damaged. Nothing was changed. Go back to a backup: npm run restore -- FILE. Backups are in ${backups}.`,
  full: (store: string, missing: number | undefined) =>
    missing === undefined
      ? `the disk of ${store} is full. What was there is as it was. Make room and try again.`
      : `the disk of ${store} is too full: ${bytes(missing)} more are needed. What was there is as it was. Make room and try again.`,
  busy: (store: string) =>
    `another program is keeping the records in ${store} to itself. Close it and try again.`,
  failed: (store: string, detail: string) =>
    `the records in ${store} cannot be used (${detail}). Nothing was changed.`,
  unwritable: (folder: string) => `${folder} cannot be written. Check that it can, or name another folder.`,
  recordsClosed: (path: string) =>
    `the records in ${path} cannot be opened. Run it as the user that Easel runs as; on a disk that cannot be written, copy the data folder instead.`,
  backedUp: (path: string, files: number, size: number) =>
    `Backed up ${count(files, 'file')}, ${bytes(size)}, to ${path}\nIt holds Easel's secrets and what people have made: keep it where nobody else can read it.`,
  notBackedUp: (why: string) => `No backup was made: ${why}`,
  restored: (from: string, files: number, aside: string | undefined) =>
    `Restored ${count(files, 'file')} from ${from}\n${aside === undefined ? 'There was nothing before it.' : `What was there before is in ${aside}: delete it when all is well.`} Start Easel now.`,
  notRestored: (why: string) => `Not restored: ${why}`,
  whichBackup: (backups: string) => `say which one: npm run restore -- FILE. Backups are in ${backups}.`,
  noBackup: (path: string) => `${path} is no backup of Easel.`,
  backupDamaged: (path: string) =>
    `${path} is damaged, or not all of it is there. Nothing was changed. Take another backup.`,
  backupNewer: (path: string) =>
    `${path} was made by a newer Easel. Nothing was changed. Restore it with that one.`,
  insideData: (path: string) => `${path} is in the data folder itself. Name another folder, or none.`,
  restoring: (directory: string) =>
    `a restore of ${directory} was cut short, and is only half done. Run the same command again, or start Easel: both end it first.`,
  nothingThere: (directory: string) =>
    `there are no records of Easel in ${directory}. Check DATA_DIR and STORE_URL.`,
  beingMade: (into: string) =>
    `another backup is being made in ${into}. Wait for it, or name another folder.`,
  disturbed: (path: string) =>
    `something else has changed or removed ${path} meanwhile. Nothing was kept. Try again, or name another folder.`,
  stopped: () => 'it was stopped. Everything is as it was.',
};
