/** What people type in Slack → what it means. Bolt has acknowledged by the time this runs; problems are told privately. */
import type { Intent } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import { EASEL_COMMAND } from '../manifest.ts';
import { lineText } from '../replies/lines.ts';
import { privately, tellLines, type Asked, type CommandOptions } from '../replies/private.ts';
import { showOutcome, showScreen, type ShowOptions } from '../screens/show-screen.ts';
import type { Conversation, SlackFile } from './context.ts';
import { putQuestion } from './question.ts';
import { runAsked } from './run.ts';

/** `command`: of a template, where `line` is what was said to that. Never rejects. */
export async function handleTyped(
  asked: Asked,
  { line, command }: { line: string; command?: string | undefined },
  options: ShowOptions,
): Promise<void> {
  const { caller, conversation, files = [] } = asked;
  const { commands, signal } = options;
  const { screens } = commands;
  await privately(caller, conversation, options, async () => {
    const typed = command === undefined ? line : `/${command} ${line}`;
    const intent = await commands.understand(caller, typed, {
      call: calledBy(options),
      files: files.length > 0,
    });
    if (intent.kind === 'answer') return tellLines(asked, (await intent.answer()).map(lineText), options);
    if (options.paused()) throw new EaselError({ code: 'shutting-down' });
    switch (intent.kind) {
      case 'open': {
        const given = filesFor(intent, files, options);
        if (!given) return showScreen(asked, screens.open(caller, intent.at), options);
        return showOutcome(asked, screens.act(caller, intent.at, 'add', given, { signal }), options);
      }
      case 'act': {
        const { at, action, entered } = intent;
        return showOutcome(asked, screens.act(caller, at, action, entered, { signal }), options);
      }
      case 'ask': {
        const { template } = intent;
        if (command !== undefined && template.name !== command) await commands.prepare(caller, command, {});
        return putQuestion(asked, intent, options);
      }
      case 'run':
        // it has a command, and is not there any more: its words are not for the default template
        if (command !== undefined && intent.template.name !== command)
          await commands.prepare(caller, command, {});
        return runAsked(asked, intent, options);
    }
  });
}

/** Never rejects. */
export async function handleCancel(
  caller: Caller,
  conversation: Conversation,
  job: string,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, conversation, options, async () => {
    await options.commands.cancel(caller, job);
  });
}

/** A workspace's own templates are no commands of the app: they are reached through `/easel`, as its verbs are. */
function calledBy({ commands }: CommandOptions): (name: string) => string {
  const given = new Set(commands.builtin().map(({ name }) => name));
  const isEasel = (name: string) => name.split(' ')[0] === EASEL_COMMAND;
  return (name) => (given.has(name) || isEasel(name) ? `/${name}` : `/${EASEL_COMMAND} ${name}`);
}

/** What a new template is made of, where that came along. */
function filesFor(
  { at }: Extract<Intent, { kind: 'open' }>,
  files: readonly SlackFile[],
  { attachment }: CommandOptions,
): Record<string, ReturnType<CommandOptions['attachment']>> | undefined {
  if (at.split('/')[0] !== 'add') return undefined;
  const settings = files.length > 1 ? files.find(isSettings) : undefined;
  const workflow = files.find((one) => one !== settings);
  return (
    workflow && {
      workflow: attachment('workflow', workflow),
      ...(settings && { settings: attachment('settings', settings) }),
    }
  );
}

/** As an export calls it, perhaps with something in front. */
function isSettings({ name }: SlackFile): boolean {
  return /template\.json$/i.test(name ?? '');
}
