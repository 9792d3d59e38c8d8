import { describe, expect, it } from 'vitest';
import { intoFolder } from '../../../src/jobs/runner/output-folder.ts';
import { classes } from '../commands/stage.ts';

function saved(inputs: Record<string, string | [string, number]>, type = 'SaveImage') {
  const workflow = { '9': { class_type: type, inputs } };
  return intoFolder(workflow, 'easel/abc', classes())['9']?.inputs;
}
const prefix = (filename_prefix: string) => saved({ filename_prefix })?.['filename_prefix'];

describe('what a run saves', () => {
  it.each([
    ['ComfyUI', 'easel/abc/ComfyUI'],
    ['video/ComfyUI', 'easel/abc/video/ComfyUI'],
    ['../../../etc/x', 'easel/abc/etc/x'],
    ['a/../../b', 'easel/abc/a/b'],
    ['..\\..\\b', 'easel/abc/b'],
    ['/etc/passwd', 'easel/abc/etc/passwd'],
    ['C:\\Windows\\x', 'easel/abc/Windows/x'],
    ['C:x', 'easel/abc/x'],
    ['\\\\server\\share\\x', 'easel/abc/server/share/x'],
    ['.. /x', 'easel/abc/x'],
    ['....//x', 'easel/abc/x'],
    ['~/x', 'easel/abc/_/x'],
    ['', 'easel/abc/ComfyUI'],
    ['..', 'easel/abc/ComfyUI'],
    ['%date:yyyy-MM-dd%/x_%width%', 'easel/abc/%date-yyyy-MM-dd%/x_%width%'],
    ['a\u0000b', 'easel/abc/a_b'],
    ['easel/other/x', 'easel/abc/easel/other/x'],
    ['日本/絵', 'easel/abc/日本/絵'],
  ])('goes into the folder of its guild: %j', (given, wanted) => {
    expect(prefix(given)).toBe(wanted);
  });

  it('goes there when its place is computed, and from any class', () => {
    expect(saved({ filename_prefix: ['5', 0] })).toEqual({ filename_prefix: 'easel/abc/ComfyUI' });
    for (const type of ['SaveAnimatedWEBP', 'SaveVideo', 'VHS_VideoCombine', 'SaveAudio', 'Unheard Of'])
      expect(saved({ filename_prefix: 'x' }, type)).toEqual({ filename_prefix: 'easel/abc/x' });
  });

  it("stays inside for packs' own words for a place, which are left alone where they are harmless", () => {
    expect(saved({ folder_name: '../input/easel' }, 'SaveTrainingDataset')).toEqual({
      folder_name: 'easel/abc/input/easel',
    });
    expect(saved({ folder_name: 'training_dataset' }, 'SaveTrainingDataset')).toEqual({
      folder_name: 'easel/abc/training_dataset',
    });
    expect(saved({ output_path: '/srv/www' }, 'Image Save')).toEqual({ output_path: 'easel/abc/srv/www' });
    expect(saved({ output_path: '[time(%Y-%m-%d)]' }, 'Image Save')).toEqual({
      output_path: '[time(%Y-%m-%d)]',
    });
  });

  it('is bounded, and changes nothing of the graph that it was given', () => {
    const workflow = { '9': { class_type: 'SaveImage', inputs: { filename_prefix: '../'.repeat(1e5) } } };
    const before = structuredClone(workflow);
    intoFolder(workflow, 'easel/abc', undefined);
    expect(workflow).toEqual(before);
    expect(JSON.stringify(prefix('a/'.repeat(1e5))).length).toBeLessThan(100);
    expect(JSON.stringify(prefix('x'.repeat(1e5))).length).toBeLessThan(200);
  });
});
