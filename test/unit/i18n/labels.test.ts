/** What is written on buttons, fields and forms fits where Discord and Slack show it; what does not is cut there. */
import { describe, expect, it } from 'vitest';
import type { Screen } from '../../../src/core/screen.ts';
import { catalogue, languages } from '../../../src/i18n/index.ts';
import { readTexts } from '../../../src/i18n/languages.ts';
import { ada } from '../commands/stage.ts';
import { KINDS, screenStage } from '../commands/screens/stage.ts';

/** Characters: of Slack's modals, of Discord's labels and of what stands below them, of Slack's buttons. */
const MOST = { title: 24, label: 45, hint: 100, button: 75 };

/** What a screen shows that its platforms would cut, with its length. */
function cutIn({ title, groups = {}, fields, actions }: Screen): string[] {
  const over = (what: keyof typeof MOST, text: string | undefined) =>
    text !== undefined && text.length > MOST[what] ? [`${what} of ${text.length}: ${text}`] : [];
  return [
    ...over('title', title),
    ...Object.values(groups).flatMap((group) => over('label', group)),
    ...fields.flatMap(({ label, hint }) => [...over('label', label), ...over('hint', hint)]),
    ...actions.flatMap(({ label }) => over('button', label)),
  ];
}

describe.each(languages())('in $name nothing is cut', ({ tag }) => {
  it('on any screen', async () => {
    const caller = { ...ada, locale: tag };
    const { screens, kinds } = await screenStage(caller);
    const found: string[] = [];
    for (const kind of KINDS) {
      const screen = await screens.open(caller, (await kinds[kind]?.()) ?? '');
      found.push(...cutIn(screen).map((one) => `${kind}: ${one}`));
    }
    expect(found).toEqual([]);
  });

  it('in the hints that list templates and languages', () => {
    const { settings } = catalogue(tag);
    const seven = ['imagine', 'blank', 'remix', 'upscale', 'animate', 'portrait', 'landscape'];
    expect(settings.templateHint(seven)).not.toContain('…');
    expect(settings.languageHint(languages().map((one) => one.tag))).not.toContain('…');
  });

  it('of what stands in menus', () => {
    const long = Object.entries(readTexts(tag)).filter(
      ([key, text]) =>
        (/^(commands|shelf\.(verbs|options)|settings\.verbs|hint)\./.test(key) && text.length > 100) ||
        (/^(buttons|field|part)\./.test(key) && text.length > MOST.label),
    );
    expect(long).toEqual([]);
  });
});
