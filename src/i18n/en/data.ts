/** What is said of the data folder: to whoever runs Easel, on a terminal. */
import { bytes } from './phrases.ts';

export const data = {
  newer: (place: string, backups: string) =>
    `the records in ${place} are those of a newer Easel. Nothing was changed. Start that one, or go back to a backup: npm run restore -- FILE. Backups are in ${backups}.`,
  damaged: (place: string, backups: string) =>
    `the records in ${place} are damaged. Nothing was changed. Go back to a backup: npm run restore -- FILE. Backups are in ${backups}.`,
  full: (place: string, missing: number | undefined) =>
    missing === undefined
      ? `the disk of ${place} is full. What was there is as it was. Make room and try again.`
      : `the disk of ${place} is too full: ${bytes(missing)} more are needed. What was there is as it was. Make room and try again.`,
  busy: (place: string) =>
    `another program is keeping the records in ${place} to itself. Close it and try again.`,
  failed: (place: string, detail: string) =>
    `the records in ${place} cannot be used (${detail}). Nothing was changed.`,
};
