/** The operator's rules on their page, and what was found that they may want to look at. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { OperatorDesk } from '../../../commands/operator/operator-desk.ts';
import { RULE_LISTS, RULE_SWITCHES, type RulesChange } from '../../../commands/operator/operator-rules.ts';
import type { StoredNotice } from '../../../commands/operator/notices.ts';
import { clip } from '../../../core/text.ts';
import { catalogue, type Catalogue } from '../../../i18n/index.ts';
import type { CancelledAll, NoticeList, Rules, ShownNotice } from '../operator-api.ts';
import { bodyUpTo, readBody } from '../body.ts';
import { readerOf } from '../context.ts';
import type { WebDeps } from '../deps.ts';

/** All lists full, with ids as platforms give them, as they are to be and as they were shown. */
const MAX_BODY = 8 * 1024 * 1024;
const MAX_SMALL = 4096;
/** Of the audit log; the newest. */
const MAX_AUDIT = 100;
/** Notices on the page; the others come as these are dismissed. */
const MAX_NOTICES = 50;
/** Of a notice's list of nodes or files. */
const MAX_FACT = 300;
/** In the audit log. */
const OPERATOR = 'operator';

const Many = z.string().max(1_200_000).exactOptional();
const Switch = z.boolean().exactOptional();
const Values = z.strictObject({
  allowedGuilds: Many,
  blockedGuilds: Many,
  allowedUsers: Many,
  blockedUsers: Many,
  partnerGuilds: Many,
  blockedWords: Many,
  directMessages: Switch,
  userInstalls: Switch,
  closed: Switch,
});
const ChangeSchema = z.strictObject({ ...Values.shape, shown: Values.exactOptional() });
const Id = z.string().trim().min(1).max(200);
const WhoseSchema = z.union([z.strictObject({ user: Id }), z.strictObject({ guild: Id })]);
const PlaceSchema = z.strictObject({ platform: Id, guild: Id });
const ActSchema = z.strictObject({ key: z.string().max(500), act: z.enum(['dismiss', 'raise']) });

export function rulesRoutes({ commands, log }: WebDeps, desk: OperatorDesk): Hono {
  const { rules, notices, departures } = desk;
  const routes = new Hono();
  const wordsOf = (context: Context): Catalogue => catalogue(readerOf(context, commands).locale);

  async function shown(context: Context) {
    const words = wordsOf(context);
    const { settings: say } = words;
    const audit = (await rules.audit()).slice(0, MAX_AUDIT);
    return context.json<Rules>({
      ...valuesOf(desk, words),
      names: Object.fromEntries([...RULE_LISTS, ...RULE_SWITCHES, WORDS].map((key) => [key, say.name(key)])),
      gone: await departures.list(),
      audit: audit.map(({ at, by, act, subject, detail }) => ({
        at,
        by,
        what: say.audit(act, subject, detail),
      })),
    });
  }

  const listed = (context: Context) => {
    const words = wordsOf(context);
    const list = notices.list().slice(0, MAX_NOTICES);
    return context.json<NoticeList>({ notices: list.map((one) => shownNotice(one, words, desk)) });
  };

  routes.get('/api/operator/rules', shown);
  routes.post('/api/operator/rules', bodyUpTo(MAX_BODY, log), async (context) => {
    const { shown: form, ...said } = await readBody(ChangeSchema, context.req);
    await rules.change(OPERATOR, changeOf(said), form && changeOf(form));
    return shown(context);
  });
  routes.post('/api/operator/rules/cancel', bodyUpTo(MAX_SMALL, log), async (context) => {
    const whose = await readBody(WhoseSchema, context.req);
    return context.json<CancelledAll>({ cancelled: await rules.cancelOf(OPERATOR, whose) });
  });
  routes.post('/api/operator/rules/forget', bodyUpTo(MAX_SMALL, log), async (context) => {
    const { platform, guild } = await readBody(PlaceSchema, context.req);
    await departures.forgetNow(OPERATOR, platform, guild);
    return shown(context);
  });
  routes.get('/api/operator/notices', listed);
  routes.post('/api/operator/notices', bodyUpTo(MAX_SMALL, log), async (context) => {
    const { key, act } = await readBody(ActSchema, context.req);
    if (act === 'raise' && notices.get(key)?.kind === 'above-maximum') await desk.raise?.(key);
    await notices.dismiss(key);
    return listed(context);
  });
  return routes;
}

const WORDS = 'blockedWords';

function changeOf(said: z.infer<typeof Values>): RulesChange {
  const change: RulesChange = {};
  for (const key of RULE_LISTS) if (said[key] !== undefined) change[key] = said[key].split(/[\s,，、]+/);
  for (const key of RULE_SWITCHES) if (said[key] !== undefined) change[key] = said[key];
  if (said[WORDS] !== undefined) change[WORDS] = said[WORDS];
  return change;
}

function valuesOf({ rules }: OperatorDesk, words: Catalogue): Pick<Rules, 'values' | 'switches' | 'fixed'> {
  const { rules: set, basics } = rules.show();
  const values: Record<string, string> = {};
  const fixed: Record<string, string> = {};
  for (const key of [...RULE_LISTS, WORDS] as const) values[key] = set[key].join('\n');
  for (const key of ['allowedGuilds', 'blockedGuilds', 'blockedUsers'] as const)
    if (basics[key]?.length) fixed[key] = words.web.list(basics[key]);
  for (const key of ['directMessages', 'userInstalls'] as const)
    if (basics[key] === false) fixed[key] = 'off';
  return { values, fixed, switches: Object.fromEntries(RULE_SWITCHES.map((key) => [key, set[key]])) };
}

function shownNotice(
  { key, at, notice }: StoredNotice,
  { web, settings }: Catalogue,
  { raise }: OperatorDesk,
): ShownNotice {
  const { platform, guild } = notice;
  const about = { key, at, platform, guild };
  const short = (all: string[]) => clip(web.list(all), MAX_FACT);
  switch (notice.kind) {
    case 'foreign-files': {
      const { kind, template, files } = notice;
      return { ...about, kind, facts: { template, files: short(files) }, raisable: false };
    }
    case 'partner-nodes': {
      const { kind, template, nodes } = notice;
      return { ...about, kind, facts: { template, nodes: short(nodes) }, raisable: false };
    }
    case 'above-maximum': {
      const { kind, setting, value, max } = notice;
      const facts = { setting: settings.name(setting), value, max };
      return { ...about, kind, facts, raisable: raise !== undefined };
    }
  }
}
