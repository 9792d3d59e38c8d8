/** What a client asks before it starts: node classes, the server's state and its features. */
import type { Hono } from 'hono';
import { featuresOf } from '../engine/engine.ts';
import { describe, describeAll } from '../nodes/object-info.ts';
import { json, type RouteContext } from './context.ts';

/** The version whose behaviour was recorded. */
const VERSION = '0.33.0';
/** The last one whose previews have no metadata. */
const OLD_VERSION = '0.3.44';
const MEMORY = 16 * 1024 ** 3;

export function infoRoutes(app: Hono, { files, nodes, old, faults }: RouteContext): void {
  app.get('/object_info', () => json(describeAll(nodes, files)));
  app.get('/object_info/:class', (c) => {
    const name = c.req.param('class');
    const node = nodes.get(name);
    return json(node ? { [name]: describe(name, node, files) } : {});
  });
  if (!old) app.get('/features', () => json(featuresOf(faults)));
  app.get('/system_stats', () =>
    json({
      system: {
        os: 'sandbox',
        ram_total: MEMORY,
        ram_free: MEMORY / 2,
        comfyui_version: old ? OLD_VERSION : VERSION,
        python_version: 'none: this is the Easel sandbox',
        pytorch_version: 'none',
        embedded_python: false,
        argv: [],
      },
      devices: [
        {
          name: 'painter',
          type: 'cpu',
          index: null,
          vram_total: MEMORY,
          vram_free: MEMORY / 2,
          torch_vram_total: MEMORY,
          torch_vram_free: MEMORY / 2,
        },
      ],
    }),
  );
}
