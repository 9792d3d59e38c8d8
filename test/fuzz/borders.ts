/** Every place where something from outside comes in. */
import { answers } from './answers.ts';
import { discord } from './discord.ts';
import { files } from './files.ts';
import { frames } from './frames.ts';
import type { Border } from './harness.ts';
import { links } from './links.ts';
import { slack } from './slack.ts';
import { typed } from './typed.ts';
import { web } from './web.ts';

export const BORDERS: readonly Border[] = [frames, answers, files, typed, discord, slack, web, links];
