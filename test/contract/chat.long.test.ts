import { chatContract } from './chat.ts';
import { terminalDriver } from './chat-drivers.ts';
import { wireDriver } from './wire-driver.ts';

chatContract('the terminal', terminalDriver);
chatContract('a further platform, over a WebSocket', wireDriver);
