import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { openPair, PNG, raise, steps } from '../unit/comfy/sandboxes.ts';
import { backendContract, type BackendFixture } from './backend.ts';

async function open(options: SandboxOptions): Promise<BackendFixture> {
  const { backend, sandbox } = await openPair(options);
  return {
    backend,
    slow: (count) => steps(count),
    failing: () => raise('ValueError', 'boom'),
    image: () => PNG,
    offer: (checkpoints) => {
      sandbox.models.set('checkpoints', checkpoints);
    },
    loseFiles: () => {
      sandbox.faults.forgetFiles = true;
    },
    takeDown: async () => {
      await sandbox.stop();
    },
    restart: async () => {
      await sandbox.restart();
    },
  };
}

backendContract('ComfyUI', async () => open({ dialect: 'comfyui' }));
backendContract('a ComfyUI that chooses its own ids', async () => open({ chooseOwnIds: true }));
backendContract('Comfy Cloud', async () => open({ dialect: 'cloud' }));
