/** What is said of the data folder: to whoever runs Easel, on a terminal. Names are paths; sizes are in bytes. */
import type { Speaker } from '../speaker.ts';

export const data = ({ say, bytes }: Speaker) => ({
  newer: (store: string, backups: string) => say('data.newer', { store, backups }),
  damaged: (store: string, backups: string) => say('data.damaged', { store, backups }),
  full: (store: string, missing: number | undefined) =>
    missing === undefined
      ? say('data.full', { store })
      : say('data.full.missing', { store, missing: bytes(missing) }),
  busy: (store: string) => say('data.busy', { store }),
  failed: (store: string, detail: string) => say('data.failed', { store, detail }),
  unwritable: (folder: string) => say('data.unwritable', { folder }),
  recordsClosed: (path: string) => say('data.recordsClosed', { path }),
  backedUp: (path: string, files: number, size: number) =>
    say('data.backedUp', { path, files, size: bytes(size) }),
  notBackedUp: (why: string) => say('data.notBackedUp', { why }),
  /** `aside`: where what was there before is now. */
  restored: (from: string, files: number, aside: string | undefined) =>
    say('data.restored', { from, files, before: aside !== undefined, aside: aside ?? '' }),
  notRestored: (why: string) => say('data.notRestored', { why }),
  whichBackup: (backups: string) => say('data.whichBackup', { backups }),
  noBackup: (path: string) => say('data.noBackup', { path }),
  backupDamaged: (path: string) => say('data.backupDamaged', { path }),
  backupNewer: (path: string) => say('data.backupNewer', { path }),
  insideData: (path: string) => say('data.insideData', { path }),
  restoring: (directory: string) => say('data.restoring', { directory }),
  nothingThere: (directory: string) => say('data.nothingThere', { directory }),
  beingMade: (into: string) => say('data.beingMade', { into }),
  disturbed: (path: string) => say('data.disturbed', { path }),
  stopped: () => say('data.stopped'),
});
