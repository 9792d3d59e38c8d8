/** `/easel settings` as a form, and who changed what as a list. */
import type { App, types, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { SettingsChange, SettingsView } from '../../../commands/settings.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError } from '../../../core/errors.ts';
import { catalogue, type Catalogue } from '../../../i18n/index.ts';
import { input, MAX_TEXT, meant, modal, option, section, select, textInput, VALUE } from './blocks.ts';
import type { Place } from '../events/context.ts';
import type { FormListenOptions } from './editor.ts';
import { errorsAt, message } from './outcome.ts';
import { memoryOf } from '../events/payload.ts';
import { plainly, spoken, tell, type CommandOptions } from '../replies/private.ts';
import { date, escape, person } from '../replies/render.ts';
import { answers, initially } from '../events/state.ts';
import { channelSelect } from './template-forms.ts';

export const SETTINGS = 'settings';
const Memory = z.object({ channel: z.string(), thread: z.string().optional() });

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'] as const;
const CHOICES = ['defaultTemplate', 'language'] as const;
const PEOPLE = ['adminUsers', 'bannedUsers'] as const;
const CHANNELS = 'allowedChannels';
const WORDS = 'blockedWords';
const OUTSIDERS = 'outsiders';
/** Stands for "nothing chosen"; no template and no language is called that. */
const NONE = ':none';
/** A field of blocked words that is free for new ones. */
const ROOM = 500;
/** Of the audit log; the newest. */
const MAX_AUDIT = 25;

export function settingsView(shown: SettingsView, place: Place, locale: string): types.ModalView {
  const words = catalogue(locale);
  const { settings: say, slack, form } = words;
  const { settings, limits } = shown;
  const number = (key: (typeof NUMBERS)[number]): types.InputBlock => {
    const { [key]: value } = settings;
    const element: types.InputBlock['element'] = {
      type: 'number_input',
      action_id: VALUE,
      is_decimal_allowed: false,
      ...(value !== undefined && { initial_value: String(value) }),
    };
    return input(key, say.name(key), element, { hint: hintOf(limits[key], say) });
  };
  const people = (key: (typeof PEOPLE)[number], label: string): types.InputBlock => {
    const { [key]: users } = settings;
    const element: types.InputBlock['element'] = {
      type: 'multi_users_select',
      action_id: VALUE,
      ...(users.length > 0 && { initial_users: users }),
    };
    return input(key, label, element);
  };
  return modal({
    title: slack.settingsForm(),
    callback: SETTINGS,
    memory: Memory.parse(place),
    submit: slack.settingsSubmit(),
    close: form.close(),
    blocks: [
      ...NUMBERS.map(number),
      ...CHOICES.map((key) => {
        const { options, picked } = choicesOf(key, shown, words);
        return input(key, say.name(key), select(options, picked));
      }),
      people('adminUsers', slack.admins()),
      input(CHANNELS, say.pickChannels(), channelSelect(settings.allowedChannels)),
      people('bannedUsers', say.pickBanned()),
      input(OUTSIDERS, say.name(OUTSIDERS), outsidersSelect(settings.outsiders, words)),
      ...wordInputs(settings.blockedWords, words),
      section(escape(slack.noRoles())),
    ],
  });
}

/** A form shows what is set; what holds, where that is less, is said below. */
function hintOf(limit: SettingsView['limits']['guildJobs'], say: Catalogue['settings']): string {
  const hint = say.numberHint(limit.standard, limit.max);
  return limit.limited ? `${say.inUse(limit)}. ${hint}` : hint;
}

/** Templates and languages, each with "none" first: Slack has no way to take back a choice. */
export function choicesOf(
  key: (typeof CHOICES)[number],
  { settings, templates, languages }: SettingsView,
  { settings: say }: Catalogue,
): { options: types.PlainTextOption[]; picked: types.PlainTextOption } {
  const none = option(key === 'language' ? say.languageEach() : say.templateNone(), NONE);
  const given =
    key === 'language'
      ? languages.map(({ tag, name }) => ({ tag, label: name }))
      : templates.map((name) => ({ tag: name, label: `/${name}` }));
  const chosen = given.find(({ tag }) => tag === settings[key]);
  return {
    options: [none, ...given.map(({ tag, label }) => option(label, tag))],
    picked: chosen ? option(chosen.label, chosen.tag) : none,
  };
}

function outsidersSelect(allowed: boolean, { editor: say }: Catalogue): types.InputBlock['element'] {
  const answersOf = { no: option(say.yesOrNo(false), 'no'), yes: option(say.yesOrNo(true), 'yes') };
  return select(Object.values(answersOf), answersOf[allowed ? 'yes' : 'no']);
}

/** As many fields as the words need, each as much as Slack takes, with room for more in the last one. */
function wordInputs(blocked: readonly string[], { settings: say }: Catalogue): types.InputBlock[] {
  const fields = [''];
  for (const word of blocked) {
    const last = fields.at(-1) ?? '';
    if (last.length + word.length + 1 > MAX_TEXT - ROOM) fields.push(word);
    else fields[fields.length - 1] = last === '' ? word : `${last}\n${word}`;
  }
  return fields.map((text, index) =>
    input(wordsBlock(index), say.name(WORDS), textInput({ value: text, multiline: true }), {
      hint: say.wordsHint(),
    }),
  );
}

function wordsBlock(index: number): string {
  return index === 0 ? WORDS : `${WORDS}:${index}`;
}

function changeOf(
  answer: ReturnType<typeof answers>,
  { templates, languages }: SettingsView,
): SettingsChange {
  const change: SettingsChange = {};
  for (const key of NUMBERS) if (answer(key).asked) change[key] = answer(key).text ?? '';
  for (const key of PEOPLE) change[key] = answer(key).users ?? [];
  change.allowedChannels = answer(CHANNELS).channels ?? [];
  change.defaultTemplate = meant(templates, answer('defaultTemplate').option, String) ?? '';
  change.language = meant(languages, answer('language').option, ({ tag }) => tag)?.tag ?? '';
  const { asked, option: outsiders } = answer(OUTSIDERS);
  if (asked) change.outsiders = outsiders ?? '';
  const fields: string[] = [];
  for (let index = 0; answer(wordsBlock(index)).asked; index += 1)
    fields.push(answer(wordsBlock(index)).text ?? '');
  if (fields.length > 0) change.blockedWords = fields.join('\n');
  return change;
}

export function listenToSettings(app: App, options: FormListenOptions): void {
  const { commands, recognised, settle } = options;
  app.view<ViewSubmitAction>(SETTINGS, async ({ view, body, ack }) => {
    const place = memoryOf(Memory, view);
    const caller = await recognised(body, place.channel);
    const { settings: say, slack } = catalogue(caller.locale);
    const answer = answers(view.state.values);
    await settle({ view, ack, caller, title: slack.settingsForm() }, async () => {
      try {
        const shown = await commands.settings.show(caller);
        const then = changeOf(answers(initially(view.blocks)), shown);
        await commands.settings.change(caller, changeOf(answer, shown), then);
      } catch (error) {
        if (!(error instanceof EaselError) || !('setting' in error.problem)) throw error;
        const { setting } = error.problem;
        if (!answer(setting).asked) throw error;
        const text = plainly(caller.locale, error.problem);
        const late = message(slack.settingsForm(), [escape(`⛔ ${text}`)], caller.locale);
        return errorsAt({ [setting]: text }, late);
      }
      await tell(caller, place, escape(say.saved()), options);
      return { answer: undefined, late: message(slack.settingsForm(), [escape(say.saved())], caller.locale) };
    });
  });
}

/** The newest changes, as mrkdwn. */
export async function auditLines(caller: Caller, { commands }: CommandOptions): Promise<string[]> {
  const { settings: say, slack } = catalogue(caller.locale);
  const entries = await commands.settings.audit(caller);
  if (entries.length === 0) return [escape(say.auditEmpty())];
  const lines = entries.slice(0, MAX_AUDIT).map(({ at, by, act, subject, detail }) => {
    return `• ${date(at)} — ${person(by)} — ${escape(spoken(say.audit(act, subject, detail)))}`;
  });
  const hidden = entries.length - lines.length;
  return [escape(say.auditHeading()), ...lines, ...(hidden > 0 ? [escape(slack.auditMore(hidden))] : [])];
}
