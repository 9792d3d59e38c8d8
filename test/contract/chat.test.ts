import { chatContract } from './chat.ts';
import { discordDriver, slackDriver } from './chat-drivers.ts';
import { webDriver } from './web-driver.ts';

chatContract('Discord', discordDriver);
chatContract('Slack', slackDriver);
chatContract('the page in a browser', webDriver);
