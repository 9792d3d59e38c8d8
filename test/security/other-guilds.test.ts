/** Ids, lists and errors are no way into another guild, and no way to the backend's address. */
import { onTestFinished, describe, expect, it } from 'vitest';
import { createBackend } from '../../src/comfy/index.ts';
import { clean } from '../../src/comfy/wire/clean.ts';
import type { Caller } from '../../src/core/caller.ts';
import { EaselError } from '../../src/core/errors.ts';
import { catalogue, languages, sentence } from '../../src/i18n/index.ts';
import { JobRecord } from '../../src/jobs/store/schema.ts';
import { picture, success } from '../fakes/comfy/scripted-backend.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { until } from '../fakes/until.ts';
import { ada, ann, castle, commandStage, forever, publish, refused } from '../unit/commands/stage.ts';
import { sampleJob } from '../unit/jobs/sample.ts';

/** An admin of another guild, whose id of a person is the same on another platform, too. */
const STRANGERS: Caller[] = [
  { ...ada, guild: 'guild-b', user: 'mallory', channel: 'b' },
  { ...ada, platform: 'other', user: ann.user, guild: 'guild-b' },
];

async function running() {
  const stage = await commandStage();
  const secret = 'a castle for nobody else';
  const prepared = await stage.commands.prepare(ann, 'imagine', { prompt: secret });
  const job = await stage.commands.run(prepared, null, forever);
  await until(() => stage.backend.runs.get(job.id));
  return { ...stage, job, secret };
}

describe('a stranger', () => {
  it.each(STRANGERS)('does not see what runs or waits elsewhere: $platform', async (stranger) => {
    const { commands, secret } = await running();
    expect(JSON.stringify(await commands.queue(stranger))).not.toContain(secret);
    expect(commands.own(stranger)).toEqual([]);
    expect(await refused(commands.cancel(stranger))).toEqual({ code: 'nothing-to-cancel' });
    expect(await refused(commands.cancel(stranger, 'castle'))).toEqual({ code: 'no-such-job' });
  });

  it.each(STRANGERS)(
    'with a stored id learns not even that there is such a job: $platform',
    async (stranger) => {
      const { commands, job, backend, ended, secret } = await running();
      expect(await refused(commands.cancel(stranger, job.id))).toEqual({ code: 'no-such-job' });
      expect(await refused(commands.prepareAgain(stranger, job.id))).toEqual({ code: 'no-such-job' });
      backend.finish(job.id, success(picture()));
      await ended(job.id);
      const said = [
        await refused(commands.prepareAgain(stranger, job.id)),
        await refused(commands.cancel(stranger, job.id)),
      ];
      expect(said).toEqual([{ code: 'no-such-job' }, { code: 'no-such-job' }]);
      expect(JSON.stringify(said)).not.toContain(secret);
    },
  );

  it.each(STRANGERS)('finds no template, draft or choice of another guild: $platform', async (stranger) => {
    const { commands } = await commandStage();
    await publish(commands, 'castle');
    const { draft } = await commands.editor.add(ada, castle(), { name: 'keep' }, forever);
    expect((await commands.templates(stranger)).map(({ name }) => name)).not.toContain('castle');
    expect(await refused(commands.prepare(stranger, 'castle', {}))).toEqual({
      code: 'unknown-template',
      name: 'castle',
      known: ['imagine', 'upscale'],
    });
    expect(await commands.complete(stranger, 'castle', 'model', '', 25)).toEqual([]);
    for (const use of [
      () => commands.editor.open(stranger, draft.id),
      () => commands.editor.prepareTest(stranger, draft.id),
      () => commands.editor.publish(stranger, draft.id),
      () => commands.editor.discard(stranger, draft.id),
    ])
      expect(await refused(use())).toEqual({ code: 'no-such-draft' });
  });
});

describe('where the backend is', () => {
  it('is in no sentence that people read, and in the log', async () => {
    const log = createRecordingLog();
    const backend = createBackend({ url: 'http://127.0.0.1:9', log, timing: { requestMs: 500 } });
    onTestFinished(() => backend.stop());
    await backend.start();
    const error: unknown = await backend.check(forever).catch((reason: unknown) => reason);
    if (!(error instanceof EaselError)) throw error;
    for (const { tag } of languages()) {
      const said = sentence(catalogue(tag), error.problem, 'person');
      expect(said).toContain('ComfyUI');
      expect(said).not.toMatch(/127\.0\.0\.1|:9\b/);
    }
    await until(() => log.lines.some(({ facts }) => facts['backend'] === 'ComfyUI at 127.0.0.1:9'));
  });

  it("is not in the backend's own words either, nor are the files that others have there", () => {
    const server = { blot: String, base: new URL('http://10.0.0.5:8188/x/') };
    const said = clean("Connection to 10.0.0.5:8188 refused (host='10.0.0.5')", server);
    expect(said).not.toContain('10.0.0.5');
    const list = "Value not in list: file: 'x' not in ['ann in bed.png', 'b].mp4', 'c.txt']";
    expect(clean(`${list}\n${list}`, server)).not.toMatch(/ann in bed|mp4|txt/);
    // what may be chosen and is no file helps
    expect(clean("mode: 'nope' not in ['normal', 'screen']", server)).toContain("'normal'");
  });

  it('is not in records from before', () => {
    const problem = { code: 'backend-unreachable', backend: 'ComfyUI at 10.0.0.5:8188' } as const;
    const record = sampleJob({ state: 'failed', end: { kind: 'failed', problem } });
    expect(JobRecord.parse(record).end).toEqual({
      kind: 'failed',
      problem: { code: 'backend-unreachable', backend: 'ComfyUI' },
    });
  });
});
