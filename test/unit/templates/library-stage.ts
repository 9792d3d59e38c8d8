/** A library on a real store whose writes can be made to fail, and that can be opened again as after a restart. */
import { onTestFinished } from 'vitest';
import { createLibrary, type Library, type Publication } from '../../../src/templates/library/index.ts';
import { openTemplateStore, type TemplateStore } from '../../../src/templates/library/store.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';
import { NODES, parse } from './sources.ts';

export const imagine = parse({ prompt: { type: 'text', into: [['3', 'text']], required: true } });
export const upscale = { ...imagine, name: 'upscale' };

export async function libraryStage() {
  const path = `${await temporaryFolder()}/templates.sqlite`;
  const log = createRecordingLog();
  const clock = createManualClock();
  const real = await openTemplateStore(`sqlite://${path}`, log);
  onTestFinished(() => real.close());
  const failing = new Map<'saveShelf' | 'saveDocuments', Error>();
  const calls = { documents: 0 };
  const mayFail = (name: 'saveShelf' | 'saveDocuments') => {
    const error = failing.get(name);
    failing.delete(name);
    if (error) throw error;
  };
  const store: TemplateStore = {
    ...real,
    async documents(id, version) {
      calls.documents += 1;
      return real.documents(id, version);
    },
    async saveShelf(guild, shelf) {
      mayFail('saveShelf');
      return real.saveShelf(guild, shelf);
    },
    async saveDocuments(id, version, documents) {
      mayFail('saveDocuments');
      return real.saveDocuments(id, version, documents);
    },
  };
  const open = (): Library => createLibrary([imagine, upscale], { store, clock, log });
  return { open, library: open(), store, failing, calls, log, path, clock };
}

/** A publish of a template with this description. */
export function publication(given: Partial<Publication> & { words?: string } = {}): Publication {
  const { words = 'Draws', ...rest } = given;
  const template = JSON.stringify({ description: words, slots: {} });
  return {
    name: 'castle',
    description: words,
    documents: { template, workflow: JSON.stringify(NODES) },
    by: 'ada',
    platform: 'test',
    accepted: [],
    ...rest,
  };
}

export async function names(library: Library, guild = 'a'): Promise<string[]> {
  return (await library.usable(guild)).map(({ name }) => name);
}
