/** The tables of jobs and their versions. What a row looks like is in `schema.ts`. */
import { FIRST, type Tables } from '../store/schema.ts';

export const JOB_TABLES = {
  active: FIRST,
  ended: FIRST,
  inputs: FIRST,
  holds: FIRST,
} satisfies Tables;
