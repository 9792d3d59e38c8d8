/** What Discord's silence means for Easel. */
import { HTTPError } from 'discord.js';
import { EaselError } from '../../core/errors.ts';
import { isNetworkTrouble } from '../network-trouble.ts';

/** What a person is told of it; anything else stays as it is. */
export function explained(error: unknown): unknown {
  // an HTTPError is an answer that has no words of Discord's
  if (error instanceof HTTPError || isNetworkTrouble(error))
    return new EaselError({ code: 'discord-unreachable' }, { cause: error });
  return error;
}
