import { describe, expect, it } from 'vitest';
import { createDriftWatch } from '../../../src/commands/operator/drift.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { driftStage, EVERY_MS, WITHOUT_SD } from './drift-stage.ts';
import { ada, ann, attached, classes, GRAPH, publish, refused } from './stage.ts';
import { PATIENCE_MS } from '../../fakes/patience.ts';

describe('a template that no longer fits the backend', () => {
  it('is told of once, to who published it and to named admins', async () => {
    const { look, told, commands } = await driftStage();
    await commands.settings.change(ada, { adminUsers: ['zoe', 'ada'] });
    await look(classes());
    expect(told).toEqual([]);
    await look(WITHOUT_SD());
    expect(told.map(({ user }) => user)).toEqual(['ada', 'zoe']);
    expect(told[0]?.lines.join('\n')).toMatch(/castle[^]*sd\.safetensors/);
    await look(WITHOUT_SD());
    await look(undefined); // it cannot be asked
    await look(WITHOUT_SD());
    expect(told).toHaveLength(2);
  });

  it('is told of again for something new only, and of that alone', async () => {
    const { look, told } = await driftStage();
    await look(WITHOUT_SD());
    const less = new Map(WITHOUT_SD());
    less.delete('KSampler');
    await look(less);
    expect(told).toHaveLength(2);
    expect(told[1]?.lines.join('\n')).toContain('KSampler');
    expect(told[1]?.lines.join('\n')).not.toContain('sd.safetensors');
  });

  it('is told of anew when it fitted in between', async () => {
    const { look, told } = await driftStage();
    await look(WITHOUT_SD());
    await look(classes());
    expect(told).toHaveLength(1);
    await look(WITHOUT_SD());
    expect(told).toHaveLength(2);
  });

  it('is not told of when its admin knew as they published it', async () => {
    const { look, told, commands, backend } = await driftStage();
    backend.classes = WITHOUT_SD();
    await publish(commands, 'fort');
    await commands.shelf.remove(ada, 'castle');
    await look(WITHOUT_SD());
    expect(told).toEqual([]);
    await look(classes({ ckpt_name: ['other.safetensors'] }));
    expect(told).toEqual([]);
    expect(await commands.prepare(ann, 'fort', { prompt: 'x', model: 'other.safetensors' })).toBeDefined();
  });

  it('is not told of while it is switched off, or after a restart that follows the telling', async () => {
    const { look, told, commands, watch, room, clock } = await driftStage();
    await commands.shelf.switchOff(ada, 'castle', true);
    await look(WITHOUT_SD());
    expect(told).toEqual([]);
    await commands.shelf.switchOff(ada, 'castle', false);
    await look(WITHOUT_SD());
    expect(told).toHaveLength(1);
    await watch.stop();
    const next = createDriftWatch({ ...room, clock, everyMs: EVERY_MS });
    next.start();
    await until(() => clock.sleeping === 1);
    await next.stop();
    expect(told).toHaveLength(1);
  });

  it('is told of once also where nobody could be reached, and the log says so', async () => {
    const { look, told, chat, log } = await driftStage();
    chat.refuses = true;
    await look(WITHOUT_SD());
    const failed = () =>
      log.lines.filter(({ message }) => message === 'an admin could not be told of a misfit');
    expect(failed()).toHaveLength(1);
    expect(failed()[0]).toMatchObject({ level: 'warn', facts: { guild: 'guild-a', template: 'castle' } });
    chat.refuses = false;
    await look(WITHOUT_SD());
    expect(failed()).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('is told of later where its platform is off now', async () => {
    const { look, told, room } = await driftStage();
    const chat = room.chats.get('test');
    room.chats.delete('test');
    await look(WITHOUT_SD());
    if (chat) room.chats.set('test', chat);
    await look(WITHOUT_SD());
    expect(told).toHaveLength(1);
  });

  it('does not keep the others from being looked at when its guild cannot be read', async () => {
    const { look, told, commands, library, log } = await driftStage();
    const there = sampleCaller({ user: 'bo', guild: 'guild-b', admin: true });
    await publish(commands, 'fort', there);
    const entries = library.entries.bind(library);
    library.entries = async (guild) => {
      if (guild === 'guild-a') throw new Error('damaged');
      return entries(guild);
    };
    await look(WITHOUT_SD());
    expect(told.map(({ user }) => user)).toEqual(['bo']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: "a guild's templates could not be checked against the backend" }),
    );
  });
});

describe('people who run such a template', () => {
  it('are asked what to take instead, unless they have said it', async () => {
    const { look, commands } = await driftStage();
    await look(WITHOUT_SD());
    expect(await refused(commands.prepare(ann, 'castle', { prompt: 'x' }))).toEqual({
      code: 'choice-missing',
      slot: 'model',
      value: 'sd.safetensors',
      choices: ['xl.safetensors'],
    });
    await commands.prepare(ann, 'castle', { prompt: 'x', model: 'xl.safetensors' });
    expect(await refused(commands.prepare(ann, 'castle', {}))).toMatchObject({ code: 'missing-value' });
    await look(classes());
    await commands.prepare(ann, 'castle', { prompt: 'x' });
  });

  it('are not kept from the choices that are left when one of a list is gone', async () => {
    const { look, commands } = await driftStage();
    const settings = {
      description: 'x',
      slots: {
        model: {
          type: 'choice',
          into: [['4', 'ckpt_name']],
          choices: ['sd.safetensors', 'xl.safetensors'],
          default: 'xl.safetensors',
        },
      },
    };
    const file = attached('workflow.json', JSON.stringify(GRAPH));
    const more = { name: 'list', settings: attached('template.json', JSON.stringify(settings)) };
    const { draft } = await commands.editor.add(ada, file, more, AbortSignal.timeout(PATIENCE_MS));
    await commands.editor.publish(ada, draft.id);
    await look(WITHOUT_SD());
    await commands.prepare(ann, 'list', {});
    expect(await refused(commands.prepare(ann, 'list', { model: 'sd.safetensors' }))).toMatchObject({
      code: 'template-unfit',
      findings: [{ slot: 'model', value: 'sd.safetensors' }],
    });
  });

  it('of a new version are not held to what the old one lacked', async () => {
    const { look, commands } = await driftStage();
    await look(WITHOUT_SD());
    const { draft } = await commands.editor.edit(ada, 'castle');
    const change = { default: 'xl.safetensors' };
    await commands.editor.change(ada, draft.id, { kind: 'slot', slot: 'model', change });
    await commands.editor.publish(ada, draft.id);
    await commands.prepare(ann, 'castle', { prompt: 'x' });
  });
});

describe('the watch', () => {
  it('stops while it reads, and while it tells; who was not told is told after the next start', async () => {
    const { backend, room, clock, told, chat, watch, library } = await driftStage();
    const reading = Promise.withResolvers<void>();
    const nodes = backend.nodes.bind(backend);
    backend.nodes = (signal) => {
      reading.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    watch.start();
    await reading.promise;
    await watch.stop();
    await watch.stop();

    backend.nodes = nodes;
    backend.classes = WITHOUT_SD();
    const telling = Promise.withResolvers<void>();
    const { tell } = chat;
    chat.tell = (_user, _lines, signal) => {
      telling.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    const second = createDriftWatch({ ...room, clock, everyMs: EVERY_MS });
    second.start();
    await telling.promise;
    await second.stop();
    expect((await library.entry('guild-a', 'castle')).head?.told).toEqual([]);

    chat.tell = tell;
    const third = createDriftWatch({ ...room, clock, everyMs: EVERY_MS });
    third.start();
    await until(() => told.length === 1);
    await third.stop();
  });

  it('that was never started stops too', async () => {
    const { room, clock } = await driftStage();
    await createDriftWatch({ ...room, clock, everyMs: EVERY_MS }).stop();
  });
});
