/** All recipes that are done. A new one: a file beside this one with a `Recipe`, and its name here. */
import { command } from './command.ts';
import { dialect } from './dialect.ts';
import { language } from './language.ts';
import { problem } from './problem.ts';
import type { Recipe } from './recipe.ts';
import { setting } from './setting.ts';
import { slotType } from './slot-type.ts';
import { template } from './template.ts';

export const RECIPES: readonly Recipe[] = [problem, language, slotType, command, setting, template, dialect];
