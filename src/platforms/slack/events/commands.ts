/** What people do in Slack → one verb. Bolt has acknowledged by the time these run; problems are told privately. */
import { OPERATOR_WORD } from '../../../commands/operator-line.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError } from '../../../core/errors.ts';
import { jobTitle } from '../../../core/job.ts';
import { clip } from '../../../core/text.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { Place } from './context.ts';
import { EASEL_COMMAND } from '../manifest.ts';
import { show } from '../screens/outcome.ts';
import { ask, privately, tell, type Asked, type CommandOptions } from '../replies/private.ts';
import { escape, escapeStatus, person } from '../replies/render.ts';
import { runAsked } from './run.ts';
import { auditLines, settingsView } from '../screens/settings.ts';
import { OPEN } from '../screens/template-forms.ts';
import { templateVerb, type VerbOptions } from '../screens/templates.ts';

/** Of a job's title in the queue. */
const MAX_TITLE = 80;

/** Never rejects. */
export async function handleAsked(asked: Asked, options: VerbOptions): Promise<void> {
  const { caller, place, name } = asked;
  await privately(caller, place, options, async () => {
    const { commands, paused } = options;
    const words = catalogue(caller.locale);
    switch (name) {
      case '':
      case 'help': {
        const lines = await helpLines(caller, options);
        return tell(caller, place, lines.map(escape).join('\n'), options);
      }
      case 'queue': {
        const { heading, items } = commands.queue(caller);
        const lines = items.map(
          ({ title, job, where }) =>
            `• ${escape(clip(title, MAX_TITLE))} — ${person(job.user)} — ${escapeStatus(where)}`,
        );
        return tell(caller, place, [escape(heading), ...lines].join('\n'), options);
      }
      case 'cancel': {
        const job = await commands.cancel(caller, asked.rest.trim() || undefined);
        return tell(caller, place, escape(words.cancel.done(jobTitle(job))), options);
      }
      default:
        if (name === OPERATOR_WORD && (await commands.operates(caller))) {
          const said = await commands.operate(caller, asked.rest);
          return tell(caller, place, said.map(escape).join('\n'), options);
        }
        if (paused()) throw new EaselError({ code: 'shutting-down' });
        if (name === 'template') return templateVerb(asked, options);
        if (name === 'settings') return settingsVerb(asked, options);
        return runAsked(asked, options);
    }
  });
}

/** A workspace's own templates are no commands of the app: they are reached through `/easel`. */
async function helpLines(caller: Caller, { commands }: CommandOptions): Promise<string[]> {
  const { slack, settings } = catalogue(caller.locale);
  const lines = await commands.help(caller, (verb) => `/${EASEL_COMMAND} ${verb}`);
  const given = new Set(commands.builtin().map(({ name }) => name));
  const own = (await commands.templates(caller)).filter(({ name }) => !given.has(name));
  const reached = lines.map((line) =>
    own.some(({ name }) => line.startsWith(`/${name} `)) ? `/${EASEL_COMMAND} ${line.slice(1)}` : line,
  );
  if (!caller.admin) return reached;
  return [
    ...reached,
    slack.usage('template', slack.templatesAbout()),
    slack.usage('settings [audit]', settings.about()),
  ];
}

async function settingsVerb(asked: Asked, options: CommandOptions): Promise<void> {
  const { caller, place, trigger } = asked;
  const { slack } = catalogue(caller.locale);
  if (asked.rest.trim().toLowerCase() === 'audit')
    return tell(caller, place, (await auditLines(caller, options)).join('\n'), options);
  const making = options.commands.settings
    .show(caller)
    .then((shown) => settingsView(shown, place, caller.locale));
  if (trigger !== undefined)
    return show('open', trigger, { caller, title: slack.settingsForm(), making }, options);
  await making; // who may not is told now
  const press = { action: OPEN.settings, label: slack.openSettings(), value: '-' };
  return ask(asked, escape(slack.askSettings()), press, options);
}

/** Never rejects. */
export async function handleCancel(
  caller: Caller,
  place: Place,
  job: string,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, place, options, async () => {
    await options.commands.cancel(caller, job);
  });
}
