import { chatContract } from './chat.ts';
import { discordDriver, slackDriver, terminalDriver } from './chat-drivers.ts';

chatContract('Discord', discordDriver);
chatContract('Slack', slackDriver);
chatContract('the terminal', terminalDriver);
