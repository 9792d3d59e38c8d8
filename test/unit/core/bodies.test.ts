import { describe, expect, it } from 'vitest';
import { bodyNamed, dressed, withNeutralNames, type BodyName } from '../../../src/core/bodies.ts';
import type { View } from '../../../src/core/view.ts';

const words = { leftOut: () => 'left out', failed: () => 'failed', last: () => 'last' };
const view: View = {
  tone: 'done',
  title: 'a secret fox',
  status: 'Done in 3 s',
  facts: [{ name: 'style', value: 'secret' }],
  notes: ['a caption of the secret'],
  buttons: [{ action: 'again', job: 'j', label: 'Again' }],
};
const files = [
  { name: 'a secret fox_00001_.png', type: 'image/png' },
  { name: 'secret.secretly', type: 'application/octet-stream' },
];
const as = (name: BodyName, of = view) => dressed(bodyNamed(name), { view: of, files }, words);

describe('a body', () => {
  it('that is full is everything', () => {
    expect(as('full')).toEqual({ view, files });
  });

  it('that is plain has all words and files, and no form', () => {
    const { view: shown, files: sent } = as('plain');
    expect(shown).toMatchObject({ title: view.title, facts: view.facts, buttons: [], plain: true });
    expect(sent).toEqual(files);
  });

  it.each(['wordless', 'bare', 'note'] as const)('%s quotes nothing of the person', (name) => {
    const body = as(name);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(body.view).toMatchObject({ status: 'Done in 3 s', notes: ['left out'] });
    expect(body.files).toHaveLength(name === 'note' ? 0 : 2);
  });

  it('without words keeps the way to a file that is too large, not what that is called', () => {
    const url = 'https://easel.example/files/0a.1b.2c/';
    const offered: View = { ...view, notes: [`"secret.mp4": ${url}secret.mp4`], links: [`${url}secret.mp4`] };
    for (const name of ['wordless', 'bare', 'note'] as const) {
      const body = as(name, offered);
      expect(body.view).toMatchObject({ notes: ['left out', `${url}file`], links: [`${url}file`] });
      expect(JSON.stringify(body)).not.toContain('secret');
    }
    expect(as('words', offered).view.links).toEqual(offered.links);
  });

  it('without words has no reason of a failure either: it may quote them', () => {
    const failed: View = { ...view, tone: 'failed', status: 'It failed at "secret"' };
    expect(as('wordless', failed).view.status).toBe('failed');
    expect(as('words', failed).view.status).toBe(failed.status);
  });

  it('of files alone says nothing at all', () => {
    const { view: shown, files: sent } = as('files');
    expect(shown).toMatchObject({ title: '', status: '', facts: [], notes: [], buttons: [] });
    expect(sent.map(({ name }) => name)).toEqual(['picture-1.png', 'file-2']);
  });

  it('that is the last one is a sentence', () => {
    expect(as('last')).toMatchObject({ view: { title: '', status: 'last', notes: [] }, files: [] });
  });

  it('keeps the kind and the ending of a file in its neutral name', () => {
    const named = withNeutralNames([
      { name: 'A.PNG', type: 'image/png' },
      { name: 'x.mp4', type: 'video/mp4' },
      { name: 'x', type: 'audio/flac' },
      { name: 'text.txt', type: 'text/plain' },
      { name: 'x.glb', type: 'model/gltf-binary' },
    ]);
    expect(named.map(({ name }) => name)).toEqual([
      'picture-1.png',
      'video-2.mp4',
      'audio-3',
      'text-4.txt',
      'file-5.glb',
    ]);
  });
});
