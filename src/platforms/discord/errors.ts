/** What Discord's silence and its refusals mean for whoever asked. */
import { HTTPError } from 'discord.js';
import { EaselError } from '../../core/errors.ts';
import { isNetworkTrouble } from '../kit/network-trouble.ts';
import { DISCORD } from './name.ts';
import { blameOf } from './replies/refusals.ts';

/** What a person is told of it; anything else stays as it is. */
export function explained(error: unknown): unknown {
  // an HTTPError is an answer that has no words of Discord's
  if (error instanceof HTTPError || isNetworkTrouble(error))
    return new EaselError({ code: 'chat-unreachable', platform: DISCORD }, { cause: error });
  // by the rules of a server
  if (blameOf(error) === 'words') return new EaselError({ code: 'words-blocked' }, { cause: error });
  return error;
}
