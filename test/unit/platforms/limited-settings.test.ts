/** A value above the operator's maximum, as an admin is shown it. */
import { describe, expect, it } from 'vitest';
import type { SettingsView } from '../../../src/commands/verbs/settings.ts';
import { createQuestions } from '../../../src/commands/questions.ts';
import { createScreens } from '../../../src/commands/screens/index.ts';
import { NO_SETTINGS } from '../../../src/guilds/schema.ts';
import { systemClock } from '../../../src/core/time.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { screenPanel } from '../../../src/platforms/discord/screens/render-screen.ts';
import { renderScreen } from '../../../src/platforms/slack/screens/render-screen.ts';
import { screenLines } from '../../../src/platforms/terminal/render-screen.ts';
import { shownSettings } from '../../../src/platforms/web/operator/settings.ts';
import { limitsBy } from '../../fakes/limit-rules.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { ada, commandStage } from '../commands/stage.ts';

const RULES = {
  defaults: { guildJobs: 2, userJobs: 1, guildWaiting: 50, userWaiting: 10 },
  maxima: {},
  own: new Set<string>(),
};
const SETTINGS = { ...NO_SETTINGS, guildJobs: 100 };
const VIEW: SettingsView = {
  settings: SETTINGS,
  limits: limitsBy({ settings: () => SETTINGS }, RULES)('g'),
  templates: [],
  languages: [],
};

async function opened(locale: string) {
  const { commands } = await commandStage();
  const settings = { ...commands.settings, show: async () => VIEW };
  const screens = createScreens({
    ...commands,
    settings,
    chats: new Map(),
    questions: createQuestions(systemClock),
    log: createRecordingLog(),
  });
  return screens.open({ ...ada, locale }, 'settings');
}

describe('a value above the maximum', () => {
  it.each(['en', 'ja', 'ko', 'zh', 'zh-TW'])('is shown with what holds instead, in %s', async (locale) => {
    const words = catalogue(locale);
    const held = words.settings.inUse(VIEW.limits.guildJobs);
    expect(held).toMatch(/100.*2/);
    expect(held).not.toBe('100');
    const screen = await opened(locale);
    expect(screen.fields.find(({ key }) => key === 'guildJobs')).toMatchObject({ applies: held, note: held });
    const plain = (text: string) => text.replaceAll('\\\\', '');
    expect(plain(JSON.stringify(screenPanel(screen, words)))).toContain(held);
    expect(screenLines(screen, locale).join('\n')).toContain(held);
    expect(shownSettings(VIEW, [], words, 'discord').limited).toEqual({ guildJobs: held });
    const form = renderScreen(screen, { channel: 'C1', under: [] }, locale);
    expect(JSON.stringify(form)).toContain(held);
  });

  it('has its maximum in the form', async () => {
    const { fields } = await opened('en');
    expect(fields[0]?.hint).toBe('Empty: 2, the default. At most 2');
  });
});
