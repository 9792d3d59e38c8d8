/** `npm run link`: prints the link that opens the page, for who has lost it or never had a terminal. */
import { allVariables, pageAccess, readConfig } from './config.ts';
import { english } from './i18n/index.ts';
import { localToken } from './local-token.ts';
import { loadDotEnv, StartupError, startupSentence } from './startup.ts';
import { surroundingsOf } from './surroundings.ts';
import { pageLink } from './welcome.ts';

try {
  loadDotEnv();
  const config = readConfig();
  const access = pageAccess(config);
  if (access === 'closed')
    throw new StartupError(english().startup.tokenNeeded(config.HOST, surroundingsOf(allVariables())));
  const token = access === 'local' ? await localToken(config.DATA_DIR) : undefined;
  process.stdout.write(`${pageLink(config, config.PORT, token)}\n`);
  if (config.PORT === 0) process.stderr.write(`${english().startup.anyPort()}\n`);
  if (access === 'token') process.stderr.write(`${english().startup.signIn()}\n`);
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
