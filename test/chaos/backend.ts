/** The sandbox as a process of its own, so that it can be killed. Its only argument is the port. */
import { startSandbox } from '../../src/sandbox/index.ts';

process.on('disconnect', () => process.exit());
const sandbox = await startSandbox({ port: Number(process.argv[2]), stepMs: 15, nodeMs: 1 });
process.send?.(sandbox.url);
