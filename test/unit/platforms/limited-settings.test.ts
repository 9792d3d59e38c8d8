/** A value above the operator's maximum, as each platform shows it to an admin. */
import { describe, expect, it } from 'vitest';
import type { SettingsView } from '../../../src/commands/settings.ts';
import { NO_SETTINGS } from '../../../src/guilds/schema.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { SETTINGS_FORMS, settingsPanel } from '../../../src/platforms/discord/screens/settings-view.ts';
import { settingsView } from '../../../src/platforms/slack/screens/settings.ts';
import { settingsLines } from '../../../src/platforms/terminal/settings.ts';
import { shownSettings } from '../../../src/platforms/web/operator/settings.ts';
import { limitsBy } from '../../fakes/limit-rules.ts';
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

describe('a value above the maximum', () => {
  it.each(['en', 'ja', 'ko', 'zh'])('is shown with what holds instead, in %s', async (locale) => {
    const words = catalogue(locale);
    const said = words.settings.inUse(VIEW.limits.guildJobs);
    expect(said).toMatch(/100.*2/);
    expect(said).not.toBe('100');
    const plain = (text: string) => text.replaceAll('\\\\', '');
    expect(plain(JSON.stringify(settingsPanel(VIEW, words)))).toContain(said);
    expect(JSON.stringify(settingsView(VIEW, { channel: 'C1' }, locale))).toContain(said);
    expect(shownSettings(VIEW, [], words, 'discord').limited).toEqual({ guildJobs: said });
    const { commands } = await commandStage();
    const settings = { ...commands.settings, show: async () => VIEW };
    expect((await settingsLines({ ...ada, locale }, '', { settings })).join('\n')).toContain(said);
  });

  it('has its maximum in the form', () => {
    const words = catalogue('en');
    const hints = SETTINGS_FORMS['limits']?.(VIEW, words).map(({ hint }) => hint);
    expect(hints?.[0]).toBe('Empty: 2, the default. At most 2');
  });
});
