/** What runs besides our own code: few packages, each with its reason, and no scripts at install. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}
interface Locked {
  hasInstallScript?: boolean;
  dev?: boolean;
  resolved?: string;
  integrity?: string;
}

const read = (path: string) => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

describe('the production dependencies', () => {
  it('are those that src/ARCHITECTURE.md gives a reason for', () => {
    const [, section = ''] =
      /## Production dependencies\n([^]*?)\n## |$/.exec(read('src/ARCHITECTURE.md')) ?? [];
    const rows = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].slice(1);
    const explained = rows.flatMap(([, names = '', why = '']) => (why.trim() === '' ? [] : names.split(',')));
    expect(explained.map((name) => name.trim()).toSorted()).toEqual(
      Object.keys(manifest.dependencies).toSorted(),
    );
  });

  it('are pinned, like everything else', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    const { '': own, ...others } = packages;
    expect(own).toBeDefined();
    for (const [path, { integrity }] of Object.entries(others)) expect(integrity, path).toMatch(/^sha512-/);
  });
});

describe('scripts at install', () => {
  const scripted = Object.entries(packages).filter(([, locked]) => locked.hasInstallScript);

  it('are known, each of them', () => {
    const names = scripted.map(([path]) => path.split('node_modules/').at(-1));
    const known = Object.keys(manifest.allowScripts);
    expect(names.filter((name) => !known.includes(String(name)))).toEqual([]);
    const allowed = known.filter((name) => manifest.allowScripts[name]);
    expect(allowed).toEqual(['node']);
  });

  it('are none in production, and the image runs none', () => {
    expect(scripted.filter(([, { dev }]) => dev !== true)).toEqual([]);
    expect(read('Dockerfile')).toContain('npm ci --omit=dev --ignore-scripts');
  });
});

describe('the container', () => {
  it('runs as somebody without rights, and writes only to its data', () => {
    const last =
      read('Dockerfile')
        .split(/^FROM /m)
        .at(-1) ?? '';
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('\nRUN '));
    expect(last).toMatch(/^VOLUME \/data$/m);
  });
});
