/**
 * One job whose picture ends Easel whenever it is sent, as a file does that no memory is large enough for: it comes to an
 * end with words, and everybody else gets theirs.
 */
import { startFront } from '../fakes/comfy/front.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { createOrders, isFinal } from './orders.ts';
import { pause } from './party.ts';
import { eventually, type Scenario } from './scenario.ts';
import { openServers } from './servers.ts';

const OTHERS = 20;

export const poison: Scenario = {
  name: 'poison',
  deadlineMs: 120_000,
  async run(stage) {
    const servers = await openServers(stage, { stepMs: 2 });
    const { discord } = servers;
    let token = '';
    let deaths = 0;
    let bot: EaselProcess | undefined;
    // never answered: who sends it is gone
    const front = await startFront(discord.apiUrl, ({ url, headers }) => {
      const isPicture = headers['content-type']?.startsWith('multipart/') === true;
      if (token === '' || !isPicture || url?.includes(token) !== true) return false;
      deaths += 1;
      bot?.signal('SIGKILL');
      return true;
    });
    stage.onEnd(() => front.stop());
    const over = new AbortController();
    const living = (async () => {
      while (!over.signal.aborted) {
        bot = spawnEasel({ ...servers.environment, DISCORD_API_URL: front.url }, [], 'test/chaos/bot.ts');
        await bot.ended;
      }
    })();
    stage.onEnd(async () => {
      over.abort();
      bot?.signal('SIGKILL');
      await living;
    });
    await discord.connected();
    const orders = createOrders(servers, stage.random, { guilds: 3, people: 10, chats: ['discord'] });
    for (let n = 0; n < OTHERS; n += 1) {
      await eventually(stage, () => orders.ask() !== undefined);
      await pause(5);
    }
    const heavy = await discord.slash({ name: 'sketch', options: { prompt: 'what no memory holds' } });
    token = heavy.facts.token;
    await eventually(stage, () => heavy.original?.content.includes('crashed three times') === true);
    await eventually(stage, () => orders.open().length === 0);
    const lost = orders.all.filter(
      ({ heard, messages }) => heard === 'acknowledged' && !messages().some(isFinal),
    );
    stage.demand(lost.length === 0, `${lost.length} others were lost`);
    // once more where a preview of it was on its way
    stage.demand(deaths === 3 || deaths === 4, `it ended Easel ${deaths} times`);
    return `the job ended Easel ${deaths} times and then with words; of ${orders.all.length} others lost ${lost.length}`;
  },
};
