/** Easel's own commands, typed by what any language calls them. */
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import type { Line } from '../../../src/core/screen.ts';
import { lineText } from '../../../src/platforms/kit/screen-text.ts';
import { withEaselCommand } from '../../../src/platforms/slack/replies/easel-command.ts';
import { offeredCommands } from '../../../src/platforms/web/offer.ts';
import { ada, ann, classes, commandStage, publish } from './stage.ts';

async function stage() {
  const made = await commandStage();
  made.backend.classes = classes();
  await publish(made.commands, 'castle');
  const said = async (line: string, caller: Caller = ada) => {
    const intent = await made.commands.understand(caller, line);
    if (intent.kind !== 'answer') return intent;
    return { ...intent, says: told(await intent.answer()) };
  };
  return { ...made, said };
}
const told = (lines: readonly Line[]) => lines.map((line) => lineText(line)).join('\n');

describe('a command that is typed in another language', () => {
  it.each<[string, object]>([
    ['設定', { kind: 'open', at: 'settings' }],
    ['/설정', { kind: 'open', at: 'settings' }],
    ['/设置 审核日志', { kind: 'open', at: 'audit' }],
    ['/設定 監査ログ', { kind: 'open', at: 'audit' }],
    ['/settings 監査ログ', { kind: 'open', at: 'audit' }],
    ['/設定 表示', { kind: 'open', at: 'settings' }],
    ['settings show', { kind: 'open', at: 'settings' }],
    ['/設定 guildJobs:3', { kind: 'act', at: 'settings', entered: { guildJobs: '3' } }],
    ['/设置 模型', { kind: 'open', at: 'models' }],
    ['テンプレート 一覧', { kind: 'open', at: 'templates' }],
    ['/템플릿 보기 /Castle', { kind: 'open', at: 'template/castle' }],
    ['/模板 重命名 castle fort', { kind: 'act', at: 'template/castle', entered: { to: 'fort' } }],
    ['/テンプレート rename 名前:castle 新しい名前:fort', { kind: 'act', entered: { to: 'fort' } }],
    ['/テンプレート', { kind: 'answer', failed: true }],
    ['ヘルプ', { kind: 'answer' }],
    ['ﾍﾙﾌﾟ', { kind: 'answer' }],
    ['ヘルプ。', { kind: 'answer' }],
    ['ヘルプ キャンセル', { kind: 'answer' }],
    ['/ヘルプ castle', { kind: 'answer' }],
    ['キュー', { kind: 'answer' }],
    ['대기열', { kind: 'answer' }],
  ])('%j', async (line, wanted) => {
    expect(await (await stage()).said(line)).toMatchObject(wanted);
  });

  it.each(['キャンセル 猫の絵', '設定 資料 の絵', 'キューブの絵', '帮助 我画一只狐狸', '취소 문화 포스터'])(
    '%j is a picture all the same',
    async (line) => {
      expect(await (await stage()).said(line)).toMatchObject({ kind: 'run', values: { prompt: line } });
    },
  );

  it('reaches a job by the option’s name, too', async () => {
    const { said } = await stage();
    for (const line of ['/cancel job:nothing', '/キャンセル ジョブ：nothing', '/取消 nothing']) {
      const intent = await said(line).catch((error: unknown) => error);
      expect(intent).toMatchObject({ problem: { code: 'no-such-job' } });
    }
  });

  it('is a guild’s own template where that is called so', async () => {
    const { commands, said } = await stage();
    await publish(commands, '設定');
    expect(await said('/設定 a fox')).toMatchObject({ kind: 'run', template: { name: '設定' } });
    expect(await said('/설정')).toMatchObject({ kind: 'open', at: 'settings' });
  });

  it.each([
    ['/設定 "同時に実行できる数（全体）:3"', { guildJobs: '3' }],
    ['/設定 同時に実行できる数（全体）：3 outsiders:はい', { guildJobs: '3', outsiders: true }],
  ])('takes fields by what they are called: %s', async (line, entered) => {
    const { said } = await stage();
    expect(await said(line, { ...ada, locale: 'ja' })).toMatchObject({
      kind: 'act',
      at: 'settings',
      entered,
    });
  });

  it('is suggested where it is nearly typed', async () => {
    const { said } = await stage();
    const refused = await said('/テンプレト').catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { code: 'unknown-template', near: ['テンプレート'] } });
  });
});

describe('who reads Japanese', () => {
  const reader = { ...ada, locale: 'ja' };

  it('is told what can be typed in Japanese, and what it is in English', async () => {
    const { said } = await stage();
    const help = await said('/ヘルプ', reader);
    expect(help).toMatchObject({
      says: expect.stringMatching(/^\/キュー（\/queue） — [^]*^\/設定 モデル（\/settings models） \[/m),
    });
    expect(await said('/ヘルプ', { ...ann, locale: 'ja' })).not.toMatchObject({
      says: expect.stringContaining('設定'),
    });
    expect(await said('/テンプレート', reader)).toMatchObject({
      says: expect.stringContaining('/テンプレート 名前変更（/template rename） 名前 新しい名前 — '),
    });
    expect(await said('/ヘルプ')).toMatchObject({ says: expect.stringMatching(/^\/queue — /m) });
  });

  it('is offered them on the page, which finds them by either name', async () => {
    const { commands } = await stage();
    const offered = await offeredCommands(commands, reader);
    expect(offered).toContainEqual(expect.objectContaining({ name: 'queue', label: 'キュー' }));
    expect(offered).toContainEqual(expect.objectContaining({ name: 'again', label: 'もう一度' }));
  });
});

it('sentences name commands as Slack has them, in any language', () => {
  expect(withEaselCommand('/template edit fox、/テンプレート 編集、「/設定」で')).toBe(
    '/easel template edit fox、/easel テンプレート 編集、「/easel 設定」で',
  );
  expect(withEaselCommand('/설정에서 /easel 运营者 /templates a/queue /imagine')).toBe(
    '/easel 설정에서 /easel 运营者 /templates a/queue /imagine',
  );
});
