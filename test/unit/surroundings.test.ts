import { describe, expect, it } from 'vitest';
import { surroundingsOf, type Traces } from '../../src/surroundings.ts';

const bare: Traces = { exists: () => false, read: () => '', pids: [41, 40] };

describe('where Easel runs', () => {
  it.each<[Record<string, string>, Partial<Traces>, string]>([
    [{}, {}, 'shell'],
    [{}, { exists: (path) => path === '/.dockerenv' }, 'container'],
    [{}, { exists: (path) => path === '/run/.containerenv' }, 'container'],
    [{ container: 'podman' }, {}, 'container'],
    [{ container: '' }, {}, 'shell'],
    [{ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, {}, 'container'],
    [{}, { read: () => '0::/docker/0123abcd\n' }, 'container'],
    [{}, { read: () => '5:cpu:/kubepods/besteffort/pod1\n' }, 'container'],
    [{}, { read: () => '0::/init.scope\n' }, 'shell'],
    [{ SYSTEMD_EXEC_PID: '41' }, {}, 'service'],
    [{ SYSTEMD_EXEC_PID: '40' }, {}, 'service'],
    // a terminal that the desktop's systemd has started hands it on
    [{ SYSTEMD_EXEC_PID: '7' }, {}, 'shell'],
    [{ SYSTEMD_EXEC_PID: 'x' }, {}, 'shell'],
    // who says it is believed
    [{ EASEL_IN: 'shell', container: 'docker' }, { exists: () => true }, 'shell'],
    [{ EASEL_IN: 'service', container: 'lxc' }, {}, 'service'],
    [{ EASEL_IN: 'container' }, {}, 'container'],
    [{ EASEL_IN: 'the moon' }, {}, 'shell'],
  ])('%j is found out', (environment, traces, where) => {
    expect(surroundingsOf(environment, { ...bare, ...traces })).toBe(where);
  });
});
