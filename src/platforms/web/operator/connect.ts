/** What Easel is connected with, on the operator's page: shown without any secret, tested, set and removed. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { weightOf, type Fact } from '../../../commands/operator/connect/facts.ts';
import { accountAdvice, accountHint } from '../../../commands/operator/advice.ts';
import type { ConnectDesk } from '../../../commands/operator/operator-desk.ts';
import type { ConnectView, ServiceView } from '../../../commands/operator/connect/connect.ts';
import type { ConnectionState } from '../../../core/connection.ts';
import type { Blot } from '../../../core/secrets.ts';
import { catalogue, sentence, warned, type Catalogue } from '../../../i18n/index.ts';
import type { Connect, ConnectedService, Tested } from '../operator-api.ts';
import { bodyUpTo, readBody } from '../body.ts';
import { readerOf } from '../context.ts';
import type { WebDeps } from '../deps.ts';
import { withoutSecrets } from './secrets.ts';

const MAX_BODY = 16 * 1024;
/** In the audit log. */
const OPERATOR = 'operator';
/** Named of what is installed. */
const NAMED = 8;

const Value = z.string().max(4000).nullable().exactOptional();
const Values = {
  discord: z.strictObject({ DISCORD_TOKEN: Value }),
  slack: z.strictObject({ SLACK_BOT_TOKEN: Value, SLACK_APP_TOKEN: Value, SLACK_SIGNING_SECRET: Value }),
  comfy: z.strictObject({
    COMFY_URL: Value,
    COMFY_API_KEY: Value,
    COMFY_PARTNER_KEY: Value,
    COMFY_DIALECT: Value,
    COMFY_HEADERS: Value,
  }),
};
const SERVICES = ['discord', 'slack', 'comfy'] as const;

export function connectRoutes({ commands, blot, log, signal }: WebDeps, desk: ConnectDesk): Hono {
  const routes = new Hono();
  const wordsOf = (context: Context): Catalogue => catalogue(readerOf(context, commands).locale);
  const shown = async (context: Context) =>
    context.json<Connect>(await shownConnect(desk, readerOf(context, commands).locale, blot));
  const PATH = '/api/operator/connect';
  const small = bodyUpTo(MAX_BODY, log);

  routes.get(PATH, shown);
  for (const service of SERVICES) {
    const Body = z.strictObject({ values: Values[service] });
    routes.post(`${PATH}/${service}`, small, async (context) => {
      const { values } = await readBody(Body, context.req);
      await desk.save(OPERATOR, service, values);
      return shown(context);
    });
    routes.post(`${PATH}/${service}/test`, small, async (context) => {
      const { values } = await readBody(Body, context.req);
      const words = wordsOf(context);
      const facts = await desk.test(service, values, signal);
      const lines = facts.map((fact) => {
        const text = withoutSecrets(textOf(fact, words), blot);
        return { tone: weightOf(fact), text, ...(fact.kind === 'invite' && { link: fact.link }) };
      });
      return context.json<Tested>({ lines });
    });
    routes.post(`${PATH}/${service}/remove`, small, async (context) => {
      await desk.remove(OPERATOR, service);
      return shown(context);
    });
  }
  routes.post(`${PATH}/comfy/now`, small, (context) => {
    desk.changeNow();
    return shown(context);
  });
  return routes;
}

async function shownConnect(desk: ConnectDesk, locale: string, blot: Blot): Promise<Connect> {
  const words = catalogue(locale);
  const view = desk.show();
  const shown = (one: ServiceView): ConnectedService => {
    const { service, fixed, set, problem } = one;
    const about =
      service === 'comfy' ? backendOf(view, words, blot) : chatOf(view.chats[service], words, blot);
    return {
      fixed,
      settings: set?.settings ?? [],
      ...(set && { at: set.at }),
      ...(problem && { problem: sentence(words, problem, 'operator') }),
      ...about,
    };
  };
  const [discord, slack, comfy] = view.services.map(shown);
  if (!discord || !slack || !comfy) throw new Error('a service has no view');
  return { services: { discord, slack, comfy }, manifests: await desk.manifests(locale), cloud: desk.cloud };
}

function chatOf(
  state: ConnectionState,
  words: Catalogue,
  blot: Blot,
): Pick<ConnectedService, 'state' | 'link'> {
  const { connect } = words;
  switch (state.kind) {
    case 'off':
      return { state: { tone: 'off', text: connect.off() } };
    case 'connecting': {
      const { since, next, problem } = state;
      if (!problem) return { state: { tone: 'odd', text: connect.connecting(), since } };
      const text = connect.again(withoutSecrets(sentence(words, problem, 'operator'), blot));
      return { state: { tone: 'bad', text, since, ...(next !== undefined && { next }) } };
    }
    case 'refused': {
      const text = withoutSecrets(sentence(words, state.problem, 'operator'), blot);
      return { state: { tone: 'bad', text, since: state.since } };
    }
    case 'connected': {
      const { as, home, invite } = state.about;
      return {
        state: { tone: 'good', text: connect.connected(as, home), since: state.since },
        ...(invite !== undefined && { link: { text: connect.invite(), address: invite } }),
      };
    }
  }
}

function backendOf(
  { backend: { address, sandbox, hold, waitsFor } }: ConnectView,
  words: Catalogue,
  blot: Blot,
): Pick<ConnectedService, 'state' | 'waits'> {
  const { connect } = words;
  if (waitsFor !== undefined)
    return { state: { tone: 'odd', text: connect.waits(waitsFor) }, waits: waitsFor > 0 };
  if (hold) {
    const { problem } = hold;
    const named = 'backend' in problem ? { ...problem, backend: address } : problem;
    const text = withoutSecrets(sentence(words, named, 'operator'), blot);
    return { state: { tone: 'bad', text, since: hold.since } };
  }
  if (sandbox) return { state: { tone: 'odd', text: connect.sandbox() } };
  return { state: { tone: 'good', text: connect.pictures(address) } };
}

function textOf(fact: Fact, words: Catalogue): string {
  const { connect } = words;
  switch (fact.kind) {
    case 'bot':
      return connect.bot(fact.bot, fact.application);
    case 'no-intents':
      return connect.noIntents();
    case 'endpoint':
      return connect.endpoint(fact.url);
    case 'servers':
      return connect.servers(fact.count, fact.names, fact.more);
    case 'invite':
      return connect.invite();
    case 'workspace':
      return connect.workspace(fact.team, fact.bot);
    case 'scopes':
      return fact.missing.length > 0 ? connect.scopesMissing(fact.missing) : connect.scopesFine();
    case 'app-token':
      return connect.appToken();
    case 'signing-secret':
      return connect.signingSecret();
    case 'wrong-kind':
      return connect.wrongKind(fact.setting, fact.belongs);
    case 'refused':
      return connect.refused(fact.setting);
    case 'backend':
      return connect.backend(fact.address, fact.version);
    case 'account':
      return connect.account(fact);
    case 'at-once':
      return atOnceOf(fact, words);
    case 'device':
      return connect.device(fact.name, fact.free, fact.total);
    case 'classes':
      return connect.classes(fact.count);
    case 'checkpoints':
      return connect.checkpoints(fact.count, fact.names.slice(0, NAMED));
    case 'warning':
      return warned(fact.warning, words);
    case 'note':
    case 'problem':
      return sentence(words, fact.problem, 'operator');
  }
}

function atOnceOf({ atOnce, given }: Extract<Fact, { kind: 'at-once' }>, words: Catalogue): string {
  const [advice = accountHint({ atOnce }, given, words)] = accountAdvice({ atOnce }, given, words);
  return advice ?? words.summary.account.asMany(atOnce);
}
