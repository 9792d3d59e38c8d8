import { TAGS } from '../../src/i18n/languages.ts';
import { script, type Recipe } from './recipe.ts';

const KINDS = 'src/guilds/setting-kinds.ts';
const NAMES = 'src/i18n/sentences/names.ts';
const languages = TAGS.map((tag) => `src/i18n/languages/${tag}.json`);

/** Its shape as it is stored, and the compiler asks of what kind it is; then its name in every language. */
export const setting: Recipe = {
  name: 'a setting',
  begin: (edits) =>
    edits.insert(
      'src/guilds/schema.ts',
      { after: '  outsiders: z.boolean().default(false),' },
      '  quiet: z.boolean().default(false),',
    ),
  asks: [KINDS],
  async finish(edits) {
    await edits.insert(KINDS, { after: "  outsiders: 'yes-no'," }, "  quiet: 'yes-no',");
    await edits.insert(NAMES, { after: "  'outsiders'," }, "  'quiet',");
    for (const file of languages)
      await edits.insert(file, { after: '  "setting.outsiders": "' }, '  "setting.quiet": "Quiet",');
    // as `npm run words` does
    await edits.insert(
      'src/i18n/keys.ts',
      { after: "  'setting.outsiders': undefined;" },
      "  'setting.quiet': undefined;",
    );
  },
  // a file for each language, and four
  most: { changed: TAGS.length + 4, added: 0 },
  uses: {
    // every form has it: none has been touched
    args: script(`
      import { settingsScreens } from './src/commands/screens/settings.ts';
      import { NO_SETTINGS } from './src/guilds/schema.ts';
      import { english } from './src/i18n/index.ts';
      import { screenPanel } from './src/platforms/discord/screens/render-screen.ts';
      const limit = { standard: 1, max: 2, applied: 1, limited: false };
      const limits = { guildJobs: limit, userJobs: limit, guildWaiting: limit, userWaiting: limit };
      const show = async () => ({ settings: NO_SETTINGS, limits, templates: [], languages: [] });
      const { settings } = settingsScreens({ settings: { show }, chats: new Map() });
      const screen = await settings.open({ locale: 'en', platform: 'discord' }, []);
      const { kind, label } = screen.fields.find(({ key }) => key === 'quiet');
      console.log(kind, label);
      console.log(JSON.stringify(screenPanel(screen, english())).includes('s:on:quiet:settings'));
    `),
    prints: /^yes-no Quiet\ntrue\n$/,
  },
};
