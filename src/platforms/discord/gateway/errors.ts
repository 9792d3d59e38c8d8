/** What goes wrong at a start, as a problem. */
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import { EaselError } from '../../../core/errors.ts';
import { DISCORD } from '../name.ts';

/** Discord wants no such connection, now or later. */
export class ClosedForGood extends Error {
  readonly close: number;

  constructor(close: number) {
    super(`Discord closed the connection for good (${close} ${GatewayCloseCodes[close] ?? ''})`);
    this.close = close;
  }
}

export function unreachable(cause?: unknown): EaselError {
  return new EaselError({ code: 'chat-unreachable', platform: DISCORD }, { cause });
}

export function startError(error: unknown): unknown {
  if (error instanceof EaselError) return error;
  return isRefusedToken(error)
    ? new EaselError({ code: 'token-refused', platform: DISCORD }, { cause: error })
    : unreachable(error);
}

function isRefusedToken(error: unknown): boolean {
  if (error instanceof ClosedForGood) return error.close === GatewayCloseCodes.AuthenticationFailed.valueOf();
  if (error instanceof DiscordAPIError) return error.status === 401;
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}
