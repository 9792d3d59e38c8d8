/** The WebSocket side: who is connected, who hears what. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';
import type { Outbox, PreviewFrame } from '../engine/events.ts';
import type { Preview } from '../nodes/node.ts';
import type { Faults } from '../faults/faults.ts';
import { metadataFrame, previewFrame, textFrame } from '../engine/frames.ts';
import { dumps } from '../engine/python.ts';
import type { Counters } from '../faults/stats.ts';

interface Client {
  socket: WebSocket;
  sid: string;
  /** Said `supports_preview_metadata` in its first message. */
  metadata: boolean;
  /** Said `supports_progress_text_metadata` there, to a server that knows it. */
  namedTexts: boolean;
}

export interface HubOptions {
  faults: Faults;
  stats: Counters;
  /** Comfy Cloud sends everything to every socket of the account. */
  toEveryone: boolean;
  /** Knows previews with metadata, as servers since July 2025 do. */
  metadata: boolean;
  /** Knows texts that name their run, as servers of 2026 do. */
  namedTexts: boolean;
  /** Sent when a client connects. */
  greet: (sid: string) => { status: JsonObject; executing: NodeId | undefined };
  features: () => JsonObject;
}

export class SocketHub implements Outbox {
  readonly #options: HubOptions;
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #clients = new Map<WebSocket, Client>();
  /**
   * One socket per clientId, as in ComfyUI, with its bug: when an older socket of the same id closes, the newer one
   * is forgotten and hears nothing more.
   */
  readonly #bySid = new Map<string, Client>();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  accept(request: IncomingMessage, stream: Duplex, head: Buffer, clientId: string | undefined): void {
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      this.#open(
        socket,
        clientId !== undefined && clientId !== '' ? clientId : randomUUID().replaceAll('-', ''),
      );
    });
  }

  /** Tears all sockets down without a close frame: clients see 1006. */
  dropAll(): number {
    const dropped = this.#clients.size;
    for (const socket of this.#clients.keys()) socket.terminate();
    return dropped;
  }

  send(type: string, data: JsonObject, to: string | undefined): void {
    for (const client of this.#receivers(to)) this.#text(client, { type, data });
  }

  previewWithMetadata(frame: PreviewFrame, to: string | undefined): void {
    const { imageType } = this.#options.faults.socket;
    for (const client of this.#receivers(to))
      if (client.metadata) this.#binary(client, metadataFrame(frame, imageType));
  }

  previewLegacy(frame: PreviewFrame, to: string | undefined): void {
    for (const client of this.#receivers(to)) if (!client.metadata) this.#binary(client, previewFrame(frame));
  }

  bare(picture: Preview, to: string | undefined): void {
    for (const client of this.#receivers(to)) this.#binary(client, previewFrame(picture));
  }

  text(nodeId: NodeId, promptId: string, text: string, to: string | undefined): void {
    for (const client of this.#receivers(to))
      this.#binary(client, textFrame(nodeId, text, client.namedTexts ? promptId : undefined));
  }

  #receivers(to: string | undefined): Client[] {
    if (this.#options.toEveryone || to === undefined) return [...this.#bySid.values()];
    const client = this.#bySid.get(to);
    return client ? [client] : [];
  }

  #open(socket: WebSocket, sid: string): void {
    const { faults, greet, stats } = this.#options;
    // Cloud ignores the clientId, so two sockets never share one there.
    const key = this.#options.toEveryone ? randomUUID() : sid;
    const client: Client = { socket, sid, metadata: false, namedTexts: false };
    this.#clients.set(socket, client);
    this.#bySid.set(key, client);
    stats.sockets.opened += 1;
    stats.sockets.open += 1;
    const { dropAfterMs } = faults.socket;
    const drop = dropAfterMs === undefined ? undefined : setTimeout(() => socket.terminate(), dropAfterMs);
    let first = true;
    socket.on('message', (data, isBinary) => {
      if (first && !isBinary) this.#firstMessage(client, data);
      first = false;
    });
    socket.on('ping', (data) => {
      if (!this.#options.faults.socket.silent) socket.pong(data);
    });
    // ws closes the socket after an error; the close is what counts.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(drop);
      this.#clients.delete(socket);
      this.#bySid.delete(key);
      stats.sockets.open -= 1;
    });
    const { status, executing } = greet(sid);
    this.#text(client, { type: 'status', data: { status, sid } });
    // on a reconnect, without prompt_id
    if (executing !== undefined) this.#text(client, { type: 'executing', data: { node: executing } });
  }

  #firstMessage(client: Client, data: RawData): void {
    const message = parsed(data);
    if (!this.#options.metadata) return;
    if (!isJsonObject(message) || message['type'] !== 'feature_flags') return;
    const flags = isJsonObject(message['data']) ? message['data'] : {};
    client.metadata = flags['supports_preview_metadata'] === true;
    client.namedTexts = this.#options.namedTexts && flags['supports_progress_text_metadata'] === true;
    this.#text(client, { type: 'feature_flags', data: this.#options.features() });
  }

  #text(client: Client, message: JsonObject): void {
    const { garbage, silent, strangers } = this.#options.faults.socket;
    if (silent) return;
    if (garbage) client.socket.send('{"type": "progress", "data": {"val');
    if (strangers) client.socket.send(dumps(strangersMessage()));
    client.socket.send(dumps(message));
  }

  #binary(client: Client, bytes: Buffer): void {
    const { socket } = this.#options.faults;
    const { cutBinary, loseBinary, silent, strangers } = socket;
    if (silent) return;
    if (strangers) {
      client.socket.send(previewFrame(STRANGERS_PREVIEW));
      client.socket.send(textFrame('1', 'somebody else’s words'));
    }
    if (loseBinary > 0) {
      socket.loseBinary -= 1;
      return;
    }
    client.socket.send(cutBinary ? bytes.subarray(0, Math.min(6, bytes.length >> 1)) : bytes);
  }
}

/** It does not say whose it is. */
const STRANGERS_PREVIEW = {
  bytes: Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from('somebody else’s preview')]),
  type: 'image/jpeg',
} as const;

function strangersMessage(): JsonObject {
  return { type: 'progress', data: { value: 1, max: 1, node: '1', prompt_id: randomUUID() } };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function parsed(data: RawData): Json | undefined {
  try {
    return parseJson(textOf(data));
  } catch {
    // ComfyUI logs junk and keeps the socket.
    return undefined;
  }
}
