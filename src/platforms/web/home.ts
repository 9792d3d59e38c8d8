/** What every page asks first, and the places that templates and settings belong to. */
import { Hono } from 'hono';
import { catalogue, languageOf, wordsOfPage } from '../../i18n/index.ts';
import { PAGE_ROOMS, type PageName } from '../../i18n/page-messages.ts';
import type { Home, NamedGuild } from './api.ts';
import { WEB, readerOf } from './context.ts';
import { localeOf } from './door/denial.ts';
import type { WebDeps } from './deps.ts';

export function homeRoutes({ commands, operator, backend }: WebDeps, { chat }: { chat: boolean }): Hono {
  const routes = new Hono();
  routes.get('/api/home', (context) => {
    const { locale } = readerOf(context, commands);
    const words = catalogue(locale);
    const page = pageNamed(context.req.query('page'));
    const home: Home = {
      chat,
      backend: words.backendName(backend.name),
      sandbox: backend.sandbox,
      language: languageOf(locale),
      ...(page && { words: wordsOfPage(page, locale) }),
    };
    return context.json(home);
  });
  routes.get('/api/places', (context) => {
    const here = catalogue(localeOf(context)).web.here();
    const places = operator.knownGuilds();
    return context.json<NamedGuild[]>(
      places.map((place) => (place.platform === WEB ? { ...place, name: here } : place)),
    );
  });
  return routes;
}

function pageNamed(name = ''): PageName | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one of its keys
  return Object.hasOwn(PAGE_ROOMS, name) ? (name as PageName) : undefined;
}
