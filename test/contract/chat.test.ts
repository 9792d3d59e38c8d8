import { chatContract } from './chat.ts';
import { discordDriver, slackDriver, terminalDriver } from './chat-drivers.ts';
import { webDriver } from './web-driver.ts';
import { wireDriver } from './wire-driver.ts';

chatContract('Discord', discordDriver);
chatContract('Slack', slackDriver);
chatContract('the terminal', terminalDriver);
chatContract('the page in a browser', webDriver);
chatContract('a further platform, over a WebSocket', wireDriver);
