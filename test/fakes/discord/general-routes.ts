/** Who am I, where is the gateway, open a direct message, and the CDN. */
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Gateway } from './gateway.ts';
import type { Env } from './http-types.ts';
import type { Places } from './places.ts';
import { parseForm, Refusal } from './refusal.ts';
import { applicationJson, channelJson, userJson } from './render.ts';
import { signature } from './uploads.ts';
import type { World } from './world.ts';

const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  after: z.string().regex(/^\d+$/).default('0'),
});
const recipient = z.strictObject({ recipient_id: z.string() });

export function generalRoutes(app: Hono<Env>, world: World, gateway: Gateway, places: Places): void {
  app.get('/api/v10/gateway/bot', (call) => {
    const { identify, shards } = world.settings;
    return call.json({
      url: gateway.url(),
      shards: shards.asked,
      session_start_limit: {
        total: identify.total,
        remaining: identify.remaining,
        reset_after: identify.resetAfterMs,
        max_concurrency: identify.maxConcurrency,
      },
    });
  });
  app.get('/api/v10/users/@me', (call) => call.json(userJson(world.bot)));
  app.get('/api/v10/users/@me/guilds', (call) => {
    const { limit, after } = page.parse(call.req.query());
    const installed = [...world.guilds.values()].filter((guild) => guild.installed);
    const sorted = installed
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
    return call.json(
      sorted.slice(0, limit).map(({ id, name }) => ({
        id,
        name,
        icon: null,
        banner: null,
        owner: false,
        permissions: '0',
        features: [],
      })),
    );
  });
  app.get('/api/v10/guilds/:guild', (call) => {
    const guild = world.guilds.get(call.req.param('guild'));
    if (!guild?.installed) throw new Refusal(404, 10004, 'Unknown Guild');
    return call.json({ id: guild.id, name: guild.name, owner_id: guild.ownerId ?? '0' });
  });
  app.get('/api/v10/applications/@me', (call) => call.json(applicationJson(world)));
  app.get('/api/v10/oauth2/applications/@me', (call) => call.json(applicationJson(world)));

  app.post('/api/v10/users/@me/channels', (call) => {
    const { recipient_id: userId } = parseForm(recipient, call.get('payload'));
    if (!world.users.has(userId)) throw new Refusal(400, 50033, 'Invalid Recipient(s)');
    return call.json(channelJson(world, places.directChannel(userId)));
  });

  app.get('/cdn/attachments/:channel/:id/:name', (call) => {
    const file = world.files.get(call.req.param('id'));
    const { expiredFiles } = world.faults;
    const gone = !file || expiredFiles.has('*') || expiredFiles.has(file.id);
    if (gone || call.req.query('hm') !== signature(file.id)) {
      if (!gone) world.violations.push(`the CDN address of ${file.filename} was used without its signature`);
      return call.text('This content is no longer available.', 404);
    }
    // a picture of another size is drawn anew, without what else was in the file
    const isResized = call.req.query('width') !== undefined || call.req.query('height') !== undefined;
    return call.body(new Uint8Array(isResized ? Buffer.from('drawn anew') : file.bytes), 200, {
      'Content-Type': file.contentType ?? 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${encodeURIComponent(file.filename)}"`,
    });
  });
}
